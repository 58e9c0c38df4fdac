import type { KubernetesObject } from '../model/index.js'
import type { TraceManifest, TraceObject } from '../trace/index.js'

/** What a run brings forth beside its plan: manifests that patches and controllers make, objects that they add. */
export class RunRegister {
  /** How many manifests and pods the plan has: the run's come after them. */
  readonly #planned: { readonly manifests: number; readonly pods: number }
  #manifests: TraceManifest[] = []
  #objects = new Map<number, TraceObject>()
  #pods = 0

  constructor(manifests: number, pods: number) {
    this.#planned = { manifests, pods }
  }

  reset(): void {
    if (this.#manifests.length > 0) this.#manifests = []
    if (this.#objects.size > 0) this.#objects = new Map()
    this.#pods = 0
  }

  /** Their indices go on after the plan's. */
  get manifests(): readonly TraceManifest[] {
    return this.#manifests
  }

  /** By symbol. */
  get objects(): ReadonlyMap<number, TraceObject> {
    return this.#objects
  }

  /** Answers the manifest's index. */
  addManifest(
    object: KubernetesObject,
    origin?: TraceManifest['origin'],
    fieldOrigin?: TraceManifest['fieldOrigin'],
  ): number {
    const index = this.#planned.manifests + this.#manifests.length
    this.#manifests.push({ object, origin, fieldOrigin })
    return index
  }

  addObject(object: TraceObject): void {
    this.#objects.set(object.symbol, object)
  }

  /** The index of a pod that the plan does not know. */
  nextPod(): number {
    return this.#planned.pods + this.#pods++
  }
}
