import { choiceLabel } from '../kernel/index.js'
import type { Labels, ObjectMeta, Pod, PodTemplateSpec } from '../model/index.js'
import { generatedName, NAME_SUFFIXES, type Plan, suffixNumber, suffixOf } from '../scenario/index.js'
import { OWN_GRACE, type PodAdmission, type Store } from './api-server/index.js'
import {
  alreadyExistsError,
  type Environment,
  isDeleting,
  type ObjectVersion,
  ownerReferenceTo,
  type PodControl,
  type PodIdentity,
  type PodShape,
  type PodVersion,
} from './contract/index.js'
import { identify, podPath } from './pod-identity.js'
import { describePod, type PreparedPod } from './prepared-plan.js'
import type { RunRegister } from './run-register.js'
import { type CompiledTemplate, named, TemplateCompiler } from './template-compiler.js'

const NAME_SUFFIX = choiceLabel('name-suffix', 'scattered by the owner’s path, the next with each pod')

const NO_NODE = -1

/** How often a generated name may be taken before the API server gives up (API-4). */
const MOST_ATTEMPTS = 8

/** Makes pods of templates while a run goes on, and writes what controllers change about pods. */
export class TemplatePods implements PodControl {
  readonly #environment: Environment
  readonly #store: Store
  readonly #register: RunRegister
  readonly #admission: PodAdmission
  readonly #compiler: TemplateCompiler
  /** By symbol of the path: how many pods the plan has of it, and the number of the next pod. */
  readonly #planned = new Map<number, number>()
  #incarnations = new Map<number, number>()
  /** By owner: how many names were generated. */
  #names = new Map<number, number>()

  /** `pods` are those of the plan. */
  constructor(
    environment: Environment,
    store: Store,
    register: RunRegister,
    plan: Pick<Plan, 'behaviours' | 'workloads'>,
    pods: readonly PreparedPod[],
    admission: PodAdmission,
  ) {
    this.#environment = environment
    this.#store = store
    this.#register = register
    this.#admission = admission
    this.#compiler = new TemplateCompiler(environment, plan, admission, () => [
      store.list('PriorityClass'),
      store.list('RuntimeClass'),
    ])
    for (const { identity } of pods) {
      const { path } = identity
      this.#planned.set(path, (this.#planned.get(path) ?? 0) + 1)
    }
  }

  reset(): void {
    this.#compiler.reset()
    this.#names = new Map()
    this.#incarnations = new Map()
  }

  create(owner: ObjectVersion, template: PodTemplateSpec, cause: number, base = owner.name): PodIdentity {
    return this.#make(owner, this.#compiler.compiled(owner, template, base, NO_SHAPE), NO_SHAPE, base, cause)
  }

  createShaped(owner: ObjectVersion, template: PodTemplateSpec, shape: PodShape, cause: number): PodIdentity {
    return this.#make(owner, this.#compiler.compiled(owner, template, owner.name, shape), shape, owner.name, cause)
  }

  /** API-3: admission that changes, the name, admission that looks, the write. */
  #make(owner: ObjectVersion, compiled: CompiledTemplate, shape: PodShape, base: string, cause: number): PodIdentity {
    const { symbols } = this.#environment
    const asked = named(compiled.pod, shape.name ?? '')
    const admitted = this.#admission.applyPolicies(asked)
    const name = shape.name ?? this.#nameFor(owner, base)
    const pod = shaped(admitted, name, shape)
    if (shape.name !== undefined) this.#refuseTaken(owner.namespace, name)
    this.#admission.validate(pod, cause)
    const identity = identify(symbols, this.#register.nextPod(), pod, this.#nextIncarnation(pod))
    const manifest = this.#register.addManifest(pod, compiled.origin, compiled.fieldOrigin)
    const isAdmittedOtherwise = admitted !== asked
    const spec = this.#compiler.specOf(compiled, owner, { pod, manifest, identity, shape, isAdmittedOtherwise })
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
}

/** Nothing of its own. */
const NO_SHAPE: PodShape = {}

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

type Owner = NonNullable<Pod['metadata']['ownerReferences']>[number]
