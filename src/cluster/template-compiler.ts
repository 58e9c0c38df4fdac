import { defaultPod, defaultPodResources } from '../api/index.js'
import { controllerOf, type KubernetesObject, type Pod, type PodTemplateSpec } from '../model/index.js'
import {
  BehaviourResolver,
  type ContainerBehaviour,
  type Plan,
  type PlanWorkload,
  type ScriptedContainer,
  scriptedContainers,
} from '../scenario/index.js'
import type { PodAdmission } from './api-server/index.js'
import { compilePod } from './compile-pod.js'
import {
  type ContainerSpec,
  type Environment,
  type ObjectVersion,
  ownerReferenceTo,
  type PodIdentity,
  type PodShape,
  type PodSpec,
} from './contract/index.js'
import { TemplateRevisions } from './template-revisions.js'

/** A template that was made a pod of before, for one owner. */
export interface CompiledTemplate {
  readonly pod: Pod
  readonly spec: PodSpec
  readonly revision: number
  /** All that it had: one that comes back by an undo gets another. */
  readonly revisions: readonly number[]
  readonly origin?: PlanWorkload['origin']
  readonly fieldOrigin?: PlanWorkload['fieldOrigin']
  /** What admission looked at: where the lists are others, it looks again. */
  readonly classes: readonly (readonly KubernetesObject[])[]
}

/** Compiles templates while a run goes on: each once for its owner; its pods share what does not hang on their names. */
export class TemplateCompiler {
  readonly #environment: Environment
  readonly #admission: PodAdmission
  readonly #classes: () => CompiledTemplate['classes']
  readonly #resolver: BehaviourResolver
  /** Names that rules speak of: a pod that has one is resolved by itself. */
  readonly #named: ReadonlySet<string>
  /** Keys of labels that rules speak of. */
  readonly #labels: ReadonlySet<string>
  /** The plan's workloads by path: pods of their templates stand where those were written. */
  readonly #workloads: ReadonlyMap<string, PlanWorkload>
  #templates = new Map<PodTemplateSpec, CompiledTemplate>()
  readonly #revisions = new TemplateRevisions()

  /** `classes` answers the objects that admission looks pods' classes up in: the same lists as long as they are the same. */
  constructor(
    environment: Environment,
    { behaviours, workloads = [] }: Pick<Plan, 'behaviours' | 'workloads'>,
    admission: PodAdmission,
    classes: () => CompiledTemplate['classes'],
  ) {
    this.#environment = environment
    this.#admission = admission
    this.#classes = classes
    const rules = behaviours?.rules ?? []
    const overrides = behaviours?.overrides ?? []
    this.#resolver = new BehaviourResolver(rules, overrides)
    this.#workloads = new Map(workloads.map(each => [pathOf(each.object), each]))
    this.#named = new Set([...rules, ...overrides].flatMap(({ target }) => target.name ?? []))
    this.#labels = new Set([...rules, ...overrides].flatMap(({ target }) => Object.keys(target.labels ?? {})))
  }

  reset(): void {
    this.#templates = new Map()
    this.#revisions.reset()
  }

  /**
   * A template as its owner's next pod is made of it, compiled where it was not before.
   *
   * @throws ApiError Forbidden: the API server does not take such a pod, whose name is given or generated from a base.
   */
  compiled(
    owner: ObjectVersion,
    template: PodTemplateSpec,
    base: string,
    { name = '', revision = revisionOf(owner) }: PodShape,
  ): CompiledTemplate {
    const classes = this.#classes()
    const known = this.#templates.get(template)
    const isSame = known?.revision === revision && known.classes.every((list, i) => list === classes[i])
    if (isSame) return known
    const { symbols, profile } = this.#environment
    const asked = named(this.#podOf(owner, template, base), name)
    // What policies add may change with the next pod; what they refuse comes before what the classes refuse.
    this.#admission.applyPolicies(asked)
    const pod = named(this.#admission.applyClasses(asked), TEMPLATE_NAME)
    const revisions = this.#revisions.note(behaviourOwnerOf(owner), template, revision)
    const [first] = this.#scripted(pod, owner, revisions)
    const compiled = {
      pod,
      spec: compilePod(
        symbols,
        pod,
        -1,
        this.#behaviours(pod, owner, revisions),
        this.#resolver.sandbox(first),
        profile,
      ),
      classes,
      revision,
      revisions,
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

  #behaviours(pod: Pod, owner: ObjectVersion, revisions: readonly number[]): Record<string, ContainerBehaviour> {
    const behaviours: Record<string, ContainerBehaviour> = {}
    for (const it of this.#scripted(pod, owner, revisions))
      behaviours[it.container] = this.#resolver.container(it).behaviour
    return behaviours
  }

  #scripted(pod: Pod, owner: ObjectVersion, revisions: readonly number[]): readonly ScriptedContainer[] {
    return scriptedContainers(pod, behaviourOwnerOf(owner)).map(it => ({ ...it, revisions }))
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

  /** The spec of one pod of a template: its own where rules or admission speak of this pod and not of all, else the shared one. */
  specOf(
    compiled: CompiledTemplate,
    owner: ObjectVersion,
    { pod, manifest, identity, shape, isAdmittedOtherwise }: TemplatePod,
  ): PodSpec {
    if (!isAdmittedOtherwise && !this.#isOwnSubject(pod, shape)) {
      return cloned(this.#environment, compiled.spec, pod, manifest, identity)
    }
    const { symbols, profile } = this.#environment
    const behaviours = this.#behaviours(pod, owner, compiled.revisions)
    return compilePod(symbols, pod, manifest, behaviours, compiled.spec.sandbox, profile)
  }

  /** Whether rules speak of this pod and not of all of its template. */
  #isOwnSubject({ metadata: { name = '' } }: Pod, { labels }: PodShape): boolean {
    return this.#named.has(name) || (labels !== undefined && Object.keys(labels).some(key => this.#labels.has(key)))
  }
}

/** A pod that is made of a template. */
export interface TemplatePod {
  readonly pod: Pod
  /** Number of the manifest in the trace. */
  readonly manifest: number
  readonly identity: PodIdentity
  readonly shape: PodShape
  /** Admission changed this pod, and not all of the template. */
  readonly isAdmittedOtherwise: boolean
}

function cloned(
  { symbols }: Environment,
  template: PodSpec,
  object: Pod,
  manifest: number,
  { path }: PodIdentity,
): PodSpec {
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

/** The pod under another name. */
export const named = (pod: Pod, name: string): Pod => ({ ...pod, metadata: { ...pod.metadata, name } })

/** The revision of a Deployment's template that a ReplicaSet stands for; 1 for an owner that does not say so. */
const revisionOf = ({ object }: ObjectVersion): number => Number(object.metadata.annotations?.[REVISION] ?? 1)

const REVISION = 'deployment.kubernetes.io/revision'

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

/** Stands in a template's pod until it gets its name. */
const TEMPLATE_NAME = 'template'

/** The workload that rules name: of a Deployment's ReplicaSet the Deployment. */
function behaviourOwnerOf({ kind, namespace, name, object }: ObjectVersion): string {
  const controller = controllerOf(object.metadata)
  return controller === undefined
    ? `${kind}/${namespace}/${name}`
    : `${controller.kind}/${namespace}/${controller.name}`
}
