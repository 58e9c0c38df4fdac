import type { KubernetesObject } from '../model/index.js'
import type { TraceManifest, TraceObject } from '../trace/index.js'

/** What a run brings forth beside its plan: manifests that patches and controllers make, objects that they add. */
export class RunRegister {
  /** How many manifests and pods the plan has: the run's come after them. */
  readonly #planned: { readonly manifests: number; readonly pods: number }
  #manifests: TraceManifest[] = []
  #objects = new Map<number, TraceObject>()
  #pods = 0
  #manifestCount = 0
  #isKept = true
  #isAsked = false

  constructor(manifests: number, pods: number) {
    this.#planned = { manifests, pods }
  }

  /** A run that keeps only its digest keeps nothing here either, unless a listener may ask for it. */
  reset(isKept: boolean): void {
    this.#isKept = isKept || this.#isAsked
    this.#manifestCount = 0
    if (this.#manifests.length > 0) this.#manifests = []
    if (this.#objects.size > 0) this.#objects = new Map()
    this.#pods = 0
  }

  /** From now on somebody may ask while a run goes on. */
  expectQuestions(): void {
    this.#isAsked = true
  }

  /** Whether what is added is kept. */
  get isKept(): boolean {
    return this.#isKept
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
    if (this.#isKept) this.#manifests.push({ object, origin, fieldOrigin })
    return this.#planned.manifests + this.#manifestCount++
  }

  addObject(object: TraceObject): void {
    if (this.#isKept) this.#objects.set(object.symbol, object)
  }

  /** The index of a pod that the plan does not know. */
  nextPod(): number {
    return this.#planned.pods + this.#pods++
  }
}
