import { formatOrigin, type Origin, PodwrightError } from '../errors/index.js'
import { podTemplateOf } from '../manifest/index.js'
import { isOwnerKind, type KubernetesObject, type Node, type Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { AssumptionList } from './assumptions.js'
import type { PlanWorkload } from './plan.js'
import { generatedName, nameSuffix } from './pod-names.js'
import { pathOf, samplePods, whyNoPods } from './sample-pods.js'

/** Looks up where a field of an object was written. */
export type FieldOrigin = (path: readonly (string | number)[]) => Origin | undefined

/** An object as it came out of a manifest: defaulted and valid. */
export interface PlanObject {
  readonly object: KubernetesObject
  readonly origin?: Origin | undefined
  readonly fieldOrigin?: FieldOrigin | undefined
}

/** A pod of the plan before its behaviour is known. */
export interface DraftPod {
  readonly pod: Pod
  readonly createdAt: Milliseconds
  readonly owner: string | undefined
  readonly origin: Origin | undefined
  readonly fieldOrigin: FieldOrigin | undefined
}

/** An object that its controller looks after. */
export interface DraftWorkload {
  readonly path: string
  readonly object: PlanWorkload['object']
  readonly createdAt: Milliseconds
  readonly origin: Origin | undefined
  readonly fieldOrigin: FieldOrigin | undefined
  /** Pods that its controller would make: what rules, steps and clauses are checked against; none of what makes no pods. */
  readonly samples: readonly DraftPod[]
}

/** A plan with more pods than this is refused: what Kubernetes itself is made for. */
export const MOST_PODS = 150_000

/** Collects the pods that were written, and the workloads and budgets that controllers look after. */
export class PodCollector {
  readonly pods: DraftPod[] = []
  readonly workloads: DraftWorkload[] = []
  /** Samples of templates that workloads are given later. */
  readonly laterSamples: DraftPod[] = []
  readonly #nodes: readonly Node[]
  readonly #assumptions: AssumptionList
  readonly #origins = new Map<string, Origin | undefined>()
  #count = 0

  constructor(nodes: readonly Node[], assumptions: AssumptionList) {
    this.#nodes = nodes
    this.#assumptions = assumptions
  }

  /** Takes an object; answers false if it is neither a pod nor for a controller. A pod that is gone may be created `again`. */
  take(it: PlanObject, createdAt: Milliseconds, again = false): boolean {
    const { object, origin, fieldOrigin } = it
    if (object.kind === 'Pod') {
      this.#reserve(1, it)
      this.#push({ pod: namedPod(object, this.pods.length), createdAt, owner: undefined, origin, fieldOrigin }, again)
      return true
    }
    if (!isOwnerKind(object.kind)) return false
    this.#takeWorkload(it, createdAt, again)
    return true
  }

  /** A workload that exists gets another template. */
  retake(it: PlanObject, createdAt: Milliseconds): void {
    this.laterSamples.push(...this.#samplesOf(it, createdAt))
  }

  /** Every pod that rules are asked about: the plan's, and one of each template that a controller makes pods of. */
  get scripted(): readonly DraftPod[] {
    return [...this.pods, ...this.workloads.flatMap(({ samples }) => samples), ...this.laterSamples]
  }

  #takeWorkload(it: PlanObject, createdAt: Milliseconds, again: boolean): void {
    const { origin, fieldOrigin } = it
    const object = it.object as PlanWorkload['object']
    const path = pathOf(object)
    const template = podTemplateOf(object)
    if (template !== undefined) {
      this.#reserve(template.replicas ?? this.#nodes.length, it)
      const note = whyNoPods(template.owner, this.#nodes)
      if (note !== undefined) this.#assumptions.note(path, note)
    }
    this.#claim(path, origin, again)
    this.workloads.push({ path, object, createdAt, origin, fieldOrigin, samples: this.#samplesOf(it, createdAt) })
  }

  #samplesOf({ object, origin, fieldOrigin }: PlanObject, createdAt: Milliseconds): readonly DraftPod[] {
    const template = podTemplateOf(object)
    if (template === undefined) return []
    const { owner, path } = template
    const inTemplate: FieldOrigin | undefined = fieldOrigin && (field => fieldOrigin([...path, ...field]))
    return samplePods(owner).map(pod => ({ pod, createdAt, owner: pathOf(owner), origin, fieldOrigin: inTemplate }))
  }

  #reserve(pods: number, { object, origin }: PlanObject): void {
    this.#count += pods
    if (this.#count <= MOST_PODS) return
    throw new PodwrightError({
      code: 'INPUT_TOO_LARGE',
      where: origin,
      problem: `expected at most ${MOST_PODS} pods, got ${this.#count} with ${pathOf(object)}`,
      hint: 'lower the replicas, or run the files one by one',
    })
  }

  #push(draft: DraftPod, again = false): void {
    this.#claim(pathOf(draft.pod), draft.origin, again)
    this.pods.push(draft)
  }

  #claim(path: string, origin: Origin | undefined, again: boolean): void {
    if (this.#origins.has(path) && !again) {
      const first = this.#origins.get(path)
      throw new PodwrightError({
        code: 'MANIFEST_CONFLICT',
        where: origin,
        problem: `expected ${path} once, got it twice`,
        hint: first === undefined ? undefined : `the other one stands at ${formatOrigin(first)}`,
      })
    }
    this.#origins.set(path, origin)
  }
}

/** Gives a pod its namespace, and its name if it only has the beginning of one. */
function namedPod(pod: Pod, index: number): Pod {
  const { name, generateName, namespace = 'default' } = pod.metadata
  if (name !== undefined && pod.metadata.namespace !== undefined) return pod
  const given =
    name ??
    generatedName((generateName ?? 'pod-').replace(/-$/, ''), nameSuffix(`Pod/${namespace}/${generateName}`, index))
  return { ...pod, metadata: { ...pod.metadata, name: given, namespace } }
}
