import { KINDS, type LabelSelector, type MetricSpec, matchesLabelSelector } from '../../../model/index.js'
import type { Milliseconds } from '../../../time/index.js'
import { EventRecorder, type WorkQueue } from '../../client/index.js'
import {
  apiSeconds,
  CHANGE,
  notFoundError,
  type ObjectVersion,
  type OwnerCondition,
  type PodVersion,
  specOf,
} from '../../contract/index.js'
import type { Controller, ControllerContext } from '../controller.js'
import { EVENT_SOURCE } from '../event-source.js'
import { isMeasured, type Proposal, proposalOf, type ScaledTarget } from './compute-metrics.js'
import { isSteady } from './is-steady.js'
import { able, type HpaCondition, normalize, type ScalingHistory } from './scaling-rules.js'

type Autoscaler = ObjectVersion<'HorizontalPodAutoscaler'>

/** One look at an autoscaler, and what it makes of its conditions. */
interface Look {
  readonly autoscaler: Autoscaler
  readonly cause: number
  readonly now: number
  conditions: readonly OwnerCondition[]
  /** What its metrics are, as its status tells it; that of before until they are read. */
  currentMetrics: string
}

/** A size and why it is wished for. */
interface Wish {
  readonly size: number
  readonly reason: string
  /** Whether metrics say so: then it is recommended and kept within limits. */
  readonly isMeasured: boolean
}

/**
 * Sizes workloads by metrics, every fifteen seconds.
 *
 * controllers: pkg/controller/podautoscaler/horizontal.go, v1.32 (H-1 … H-4).
 */
export class HorizontalPodAutoscalerController implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = Number.POSITIVE_INFINITY
  readonly #context: ControllerContext
  readonly #events: EventRecorder
  #histories = new Map<number, ScalingHistory>()
  /** By autoscaler whose looks change nothing any more: when the last one was, and what it recommended. */
  #asleep = new Map<number, { readonly at: Milliseconds; readonly wished: number }>()

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    const { environment, profile } = context
    this.#events = new EventRecorder(environment, EVENT_SOURCE.HorizontalPodAutoscaler, profile.sharesSpamBucket)
  }

  reset(): void {
    this.#events.reset()
    this.#histories = new Map()
    this.#asleep = new Map()
  }

  podChanged(_change: number, _version: PodVersion, _previous: PodVersion | null, cause: number): void {
    this.#wake(cause)
  }

  objectChanged(change: number, version: ObjectVersion, _previous: ObjectVersion | null, cause: number): void {
    this.#wake(cause)
    if (version.kind !== 'HorizontalPodAutoscaler') return
    if (change === CHANGE.removed) this.#histories.delete(version.path)
    else this.queue.addAfter(version.path, SYNC_MS, cause)
  }

  sync(key: number, cause: number): void {
    const { objects, environment } = this.#context
    const autoscaler = objects.get(key, 'HorizontalPodAutoscaler')
    if (autoscaler === undefined) return
    const now = apiSeconds(environment, environment.kernel.now)
    const { conditions, counts } = autoscaler
    const rows = environment.trace.count
    let steady: number | undefined
    try {
      steady = this.#reconcile({ autoscaler, cause, now, conditions, currentMetrics: counts.currentMetrics })
    } finally {
      // Looks that are sure to change nothing are not queued.
      if (steady === undefined || environment.trace.count !== rows) this.queue.addAfter(key, SYNC_MS, cause)
      else this.#asleep.set(key, { at: environment.kernel.now, wished: steady })
    }
  }

  /** Something has changed: those that sleep look again when they would have, and remember what they would have recommended. */
  #wake(cause: number): void {
    const { environment } = this.#context
    const { now } = environment.kernel
    for (const [path, { at, wished }] of this.#asleep) {
      // A look of this very instant is still to come: what is done by steps is done before it.
      const last = at + Math.max(0, Math.ceil((now - at) / SYNC_MS) - 1) * SYNC_MS
      const history = this.#histories.get(path)
      const recommended = { seconds: apiSeconds(environment, last), count: wished }
      if (history !== undefined)
        this.#histories.set(path, { ...history, recommendations: [...history.recommendations, recommended] })
      this.queue.addAfter(path, last + SYNC_MS - now, cause)
    }
    this.#asleep.clear()
  }

  /** Answers what the metrics ask for if every later look would find the same. */
  #reconcile(look: Look): number | undefined {
    const found = this.#find(look.autoscaler)
    if (typeof found === 'string') {
      const problem = found
      this.#tell(look, true, 'FailedGetScale', problem)
      const message = `the HPA controller was unable to get the target's current scale: ${problem}`
      this.#set(look, { type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message })
      this.#write(look, {})
      return undefined
    }
    const target = this.#targetOf(found)
    this.#set(look, able('SucceededGetScale', "the HPA controller was able to get the target's current scale"))
    const wish = this.#wishOf(look, target)
    if (wish === undefined) {
      this.#write(look, { currentReplicas: target.shown })
      return undefined
    }
    const size = wish.isMeasured ? this.#normalized(look, wish, target.size) : wish.size
    if (size !== target.size) this.#rescale(look, found, target, { ...wish, size })
    const isRescaled = size !== target.size
    const lastScaleTime = isRescaled ? { lastScaleTime: look.now } : {}
    this.#write(look, { currentReplicas: target.shown, desiredReplicas: size, ...lastScaleTime })
    const history = this.#histories.get(look.autoscaler.path)
    if (!wish.isMeasured || history === undefined) return undefined
    const { metrics, environment } = this.#context
    const outcome = { spec: look.autoscaler.object.spec, target, wished: wish.size, size, history, seconds: look.now }
    return isSteady(outcome, metrics, environment.kernel.now) ? wish.size : undefined
  }

  /** The target, or why it cannot be sized. */
  #find({ object, namespace }: Autoscaler): ObjectVersion | string {
    const { kind, name, apiVersion = '' } = object.spec.scaleTargetRef
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
    if (groupOf(kind) !== group) return `no matches for kind "${kind}" in group "${group}"`
    if (!isScalable(kind)) return 'the server could not find the requested resource'
    return this.#context.client.object(kind, namespace, name) ?? notFoundError(kind, name).message
  }

  #targetOf(version: ObjectVersion): ScaledTarget {
    const selector = selectorOf(version)
    const { namespace } = version
    const isOwn = ({ identity, spec }: PodVersion): boolean =>
      identity.namespace === namespace &&
      selector !== undefined &&
      matchesLabelSelector(selector, spec.object.metadata.labels)
    const pods = [...this.#context.pods.all()].filter(pod => isOwn(pod) && isMeasured(pod))
    return {
      path: this.#context.environment.symbols.text(version.path),
      namespace,
      pods,
      size: specOf(version.object).replicas ?? 1,
      shown: (version.counts as { readonly replicas?: number }).replicas ?? 0,
    }
  }

  /** H-4. Undefined: no metric could be computed. */
  #wishOf(look: Look, target: ScaledTarget): Wish | undefined {
    const { minReplicas = 1, maxReplicas, metrics = DEFAULT_METRICS } = look.autoscaler.object.spec
    const { size } = target
    if (size === 0 && minReplicas !== 0) {
      const message = 'scaling is disabled since the replica count of the target is zero'
      this.#set(look, { type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled', message })
      return { size, reason: '', isMeasured: false }
    }
    if (size > maxReplicas)
      return { size: maxReplicas, reason: 'Current number of replicas above Spec.MaxReplicas', isMeasured: false }
    if (size < minReplicas)
      return { size: minReplicas, reason: 'Current number of replicas below Spec.MinReplicas', isMeasured: false }
    const { environment } = this.#context
    const proposals = metrics.map(metric => proposalOf(metric, target, this.#context.metrics, environment))
    look.currentMetrics = JSON.stringify(proposals.map(each => ('size' in each ? each.status : { type: '' })))
    return this.#highest(look, proposals, size)
  }

  /** The most that any metric asks for; where one fails, only a larger size is trusted (H-2). */
  #highest(look: Look, proposals: readonly Proposal[], current: number): Wish | undefined {
    let best: { readonly size: number; readonly name: string } | undefined
    const failures: Exclude<Proposal, { readonly size: number }>[] = []
    for (const proposal of proposals) {
      if (!('size' in proposal)) failures.push(proposal)
      else if (best === undefined || proposal.size > best.size) best = proposal
    }
    const [failure] = failures
    for (const { reason, message } of failures) this.#tell(look, true, reason, message)
    if (failure !== undefined && (best === undefined || best.size < current)) {
      const message = `the HPA was unable to compute the replica count: ${failure.message}`
      this.#set(look, { type: 'ScalingActive', status: 'False', reason: failure.reason, message })
      const first = `first error is: ${failure.prefix}${failure.message}`
      const text = `invalid metrics (${failures.length} invalid out of ${proposals.length}), ${first}`
      this.#tell(look, true, 'FailedComputeMetricsReplicas', text)
      return undefined
    }
    if (best === undefined) return undefined
    const message = `the HPA was able to successfully calculate a replica count from ${best.name}`
    this.#set(look, { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound', message })
    const reason = best.size > current ? `${best.name} above target` : 'All metrics below target'
    return { size: best.size, reason, isMeasured: true }
  }

  /** H-3. */
  #normalized(look: Look, { size }: Wish, current: number): number {
    const { autoscaler, now } = look
    const { spec } = autoscaler.object
    const known = this.#histories.get(autoscaler.path)
    // What it is when it is first seen counts as recommended.
    const history = known ?? { recommendations: [{ seconds: now, count: current }], changes: [] }
    const normalized = normalize(spec, size, current, history, now)
    const oldest = now - LONGEST_WINDOW_SECONDS
    const recommendations = history.recommendations.filter(({ seconds }) => seconds > oldest)
    const changes = history.changes.filter(({ seconds }) => seconds > oldest)
    this.#histories.set(autoscaler.path, {
      recommendations: [...recommendations, { seconds: now, count: size }],
      changes,
    })
    for (const condition of normalized.conditions) this.#set(look, condition)
    return normalized.size
  }

  #rescale(look: Look, found: ObjectVersion, target: ScaledTarget, { size, reason }: Wish): void {
    const { client } = this.#context
    const { autoscaler, now, cause } = look
    const object = { ...found.object, spec: { ...specOf(found.object), replicas: size } } as typeof found.object
    client.updateObject(found, object, cause)
    this.#set(look, able('SucceededRescale', `the HPA controller was able to update the target scale to ${size}`))
    this.#tell(look, false, 'SuccessfulRescale', `New size: ${size}; reason: ${reason}`)
    const history = this.#histories.get(autoscaler.path) ?? { recommendations: [], changes: [] }
    const change = { seconds: now, count: size - target.size }
    this.#histories.set(autoscaler.path, { ...history, changes: [...history.changes, change] })
  }

  /** Of several with one type the last stands; its time moves with its status only. */
  #set(look: Look, condition: HpaCondition): void {
    const old = look.autoscaler.conditions.find(({ type }) => type === condition.type)
    const seconds = old?.status === condition.status ? old.transitionSeconds : look.now
    const isSame =
      old?.status === condition.status && old.reason === condition.reason && old.message === condition.message
    const next =
      isSame && old !== undefined ? old : { ...condition, transitionSeconds: seconds, updateSeconds: seconds }
    const isKnown = look.conditions.some(({ type }) => type === condition.type)
    look.conditions = isKnown
      ? look.conditions.map(each => (each.type === condition.type ? next : each))
      : [...look.conditions, next]
  }

  #write(look: Look, changes: Partial<Autoscaler['counts']>): void {
    const { autoscaler, conditions, currentMetrics, cause } = look
    const counts = { ...autoscaler.counts, observedGeneration: autoscaler.generation, currentMetrics, ...changes }
    this.#context.client.updateObjectStatus(autoscaler, { counts, conditions }, cause)
  }

  #tell({ autoscaler, cause }: Look, isWarning: boolean, reason: string, message: string): void {
    const { symbols } = this.#context.environment
    const words = [symbols.intern(reason), symbols.intern(message)] as const
    this.#events.record(autoscaler.index, autoscaler.path, isWarning, ...words, cause)
  }
}

/** Kinds with the subresource scale. */
const SCALABLE = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'] as const
const isScalable = (kind: string): kind is (typeof SCALABLE)[number] => SCALABLE.some(each => each === kind)

/** The group of a kind; undefined: the API server knows none of that name. */
const groupOf = (kind: string): string | undefined =>
  Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS].group : undefined

/** A ReplicationController's selector is a map of labels. */
function selectorOf({ kind, object }: ObjectVersion): LabelSelector | undefined {
  const { selector } = specOf(object) as { readonly selector?: LabelSelector }
  return kind === 'ReplicationController' ? { matchLabels: selector as LabelSelector['matchLabels'] } : selector
}

/** H-1. */
const SYNC_MS: Milliseconds = 15_000
/** No window and no period of a policy is longer than half an hour and an hour (validation of autoscaling/v2). */
const LONGEST_WINDOW_SECONDS = 3600

/** autoscaling/v2 defaults: cpu at 80 % of the request. */
const DEFAULT_METRICS: readonly MetricSpec[] = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
]
