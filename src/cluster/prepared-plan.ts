import { type Kind, type KubernetesObject, type Node, type Profile, profileOf } from '../model/index.js'
import { DEFAULT_BEHAVIOUR, type ImageBehaviour, type Plan, type PlanPod, type Step } from '../scenario/index.js'
import type { Milliseconds } from '../time/index.js'
import type { SymbolTable, TraceManifest, TraceObject } from '../trace/index.js'
import { type AdmissionObjects, admitPod } from './api-server/index.js'
import { checkKubelet } from './check-kubelet.js'
import { compilePod } from './compile-pod.js'
import { createSymbols, type NodeRecord, type PodIdentity, type PodSpec } from './contract/index.js'
import { identify } from './pod-identity.js'
import { amountsOf, toResources } from './predicates/index.js'

/** A pod of the plan, compiled. */
export interface PreparedPod {
  readonly planned: PlanPod
  readonly identity: PodIdentity
  readonly spec: PodSpec
  /** Why the API server does not take the pod, in its words. */
  readonly refusal?: string | undefined
}

/** A plan with everything worked out that does not depend on choices; a run resets and reuses it. */
export interface PreparedPlan {
  readonly plan: Plan
  readonly profile: Profile
  readonly symbols: SymbolTable
  /** The plan's pods, then those that its reactions create, then those of its steps, in order of their indices. */
  readonly pods: readonly PreparedPod[]
  readonly nodes: readonly NodeRecord[]
  readonly images: ReadonlyMap<number, ImageBehaviour>
  readonly defaultImage: ImageBehaviour
  readonly objects: ReadonlyMap<string, KubernetesObject>
  readonly manifests: readonly TraceManifest[]
  readonly traceObjects: ReadonlyMap<number, TraceObject>
}

/** A kubelet runs at most so many pods unless its node says otherwise. */
const DEFAULT_POD_LIMIT = 110

/**
 * Compiles a plan. Worth keeping when the same plan is run many times.
 *
 * @throws PodwrightError `USAGE` for an unknown version of Kubernetes, or a kubelet that would not start.
 */
export function prepare(plan: Plan): PreparedPlan {
  const symbols = createSymbols()
  const profile = profileOf(plan.kubernetes)
  checkKubelet(plan.kubelet, profile)
  const manifests: TraceManifest[] = []
  const traceObjects = new Map<number, TraceObject>()
  const nodes = plan.nodes.map((node, index) => {
    manifests.push({ object: node })
    return compileNode(symbols, node, index, traceObjects)
  })
  const generations = new Map<string, number>()
  const pods: PreparedPod[] = []
  const objectsOverTime = new ObjectsOverTime(plan)
  const addPod = (planned: PlanPod, createdAt: Milliseconds): void => {
    const key = `${planned.pod.metadata.namespace ?? 'default'}/${planned.pod.metadata.name ?? ''}`
    const generation = generations.get(key) ?? 0
    generations.set(key, generation + 1)
    const identity = identify(symbols, pods.length, planned.pod, generation)
    const admitted = admitPod(planned.pod, objectsOverTime.at(createdAt))
    const pod = 'pod' in admitted ? admitted.pod : planned.pod
    const spec = compilePod(symbols, pod, manifests.length, planned.containers, planned.sandbox, profile)
    manifests.push({ object: pod, origin: planned.origin, fieldOrigin: planned.fieldOrigin })
    describePod(symbols, identity, spec, object => traceObjects.set(object.symbol, object))
    pods.push({ planned, identity, spec, refusal: 'refusal' in admitted ? admitted.refusal : undefined })
  }
  for (const planned of plan.pods) addPod(planned, planned.createdAt)
  // When a reaction comes is not known before the run: every object that the plan brings counts as there.
  for (const { step } of plan.reactions ?? []) if (step.do === 'create') addPod(step.pod, plan.horizon)
  for (const step of plan.steps) if (step.do === 'create') addPod(step.pod, step.at)
  const objects = new Map<string, KubernetesObject>()
  for (const object of plan.objects) {
    objects.set(`${object.kind}/${object.metadata.namespace ?? 'default'}/${object.metadata.name ?? ''}`, object)
  }
  for (const object of plan.objects) if (object.kind === 'Service') describeService(symbols, object, traceObjects)
  for (const { step } of [...plan.steps.map(step => ({ step })), ...(plan.reactions ?? [])]) {
    if (step.do === 'createObject' && step.object.kind === 'Service')
      describeService(symbols, step.object, traceObjects)
  }
  const images = new Map<number, ImageBehaviour>()
  for (const [image, behaviour] of Object.entries(plan.images))
    if (image !== '*') images.set(symbols.intern(image), behaviour)
  const defaultImage = plan.images['*'] ?? DEFAULT_BEHAVIOUR.image
  return { plan, profile, symbols, pods, nodes, images, defaultImage, objects, manifests, traceObjects }
}

/** Objects by kind as they exist at an instant, as far as admission looks at them. */
class ObjectsOverTime implements AdmissionObjects {
  readonly #objects: readonly KubernetesObject[]
  readonly #created: readonly Extract<Step, { readonly do: 'createObject' }>[]
  readonly #known = new Map<Kind, readonly KubernetesObject[]>()
  #at: Milliseconds = 0

  constructor({ objects, steps }: Plan) {
    this.#objects = objects
    this.#created = steps.filter(step => step.do === 'createObject')
  }

  at(instant: Milliseconds): this {
    if (instant !== this.#at && this.#created.length > 0) this.#known.clear()
    this.#at = instant
    return this
  }

  list<Name extends Kind>(kind: Name): readonly Extract<KubernetesObject, { readonly kind: Name }>[] {
    let list = this.#known.get(kind)
    if (list === undefined) {
      const created = this.#created.filter(step => step.at <= this.#at).map(({ object }) => object)
      list = [...this.#objects, ...created].filter(object => object.kind === kind)
      this.#known.set(kind, list)
    }
    return list as readonly Extract<KubernetesObject, { readonly kind: Name }>[]
  }
}

function describeService(
  symbols: SymbolTable,
  { metadata }: KubernetesObject,
  traceObjects: Map<number, TraceObject>,
): void {
  const { namespace = 'default', name = '' } = metadata
  const path = `Service/${namespace}/${name}`
  const symbol = symbols.intern(path)
  traceObjects.set(symbol, { symbol, path, kind: 'Service', namespace, name })
}

/** Works out once what the components need of a node. */
export function compileNode(
  symbols: SymbolTable,
  node: Node,
  index: number,
  traceObjects: Map<number, TraceObject>,
): NodeRecord {
  const name = node.metadata.name ?? ''
  const path = symbols.intern(`Node/${name}`)
  const amounts = amountsOf(node.status.allocatable ?? node.status.capacity)
  traceObjects.set(path, { symbol: path, path: `Node/${name}`, kind: 'Node', namespace: '', name })
  return {
    index,
    name,
    path,
    nameSymbol: symbols.intern(name),
    object: node,
    allocatable: toResources(amounts),
    podLimit: amounts.get('pods') ?? DEFAULT_POD_LIMIT,
    isUnschedulable: node.spec.unschedulable === true,
    isGone: false,
  }
}

/** Tells the trace which objects a pod brings: itself and its containers. */
export function describePod(
  symbols: SymbolTable,
  identity: PodIdentity,
  spec: PodSpec,
  add: (object: TraceObject) => void,
): void {
  const { path, name, namespace } = identity
  add({ symbol: path, path: symbols.text(path), kind: 'Pod', namespace, name })
  for (const container of spec.bySlot) {
    add({
      symbol: container.path,
      path: symbols.text(container.path),
      kind: 'Container',
      namespace,
      name: container.name,
      pod: path,
      role: container.role,
      index: container.index,
    })
  }
}
