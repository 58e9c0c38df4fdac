import { claimNameOf } from './stateful-pods.js'

/**
 * Which claims of volumes StatefulSets have made. Claims are no objects of the model: nothing waits for a volume, and a retention
 * policy shows only in that a claim that it deleted is made again.
 */
export class ClaimRegister {
  /** By the symbol of the set's path: the claims by pod. */
  #claims = new Map<number, Map<string, Set<string>>>()

  reset(): void {
    this.#claims = new Map()
  }

  /** Answers the name of a claim that is new; undefined: there is one. */
  add(set: number, template: string, pod: string): string | undefined {
    const pods = this.#claims.get(set) ?? new Map<string, Set<string>>()
    this.#claims.set(set, pods)
    const claims = pods.get(pod) ?? new Set()
    pods.set(pod, claims)
    const name = claimNameOf(template, pod)
    if (claims.has(name)) return undefined
    claims.add(name)
    return name
  }

  /** The set is gone and its policy says that its claims go with it. */
  forgetSet(set: number): void {
    this.#claims.delete(set)
  }

  /** A pod that was scaled away is gone, and its claims with it. */
  forgetPod(set: number, pod: string): void {
    this.#claims.get(set)?.delete(pod)
  }
}
