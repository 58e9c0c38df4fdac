import type { KubernetesObject, Node, Taint, TaintEffect } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { type Amounts, amountsOf } from './pod-requests.js'

/** A kubelet runs at most so many pods unless its node says otherwise. */
const DEFAULT_POD_LIMIT = 110

/** A taint, since when a node has it, and the row that said so; −1: the manifest. */
export interface KnownTaint {
  readonly taint: Taint
  readonly since: Milliseconds
  readonly row: number
}

/** A node, and what the pods that its kubelet has taken in request. */
export class NodeRecord {
  readonly name: string
  readonly allocatable: Amounts
  readonly podLimit: number
  readonly used: Amounts = { milliCpu: 0, memory: 0, ephemeralStorage: 0 }
  pods = 0
  /** Its object is gone, or it was said to be out of service: the control plane takes its pods away by force. */
  isGivenUp = false
  readonly #first: readonly KnownTaint[]
  /** Those of its object; none once that is gone. */
  taints: readonly KnownTaint[]

  constructor(object: KubernetesObject) {
    const { status, spec } = object as Node
    this.#first = (spec.taints ?? []).map(taint => ({ taint, since: 0, row: -1 }))
    this.taints = this.#first
    const list = status?.allocatable ?? status?.capacity
    this.name = object.metadata.name ?? ''
    this.allocatable = amountsOf(list)
    this.podLimit = list?.pods === undefined ? DEFAULT_POD_LIMIT : Number(list.pods)
  }

  /** `sign`: 1 takes a pod in, −1 lets it go. */
  add(requests: Amounts, sign: 1 | -1): void {
    this.used.milliCpu += sign * requests.milliCpu
    this.used.memory += sign * requests.memory
    this.used.ephemeralStorage += sign * requests.ephemeralStorage
    this.pods += sign
  }

  reset(): void {
    this.used.milliCpu = 0
    this.used.memory = 0
    this.used.ephemeralStorage = 0
    this.pods = 0
    this.isGivenUp = false
    this.taints = this.#first
  }

  /** It is registered anew, as it was at first. */
  restoreTaints(since: Milliseconds, row: number): void {
    this.taints = this.#first.map(({ taint }) => ({ taint, since, row }))
  }

  /** Its taints are others, said as `key=value:Effect key:Effect`; answers those that are no longer there. */
  setTaints(text: string, since: Milliseconds, row: number): readonly KnownTaint[] {
    const before = this.taints
    this.taints = readTaints(text).map(taint => before.find(each => isSame(each.taint, taint)) ?? { taint, since, row })
    return before.filter(each => !this.taints.includes(each))
  }
}

const isSame = (a: Taint, b: Taint): boolean =>
  a.key === b.key && a.effect === b.effect && (a.value ?? '') === (b.value ?? '')

const readTaints = (text: string): Taint[] =>
  text.split(' ').flatMap((word): Taint[] => {
    const colon = word.lastIndexOf(':')
    if (colon < 0) return []
    const [key, value] = word.slice(0, colon).split('=')
    const effect = word.slice(colon + 1) as TaintEffect
    return [value === undefined ? { key, effect } : { key, value, effect }]
  })
