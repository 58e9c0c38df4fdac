import { defaultPod, defaultPodResources } from '../api/index.js'
import { choiceLabel } from '../kernel/index.js'
import { controllerOf, type Pod, type PodTemplateSpec } from '../model/index.js'
import {
  BehaviourResolver,
  type ContainerBehaviour,
  generatedName,
  NAME_SUFFIXES,
  type PlanBehaviours,
  scriptedContainers,
  suffixNumber,
  suffixOf,
} from '../scenario/index.js'
import { OWN_GRACE, type PodAdmission, type Store } from './api-server/index.js'
import { compilePod, identify } from './compile-pod.js'
import type {
  ContainerSpec,
  Environment,
  ObjectVersion,
  PodControl,
  PodIdentity,
  PodSpec,
  PodVersion,
} from './contract/index.js'
import { describePod } from './prepared-plan.js'
import type { RunRegister } from './run-register.js'

const NAME_SUFFIX = choiceLabel('name-suffix', 'scattered by the owner’s path, the next with each pod')

/** A template that was made a pod of before, for one owner. */
interface CompiledTemplate {
  readonly pod: Pod
  readonly spec: PodSpec
}

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
  #templates = new Map<PodTemplateSpec, CompiledTemplate>()
  /** By owner: how many names were generated. */
  #names = new Map<number, number>()

  constructor(
    environment: Environment,
    store: Store,
    register: RunRegister,
    behaviours: PlanBehaviours | undefined,
    admission: PodAdmission,
  ) {
    this.#admission = admission
    this.#environment = environment
    this.#store = store
    this.#register = register
    const rules = behaviours?.rules ?? []
    const overrides = behaviours?.overrides ?? []
    this.#resolver = new BehaviourResolver(rules, overrides)
    this.#named = new Set([...rules, ...overrides].flatMap(({ target }) => target.name ?? []))
  }

  reset(): void {
    this.#templates = new Map()
    this.#names = new Map()
  }

  create(owner: ObjectVersion, template: PodTemplateSpec, cause: number): PodIdentity {
    const { symbols, profile } = this.#environment
    const compiled = this.#compiled(owner, template)
    const admitted = this.#mutated(compiled.pod)
    const name = this.#nameFor(owner)
    const pod: Pod = { ...admitted, metadata: { ...admitted.metadata, name } }
    this.#admission.validate(pod, cause)
    const index = this.#register.nextPod()
    const identity = identify(symbols, index, pod, 0)
    const manifest = this.#register.addManifest(pod)
    const spec =
      this.#named.has(name) || admitted !== compiled.pod
        ? compilePod(symbols, pod, manifest, this.#behaviours(pod, owner), compiled.spec.sandbox, profile)
        : this.#cloned(compiled.spec, pod, manifest, identity)
    describePod(symbols, identity, spec, object => this.#register.addObject(object))
    const { nodeName } = pod.spec
    this.#store.createPod(
      identity,
      spec,
      this.#store.nodes.findIndex(node => node.name === nodeName),
      cause,
    )
    return identity
  }

  /** What admission makes of a pod that has no name yet; the same where it has nothing to add. */
  #mutated(pod: Pod): Pod {
    const { name: _, ...metadata } = pod.metadata
    const nameless = { ...pod, metadata }
    const admitted = this.#admission.mutate(nameless)
    return admitted === nameless ? pod : admitted
  }

  delete(pod: PodVersion, cause: number): boolean {
    if (this.#store.pod(pod.identity.index) === null) return false
    this.#store.deletePod(pod.identity.index, OWN_GRACE, cause)
    return true
  }

  adopt({ identity }: PodVersion, owner: ObjectVersion, cause: number): boolean {
    return this.#withOwners(identity.index, cause, owners => [...owners, referenceTo(owner)])
  }

  release({ identity }: PodVersion, uids: ReadonlySet<string>, cause: number): boolean {
    return this.#withOwners(identity.index, cause, owners => owners.filter(({ uid }) => !uids.has(uid)))
  }

  #withOwners(index: number, cause: number, change: (owners: readonly Owner[]) => readonly Owner[]): boolean {
    const pod = this.#store.pod(index)
    if (pod === null) return false
    const { spec } = pod
    const { ownerReferences = [], ...metadata } = spec.object.metadata
    const owners = change(ownerReferences)
    const object: Pod = {
      ...spec.object,
      metadata: owners.length === 0 ? metadata : { ...metadata, ownerReferences: owners },
    }
    const manifest = this.#register.addManifest(object)
    const what = this.#environment.symbols.intern('metadata.ownerReferences')
    this.#store.replaceSpec(index, { ...spec, object, manifest }, what, cause)
    return true
  }

  #compiled(owner: ObjectVersion, template: PodTemplateSpec): CompiledTemplate {
    const known = this.#templates.get(template)
    if (known !== undefined) return known
    const { symbols, profile } = this.#environment
    const pod = this.#podOf(owner, template)
    const [first] = scriptedContainers(pod, behaviourOwnerOf(owner))
    const compiled = {
      pod,
      spec: compilePod(symbols, pod, -1, this.#behaviours(pod, owner), this.#resolver.sandbox(first), profile),
    }
    this.#templates.set(template, compiled)
    return compiled
  }

  /** The pod as the controller sends it, with the defaults that the API server gives a pod but not a template (C-7). */
  #podOf(owner: ObjectVersion, { metadata, spec }: PodTemplateSpec): Pod {
    const { labels, annotations, finalizers } = metadata ?? {}
    const pod = defaultPod({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: TEMPLATE_NAME,
        generateName: `${owner.name}-`,
        namespace: owner.namespace,
        labels: { ...labels },
        ...(annotations === undefined ? {} : { annotations }),
        ...(finalizers === undefined ? {} : { finalizers }),
        ownerReferences: [referenceTo(owner)],
      },
      spec,
    })
    return this.#environment.profile.podLevelResources ? defaultPodResources(pod) : pod
  }

  #behaviours(pod: Pod, owner: ObjectVersion): Record<string, ContainerBehaviour> {
    const behaviours: Record<string, ContainerBehaviour> = {}
    for (const it of scriptedContainers(pod, behaviourOwnerOf(owner)))
      behaviours[it.container] = this.#resolver.container(it).behaviour
    return behaviours
  }

  /** API-4: a base and five characters, other ones where the name is taken. */
  #nameFor(owner: ObjectVersion): string {
    const { symbols, choices } = this.#environment
    const path = symbols.text(owner.path)
    for (let attempt = 0; ; attempt++) {
      const n = this.#names.get(owner.path) ?? 0
      this.#names.set(owner.path, n + 1)
      const canonical = suffixNumber(path, n)
      const drawn = choices.draw(NAME_SUFFIX, owner.path, n, NAME_SUFFIXES, canonical)
      const name = generatedName(owner.name, suffixOf(drawn))
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

type Owner = NonNullable<Pod['metadata']['ownerReferences']>[number]

/** Stands in a template's pod until it gets its name. */
const TEMPLATE_NAME = 'template'

const referenceTo = ({ object, kind, name, uid }: ObjectVersion): Owner => ({
  apiVersion: object.apiVersion,
  kind,
  name,
  uid,
  controller: true,
  blockOwnerDeletion: true,
})

/** The workload that rules name: of a Deployment's ReplicaSet the Deployment. */
function behaviourOwnerOf({ kind, namespace, name, object }: ObjectVersion): string {
  const controller = controllerOf(object.metadata)
  return controller === undefined
    ? `${kind}/${namespace}/${name}`
    : `${controller.kind}/${namespace}/${controller.name}`
}
