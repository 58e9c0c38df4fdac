import { defaultPodResources } from '../api/index.js'
import { PodwrightError } from '../errors/index.js'
import { loadManifests } from '../manifest/index.js'
import {
  DEFAULT_KUBELET_CONFIGURATION,
  DEFAULT_KUBERNETES_VERSION,
  isOwnerKind,
  type KubernetesObject,
  type Node,
  profileOf,
} from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { AssumptionList } from './assumptions.js'
import type { ContainerBehaviour } from './behaviour.js'
import type { BehaviourRule } from './behaviour-rule.js'
import { meansPod } from './behaviour-target.js'
import { formatBehaviourRule } from './describe-behaviour.js'
import { imagesOfSteps } from './images-of-steps.js'
import { completeNode, createNodes, withAddress } from './nodes.js'
import { plainData } from './plain-data.js'
import { DEFAULT_TIMING, type Plan, type PlanPod, type ReactionStep, type Step, type Timing } from './plan.js'
import { type AutoscalerObjects, type PlacedMetric, planMetrics } from './plan-metrics.js'
import { datedSteps, objectsOf, planReactions } from './plan-moments.js'
import { type DraftPod, type PlanObject, PodCollector } from './plan-pods.js'
import { rosterOfPods } from './plan-roster.js'
import { planSteps, removesPod, removesWorkload } from './plan-steps.js'
import { type PlacedTraffic, planTraffic } from './plan-traffic.js'
import { requestedBehaviours } from './requested-pods.js'
import { BehaviourResolver, scriptedContainers } from './resolve-behaviour.js'
import { pathOf } from './sample-pods.js'
import type { Place, ScenarioStep } from './scenario-file.js'
import { noteUnreachedRevisions } from './unreached-revisions.js'

/** What a plan needs besides the manifests; everything has a default. */
export interface PlanOptions {
  /** Release of Kubernetes; default 1.32. */
  readonly kubernetes?: string | undefined
  /** Default: the Node objects among the manifests, or one roomy node. */
  readonly nodes?: readonly Node[] | undefined
  /** Default ten minutes. */
  readonly horizon?: Milliseconds | undefined
  /** Where objects without a namespace are created; default `default`. */
  readonly namespace?: string | undefined
  /** The most specific rule wins, of equally specific ones the later. */
  readonly behaviours?: readonly BehaviourRule[] | undefined
  /** Rules that go before all of `behaviours`: what was said on the command line goes before the file. */
  readonly overrides?: readonly BehaviourRule[] | undefined
  readonly steps?: readonly ScenarioStep[] | undefined
  readonly traffic?: readonly PlacedTraffic[] | undefined
  readonly metrics?: readonly PlacedMetric[] | undefined
  readonly timing?: Partial<Timing> | undefined
}

/** Ten minutes: long enough for the crash-loop back-off to reach its cap. */
export const DEFAULT_HORIZON: Milliseconds = 600_000

/**
 * Builds the plan of a run: its pods and workloads, every container with its behaviour, every step with its pods.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` for a rule that matches nothing, `SCENARIO_INVALID` for a step that names
 * nothing, `MANIFEST_CONFLICT` for two pods of one name, `INPUT_TOO_LARGE` for more than 150,000 pods.
 */
export function buildPlan(objects: readonly PlanObject[], options: PlanOptions = {}): Plan {
  const { kubernetes, podLevelResources } = profileOf(options.kubernetes ?? DEFAULT_KUBERNETES_VERSION)
  const { behaviours = [], overrides = [], steps = [], horizon = DEFAULT_HORIZON } = options
  const assumptions = new AssumptionList()
  const nodes = (options.nodes ?? nodesAmong(objects)).map(withAddress)
  const collector = new PodCollector(nodes, assumptions)
  const others = objects.filter(it => it.object.kind !== 'Node' && !collector.take(it, 0)).map(({ object }) => object)
  const atStart = collector.pods.length
  const workloadsAtStart = collector.workloads.length
  const applied = steps.map((step, index) =>
    applyStep(step, steps.slice(0, index), collector, { ...options, kubernetes }),
  )
  const resolver = new BehaviourResolver(behaviours, overrides)
  const pods = collector.pods.map(draft => {
    const planned = withBehaviour(draft, resolver, assumptions, FIRST_REVISION)
    return podLevelResources ? { ...planned, pod: defaultPodResources(planned.pod) } : planned
  })
  for (const draft of collector.scripted.slice(pods.length)) withBehaviour(draft, resolver, assumptions)
  for (const image of imagesOfSteps(steps)) resolver.laterImage(image)
  const requested = requestedBehaviours(steps, resolver, { rules: behaviours, overrides })
  resolver.refuseUnused()
  for (const rule of resolver.overruled()) {
    assumptions.note(`rule "${formatBehaviourRule(rule)}"`, 'without effect: other rules say otherwise')
  }
  const images = resolver.images()
  noteImages(collector.scripted, steps, [...behaviours, ...overrides], assumptions)
  const deeds = steps.map((step, index): readonly ReactionStep[] => {
    const { firstPod, others } = applied[index]
    const created = pods
      .slice(firstPod, applied[index + 1]?.firstPod)
      .map((pod): ReactionStep => ({ do: 'create', pod }))
    return step.action === 'apply' ? [...created, ...others] : planSteps(step, collector, nodes)
  })
  noteUnreachedRevisions([...behaviours, ...overrides], collector.workloads, deeds, assumptions)
  const done = datedSteps(steps, deeds)
  const reactions = planReactions(
    steps,
    deeds,
    rosterOfPods(
      pods,
      collector.workloads.map(({ object }) => object),
      nodes,
      [...others, ...objectsOf(deeds)],
    ),
  )
  noteLateSteps(done, horizon, assumptions)
  const services = { objects: [...others, ...objectsOf(deeds)], namespace: options.namespace ?? 'default' }
  const traffic = planTraffic(options.traffic ?? [], services, nodes, horizon)
  if (traffic.length > 0) assumptions.requests(pods)
  const metrics = planMetrics(options.metrics ?? [], autoscalersOf(collector, deeds, services.namespace), assumptions)
  return freeze({
    kubernetes,
    kubelet: DEFAULT_KUBELET_CONFIGURATION,
    nodes,
    pods: pods.slice(0, atStart),
    ...workloadsOf(collector, workloadsAtStart, behaviours, overrides),
    ...requested,
    objects: others,
    images,
    steps: done,
    ...(reactions.length === 0 ? {} : { reactions }),
    ...(traffic.length === 0 ? {} : { traffic }),
    ...(metrics.length === 0 ? {} : { metrics }),
    horizon,
    timing: { ...DEFAULT_TIMING, ...options.timing },
    assumptions: assumptions.lines(),
  })
}

/** The part of a plan that is for controllers: nothing where no step and no manifest has anything for them. */
function workloadsOf(
  { workloads, scripted, pods }: PodCollector,
  atStart: number,
  behaviours: readonly BehaviourRule[],
  overrides: readonly BehaviourRule[],
): Pick<Plan, 'workloads' | 'behaviours'> {
  if (workloads.length === 0) return {}
  const samples = scripted.slice(pods.length).flatMap(({ pod, owner }) => scriptedContainers(pod, owner))
  const concerned = (rules: readonly BehaviourRule[]): BehaviourRule[] =>
    rules
      .filter(({ target }) => samples.some(it => meansPod(target, it)))
      .map(({ target, behaviour }) => plainData({ target, behaviour }))
  const [first, second] = [concerned(behaviours), concerned(overrides)]
  return {
    workloads: workloads.slice(0, atStart).map(({ object, createdAt, origin, fieldOrigin }) => {
      return { object, createdAt, origin, fieldOrigin }
    }),
    behaviours: { rules: first, ...(second.length === 0 ? {} : { overrides: second }) },
  }
}

/** Where autoscalers are found: among what is there from the beginning, and what steps bring. */
function autoscalersOf(
  { workloads }: PodCollector,
  deeds: readonly (readonly ReactionStep[])[],
  namespace: string,
): AutoscalerObjects {
  const isOpen = deeds.some(each =>
    each.some(deed => deed.do === 'request' && deed.request.kind === 'HorizontalPodAutoscaler'),
  )
  return { objects: workloads.map(({ object }) => object), isOpen, namespace }
}

function nodesAmong(objects: readonly PlanObject[]): readonly Node[] {
  const nodes = objects.flatMap(({ object }) => (object.kind === 'Node' ? [completeNode(object)] : []))
  return nodes.length > 0 ? nodes : createNodes(1)
}

/** What an `apply` step does: the pods that it creates are collected, from `firstPod` on. */
interface Applied {
  readonly firstPod: number
  readonly others: readonly ReactionStep[]
}

/** Loads the manifest of an `apply` step: pods are collected, other objects become steps of their own. */
function applyStep(
  step: ScenarioStep,
  earlier: readonly ScenarioStep[],
  collector: PodCollector,
  { kubernetes, namespace }: PlanOptions,
): Applied {
  const firstPod = collector.pods.length
  if (step.action !== 'apply') return { firstPod, others: [] }
  const { where, at = 0 } = step
  const input = { name: typeof where === 'string' ? where : where.file, text: step.manifest ?? '' }
  const { objects, problems } = loadManifests([input], { kubernetes, namespace })
  if (problems.length > 0) throw problems[0]
  const others = objects.flatMap((it): ReactionStep[] => {
    const existing = it.object.kind === 'Pod' ? podNamed(it.object, collector.pods) : undefined
    if (existing === undefined && isOwnerKind(it.object.kind)) return [applyWorkload(it, step, earlier, collector)]
    if (existing !== undefined && !isGone(existing, step, earlier)) {
      // kubectl apply of an object that exists: what the manifest says is laid over it.
      return [{ do: 'patch', pod: existing.name, type: 'strategic', patch: writtenOf(it.object) }]
    }
    if (it.object.kind === 'Node') throw refusedNode(where)
    return collector.take(it, at, existing !== undefined) ? [] : [{ do: 'createObject', object: it.object }]
  })
  return { firstPod, others }
}

/** A workload is created, or what its manifest says is laid over the one that is there. */
function applyWorkload(
  it: PlanObject,
  step: ScenarioStep,
  earlier: readonly ScenarioStep[],
  collector: PodCollector,
): ReactionStep {
  const { at = 0 } = step
  const path = pathOf(it.object)
  const existing = collector.workloads.find(each => each.path === path)
  const isAbout = (each: ScenarioStep): boolean =>
    removesWorkload(each, path, collector) || (each.action === 'apply' && isNamed(each.object, path))
  const last = earlier.findLast(each => each.at !== undefined && each.at <= at && isAbout(each))
  if (existing === undefined || (last !== undefined && last.action !== 'apply')) {
    collector.take(it, at, existing !== undefined)
    return { do: 'createObject', object: it.object }
  }
  collector.retake(it, at)
  return { do: 'patchObject', object: path, type: 'strategic', patch: writtenOf(it.object) }
}

interface ExistingPod {
  readonly name: string
  readonly draft: DraftPod
}

function podNamed(object: KubernetesObject, pods: readonly DraftPod[]): ExistingPod | undefined {
  const path = pathOf(object)
  const draft = pods.find(({ pod }) => pathOf(pod) === path)
  return draft === undefined ? undefined : { name: path.slice('Pod/'.length), draft }
}

/** A pod that was deleted before is created again: the last step before this one that is about its life decides. */
function isGone({ draft }: ExistingPod, { at = 0 }: ScenarioStep, earlier: readonly ScenarioStep[]): boolean {
  const path = pathOf(draft.pod)
  const isAbout = (step: ScenarioStep): boolean =>
    removesPod(step, draft) || (step.action === 'apply' && isNamed(step.object, path))
  const last = earlier.findLast(step => step.at !== undefined && step.at <= at && isAbout(step))
  return last !== undefined && last.action !== 'apply'
}

/** Of an object as it was written, which may be of any shape. */
function isNamed(object: object, path: string): boolean {
  const { kind, metadata } = object as Partial<KubernetesObject>
  return `${kind}/${metadata?.namespace ?? 'default'}/${metadata?.name}` === path
}

/** What an update may change; the identity is what the patch is addressed to. */
const writtenOf = ({ metadata, ...rest }: KubernetesObject): unknown => ({
  metadata: { labels: metadata.labels, annotations: metadata.annotations },
  ...('spec' in rest ? { spec: rest.spec } : {}),
})

const refusedNode = (where: Place): PodwrightError =>
  new PodwrightError({
    code: 'SCENARIO_INVALID',
    where,
    problem: 'expected an object that can be created during a run, got a Node',
    hint: 'nodes are given with `nodes:` or --nodes',
  })

/** Pods that stand for a workload are of its first template. */
const FIRST_REVISION = 1

function withBehaviour(
  draft: DraftPod,
  resolver: BehaviourResolver,
  assumptions: AssumptionList,
  revision?: number,
): PlanPod {
  const { pod, createdAt, owner, origin, fieldOrigin } = draft
  const revisions = revision === undefined ? undefined : [revision]
  const scripted = scriptedContainers(pod, owner).map(it => ({ ...it, revisions }))
  const containers: Record<string, ContainerBehaviour> = {}
  for (const it of scripted) {
    const resolved = resolver.container(it)
    containers[it.container] = resolved.behaviour
    assumptions.container(it, resolved)
  }
  return { pod, createdAt, containers, sandbox: resolver.sandbox(scripted[0]), origin, fieldOrigin, owner }
}

function noteImages(
  pods: readonly DraftPod[],
  steps: readonly ScenarioStep[],
  rules: readonly BehaviourRule[],
  assumptions: AssumptionList,
): void {
  const stated = new Set(rules.flatMap(({ behaviour }) => Object.keys(behaviour.images ?? {})))
  const written = pods.flatMap(({ pod: { spec } }) => [...(spec.initContainers ?? []), ...spec.containers])
  for (const image of [...written.map(container => container.image), ...imagesOfSteps(steps)]) {
    assumptions.image(image, !stated.has(image) && !stated.has('*'))
  }
}

function noteLateSteps(steps: readonly Step[], horizon: Milliseconds, assumptions: AssumptionList): void {
  const late = steps.filter(step => step.at > horizon).length
  if (late > 0) assumptions.note(late === 1 ? 'one step' : `${late} steps`, 'behind the horizon: not carried out')
}

/** Freezes plain data all the way down; what is frozen already is not walked again. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const key of Object.keys(value)) freeze((value as Record<string, unknown>)[key])
  return value
}
