import { defaultPod, defaultPodResources } from '../api/index.js'
import { choiceLabel } from '../kernel/index.js'
import {
  controllerOf,
  type KubernetesObject,
  type Labels,
  type ObjectMeta,
  type Pod,
  type PodTemplateSpec,
} from '../model/index.js'
import {
  BehaviourResolver,
  type ContainerBehaviour,
  generatedName,
  NAME_SUFFIXES,
  type Plan,
  type PlanWorkload,
  type ScriptedContainer,
  scriptedContainers,
  suffixNumber,
  suffixOf,
} from '../scenario/index.js'
import { OWN_GRACE, type PodAdmission, type Store } from './api-server/index.js'
import { compilePod } from './compile-pod.js'
import {
  alreadyExistsError,
  type ContainerSpec,
  type Environment,
  isDeleting,
  type ObjectVersion,
  ownerReferenceTo,
  type PodControl,
  type PodIdentity,
  type PodShape,
  type PodSpec,
  type PodVersion,
} from './contract/index.js'
import { identify, podPath } from './pod-identity.js'
import { describePod, type PreparedPod } from './prepared-plan.js'
import type { RunRegister } from './run-register.js'

const NAME_SUFFIX = choiceLabel('name-suffix', 'scattered by the owner’s path, the next with each pod')

/** A template that was made a pod of before, for one owner. */
interface CompiledTemplate {
  readonly pod: Pod
  readonly spec: PodSpec
  readonly revision: number
  readonly origin?: PlanWorkload['origin']
  readonly fieldOrigin?: PlanWorkload['fieldOrigin']
  /** What admission looked at: where the lists are others, it looks again. */
  readonly classes: readonly (readonly KubernetesObject[])[]
}

const NO_NODE = -1

/** How often a generated name may be taken before the API server gives up (API-4). */
const MOST_ATTEMPTS = 8

/**
 * Makes pods of templates while a run goes on: each template is compiled once for its owner, its pods share what does not hang on
 * their names.
 */
export class TemplatePods implements PodControl {
  readonly #environment: Environment
  readonly #store: Store
  readonly #register: RunRegister
  readonly #admission: PodAdmission
  readonly #resolver: BehaviourResolver
  /** Names that rules speak of: a pod that has one is resolved by itself. */
  readonly #named: ReadonlySet<string>
  /** Keys of labels that rules speak of. */
  readonly #labels: ReadonlySet<string>
  /** By symbol of the path: how many pods the plan has of it, and the number of the next pod. */
  readonly #planned = new Map<number, number>()
  #incarnations = new Map<number, number>()
  #templates = new Map<PodTemplateSpec, CompiledTemplate>()
  /** By owner: how many names were generated. */
  #names = new Map<number, number>()

  /** The plan's workloads by path: pods of their templates stand where those were written. */
  readonly #workloads: ReadonlyMap<string, PlanWorkload>

  /** `pods` are those of the plan. */
  constructor(
    environment: Environment,
    store: Store,
    register: RunRegister,
    plan: Pick<Plan, 'behaviours' | 'workloads'>,
    pods: readonly PreparedPod[],
    admission: PodAdmission,
  ) {
    this.#admission = admission
    const { behaviours, workloads = [] } = plan
    this.#environment = environment
    this.#store = store
    this.#register = register
    const rules = behaviours?.rules ?? []
    const overrides = behaviours?.overrides ?? []
    this.#resolver = new BehaviourResolver(rules, overrides)
    this.#workloads = new Map(workloads.map(each => [pathOf(each.object), each]))
    this.#named = new Set([...rules, ...overrides].flatMap(({ target }) => target.name ?? []))
    this.#labels = new Set([...rules, ...overrides].flatMap(({ target }) => Object.keys(target.labels ?? {})))
    for (const { identity } of pods) {
      const { path } = identity
      this.#planned.set(path, (this.#planned.get(path) ?? 0) + 1)
    }
  }

  reset(): void {
    this.#templates = new Map()
    this.#names = new Map()
    this.#incarnations = new Map()
  }

  create(owner: ObjectVersion, template: PodTemplateSpec, cause: number, base = owner.name): PodIdentity {
    return this.#make(owner, this.#compiled(owner, template, base, NO_SHAPE), NO_SHAPE, base, cause)
  }

  createShaped(owner: ObjectVersion, template: PodTemplateSpec, shape: PodShape, cause: number): PodIdentity {
    return this.#make(owner, this.#compiled(owner, template, owner.name, shape), shape, owner.name, cause)
  }

  /** API-3: admission that changes, the name, admission that looks, the write. */
  #make(owner: ObjectVersion, compiled: CompiledTemplate, shape: PodShape, base: string, cause: number): PodIdentity {
    const { symbols, profile } = this.#environment
    const asked = named(compiled.pod, shape.name ?? '')
    const admitted = this.#admission.applyPolicies(asked)
    const name = shape.name ?? this.#nameFor(owner, base)
    const pod = shaped(admitted, name, shape)
    if (shape.name !== undefined) this.#refuseTaken(owner.namespace, name)
    this.#admission.validate(pod, cause)
    const identity = identify(symbols, this.#register.nextPod(), pod, this.#nextIncarnation(pod))
    const manifest = this.#register.addManifest(pod, compiled.origin, compiled.fieldOrigin)
    // Rules may speak of this pod and not of all of its template, and so may admission.
    const spec =
      this.#isOwnSubject(pod, shape) || admitted !== asked
        ? compilePod(
            symbols,
            pod,
            manifest,
            this.#behaviours(pod, owner, compiled.revision),
            compiled.spec.sandbox,
            profile,
          )
        : this.#cloned(compiled.spec, pod, manifest, identity)
    if (this.#register.isKept) describePod(symbols, identity, spec, object => this.#register.addObject(object))
    this.#store.createPod(identity, spec, this.#nodeNamed(pod.spec.nodeName), cause)
    return identity
  }

  /** Hardly a template names a node, and there are thousands of them. */
  #nodeNamed(name: string | undefined): number {
    return name === undefined || name === '' ? NO_NODE : this.#store.nodes.findIndex(node => node.name === name)
  }

  /** API-5. */
  #refuseTaken(namespace: string, name: string): void {
    const path = this.#environment.symbols.find(`Pod/${namespace}/${name}`)
    const existing = path === undefined ? null : this.#store.podAt(path)
    if (existing === null) return
    throw alreadyExistsError('Pod', name, isDeleting(existing))
  }

  /** How many pods of this path there were before. */
  #nextIncarnation({ metadata: { namespace, name } }: Pod): number {
    const path = this.#environment.symbols.intern(podPath(namespace ?? 'default', name ?? ''))
    const incarnation = this.#incarnations.get(path) ?? this.#planned.get(path) ?? 0
    this.#incarnations.set(path, incarnation + 1)
    return incarnation
  }

  /** Whether rules speak of this pod and not of all of its template. */
  #isOwnSubject({ metadata: { name = '' } }: Pod, { labels }: PodShape): boolean {
    return this.#named.has(name) || (labels !== undefined && Object.keys(labels).some(key => this.#labels.has(key)))
  }

  delete(pod: PodVersion, cause: number): boolean {
    if (this.#store.pod(pod.identity.index) === null) return false
    this.#store.deletePod(pod.identity.index, OWN_GRACE, cause)
    return true
  }

  adopt({ identity }: PodVersion, owner: ObjectVersion, cause: number): boolean {
    return this.#withOwners(identity.index, cause, owners => [...owners, ownerReferenceTo(owner)])
  }

  release({ identity }: PodVersion, uids: ReadonlySet<string>, cause: number): boolean {
    return this.#withOwners(identity.index, cause, owners => owners.filter(({ uid }) => !uids.has(uid)))
  }

  label({ identity }: PodVersion, labels: Labels, cause: number): boolean {
    return this.#withMetadata(identity.index, 'labels', cause, metadata => ({
      ...metadata,
      labels: { ...metadata.labels, ...labels },
    }))
  }

  removeFinalizer({ identity }: PodVersion, finalizer: string, cause: number): boolean {
    return this.#withMetadata(identity.index, 'finalizers', cause, ({ finalizers = [], ...metadata }) => {
      const left = finalizers.filter(each => each !== finalizer)
      return left.length === 0 ? metadata : { ...metadata, finalizers: left }
    })
  }

  #withOwners(index: number, cause: number, change: (owners: readonly Owner[]) => readonly Owner[]): boolean {
    return this.#withMetadata(index, 'ownerReferences', cause, ({ ownerReferences = [], ...metadata }) => {
      const owners = change(ownerReferences)
      return owners.length === 0 ? metadata : { ...metadata, ownerReferences: owners }
    })
  }

  #withMetadata(
    index: number,
    field: keyof ObjectMeta,
    cause: number,
    change: (metadata: ObjectMeta) => ObjectMeta,
  ): boolean {
    const pod = this.#store.pod(index)
    if (pod === null) return false
    const { spec } = pod
    const object: Pod = { ...spec.object, metadata: change(spec.object.metadata) }
    const manifest = this.#register.addManifest(object)
    const what = this.#environment.symbols.intern(`metadata.${field}`)
    this.#store.replaceSpec(index, { ...spec, object, manifest }, what, cause)
    return true
  }

  /** @throws ApiError Forbidden: the API server does not take such a pod, whose name is given or generated from a base. */
  #compiled(
    owner: ObjectVersion,
    template: PodTemplateSpec,
    base: string,
    { name = '', revision = revisionOf(owner) }: PodShape,
  ): CompiledTemplate {
    const classes = [this.#store.list('PriorityClass'), this.#store.list('RuntimeClass')]
    const known = this.#templates.get(template)
    const isSame = known?.revision === revision && known.classes.every((list, i) => list === classes[i])
    if (isSame) return known
    const { symbols, profile } = this.#environment
    const asked = named(this.#podOf(owner, template, base), name)
    // What policies add may change with the next pod; what they refuse comes before what the classes refuse.
    this.#admission.applyPolicies(asked)
    const pod = named(this.#admission.applyClasses(asked), TEMPLATE_NAME)
    const [first] = this.#scripted(pod, owner, revision)
    const compiled = {
      pod,
      spec: compilePod(
        symbols,
        pod,
        -1,
        this.#behaviours(pod, owner, revision),
        this.#resolver.sandbox(first),
        profile,
      ),
      classes,
      revision,
      ...this.#originOf(owner, template),
    }
    this.#templates.set(template, compiled)
    return compiled
  }

  /** The pod as the controller sends it, with the defaults that the API server gives a pod but not a template (C-7). */
  #podOf(owner: ObjectVersion, { metadata, spec }: PodTemplateSpec, base: string): Pod {
    const { labels, annotations, finalizers } = metadata ?? {}
    const pod = defaultPod({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: TEMPLATE_NAME,
        generateName: `${base}-`,
        namespace: owner.namespace,
        labels: { ...labels },
        ...(annotations === undefined ? {} : { annotations }),
        ...(finalizers === undefined ? {} : { finalizers }),
        ownerReferences: [ownerReferenceTo(owner)],
      },
      spec,
    })
    return this.#environment.profile.podLevelResources ? defaultPodResources(pod) : pod
  }

  #behaviours(pod: Pod, owner: ObjectVersion, revision: number): Record<string, ContainerBehaviour> {
    const behaviours: Record<string, ContainerBehaviour> = {}
    for (const it of this.#scripted(pod, owner, revision))
      behaviours[it.container] = this.#resolver.container(it).behaviour
    return behaviours
  }

  #scripted(pod: Pod, owner: ObjectVersion, revision: number): readonly ScriptedContainer[] {
    return scriptedContainers(pod, behaviourOwnerOf(owner)).map(it => ({ ...it, revision }))
  }

  /** Where a template stands in the files of the plan; one that came later stands in none. */
  #originOf(owner: ObjectVersion, template: PodTemplateSpec): Pick<CompiledTemplate, 'origin' | 'fieldOrigin'> {
    const planned = this.#workloads.get(behaviourOwnerOf(owner))
    if (planned === undefined) return {}
    const { origin, fieldOrigin, object } = planned
    const written = templateIn(object)
    if (written === undefined || JSON.stringify(written.template.spec) !== JSON.stringify(template.spec)) return {}
    return { origin, fieldOrigin: fieldOrigin && (path => fieldOrigin([...written.path, ...path])) }
  }

  /** API-4: a base and five characters, other ones where the name is taken. */
  #nameFor(owner: ObjectVersion, base: string): string {
    const { symbols, choices } = this.#environment
    const path = symbols.text(owner.path)
    for (let attempt = 0; ; attempt++) {
      const n = this.#names.get(owner.path) ?? 0
      this.#names.set(owner.path, n + 1)
      const canonical = suffixNumber(path, n)
      const drawn = choices.draw(NAME_SUFFIX, owner.path, n, NAME_SUFFIXES, canonical)
      const name = generatedName(base, suffixOf(drawn))
      const taken = symbols.find(`Pod/${owner.namespace}/${name}`)
      if (taken === undefined || this.#store.podAt(taken) === null || attempt === MOST_ATTEMPTS) return name
    }
  }

  #cloned(template: PodSpec, object: Pod, manifest: number, { path }: PodIdentity): PodSpec {
    const { symbols } = this.#environment
    const text = symbols.text(path)
    const bySlot = template.bySlot.map(
      (container): ContainerSpec => ({ ...container, path: symbols.intern(`${text}/${container.name}`) }),
    )
    const own = (list: readonly ContainerSpec[]): readonly ContainerSpec[] => list.map(({ slot }) => bySlot[slot])
    return {
      ...template,
      object,
      manifest,
      bySlot,
      initContainers: own(template.initContainers),
      containers: own(template.containers),
      ephemeralContainers: own(template.ephemeralContainers),
      byName: own(template.byName),
    }
  }
}

/** The revision of a Deployment's template that a ReplicaSet stands for; 1 for an owner that does not say so. */
const revisionOf = ({ object }: ObjectVersion): number => Number(object.metadata.annotations?.[REVISION] ?? 1)

const REVISION = 'deployment.kubernetes.io/revision'

/** Nothing of its own. */
const NO_SHAPE: PodShape = {}

const named = (pod: Pod, name: string): Pod => ({ ...pod, metadata: { ...pod.metadata, name } })

/** The pod with what is its own; a name that is given was not generated. */
function shaped(pod: Pod, name: string, { name: given, labels, spec }: PodShape): Pod {
  const { generateName, ...metadata } = pod.metadata
  const own = given === undefined ? { ...pod.metadata, name } : { ...metadata, name }
  return {
    ...pod,
    metadata: labels === undefined ? own : { ...own, labels: { ...own.labels, ...labels } },
    ...(spec === undefined ? {} : { spec: { ...pod.spec, ...spec } }),
  }
}

/** The template of a workload, and the way to it. */
function templateIn(
  object: PlanWorkload['object'],
): { readonly template: PodTemplateSpec; readonly path: readonly string[] } | undefined {
  if (object.kind === 'PodDisruptionBudget' || object.kind === 'HorizontalPodAutoscaler') return undefined
  if (object.kind !== 'CronJob') return { template: object.spec.template, path: ['spec', 'template'] }
  return { template: object.spec.jobTemplate.spec.template, path: ['spec', 'jobTemplate', 'spec', 'template'] }
}

const pathOf = ({ kind, metadata }: KubernetesObject): string =>
  `${kind}/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`

type Owner = NonNullable<Pod['metadata']['ownerReferences']>[number]

/** Stands in a template's pod until it gets its name. */
const TEMPLATE_NAME = 'template'

/** The workload that rules name: of a Deployment's ReplicaSet the Deployment. */
function behaviourOwnerOf({ kind, namespace, name, object }: ObjectVersion): string {
  const controller = controllerOf(object.metadata)
  return controller === undefined
    ? `${kind}/${namespace}/${name}`
    : `${controller.kind}/${namespace}/${controller.name}`
}
