import { nearestWord, PodwrightError } from '../errors/index.js'
import type { HorizontalPodAutoscaler, KubernetesObject, MetricSpec } from '../model/index.js'
import type { AssumptionList } from './assumptions.js'
import type { PlanMetric } from './plan.js'
import type { StatedMetric } from './stated-metric.js'

/** A metric with the place where it was stated. */
export type PlacedMetric = StatedMetric & { readonly where?: PodwrightError['where'] | undefined }

/** A metric that some autoscaler asks for. */
interface AskedMetric {
  /** `HorizontalPodAutoscaler/default/web`. */
  readonly autoscaler: string
  /** `Deployment/default/web`; undefined: it is no object's. */
  readonly target: string | undefined
  readonly name: string
  readonly container: string | undefined
}

/** What is known of autoscalers when a plan is made. */
export interface AutoscalerObjects {
  readonly objects: readonly KubernetesObject[]
  /** Whether requests make or change autoscalers in the run: then nobody knows yet what is asked for. */
  readonly isOpen: boolean
  /** The namespace of names without one. */
  readonly namespace: string
}

/**
 * Looks up whose metrics are meant, and takes note of those that an autoscaler asks for and nobody states.
 *
 * @throws PodwrightError `SCENARIO_INVALID` for a metric that no autoscaler reads, and for one that is stated twice.
 */
export function planMetrics(
  stated: readonly PlacedMetric[],
  known: AutoscalerObjects,
  assumptions: AssumptionList,
): readonly PlanMetric[] {
  const asked = known.objects.flatMap(object => (object.kind === 'HorizontalPodAutoscaler' ? askedBy(object) : []))
  const planned = stated.map(each => planOne(each, asked, known))
  planned.forEach((each, index) => {
    if (planned.findIndex(other => isSame(other, each)) === index) return
    const problem = `expected ${textOf(each)} once, got it twice`
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where: stated[index].where, problem })
  })
  const missing = asked.filter(each => !planned.some(metric => isSame(metric, each)))
  for (const each of missing) {
    const line = `${each.target === undefined ? 'external' : subjectText(each.target)} ${wordsOf(each)} VALUE`
    assumptions.note(
      each.autoscaler,
      `nobody says what ${textOf(each)} is, so it scales nothing by it (metrics: "${line}")`,
    )
  }
  return planned
}

type Metric = Pick<PlanMetric, 'target' | 'name' | 'container'>

const isSame = (a: Metric, b: Metric): boolean =>
  a.target === b.target && a.name === b.name && a.container === b.container

/** `container app cpu`. */
const wordsOf = ({ name, container }: Metric): string =>
  container === undefined ? name : `container ${container} ${name}`

/** `cpu of deployment/web`, `cpu of container app of deployment/web`, `the external metric queue`. */
const textOf = ({ target, name, container }: Metric): string => {
  if (target === undefined) return `the external metric ${name}`
  return `${name} of ${container === undefined ? '' : `container ${container} of `}${subjectText(target)}`
}

/** `deployment/web` of `Deployment/default/web`. */
function subjectText(path: string): string {
  const [kind, namespace, name] = path.split('/')
  return `${namespace === 'default' ? '' : `${namespace}/`}${kind.toLowerCase()}/${name}`
}

function planOne(metric: PlacedMetric, asked: readonly AskedMetric[], known: AutoscalerObjects): PlanMetric {
  const { of, name, container, points, isShared, isLinear, where } = metric
  const target = of === undefined ? undefined : pathOf(of, asked, known.namespace)
  const planned: PlanMetric = {
    ...(target === undefined ? {} : { target }),
    name,
    ...(container === undefined ? {} : { container }),
    of: isShared === true ? 'all' : 'each',
    points,
    ...(isLinear === true ? { isLinear } : {}),
  }
  if (known.isOpen || asked.some(each => isSame(each, planned))) return planned
  const texts = [...new Set(asked.map(textOf))]
  const nearest = nearestWord(textOf(planned), texts)
  const some = texts.length === 0 ? 'there is none' : `they read ${texts.slice(0, 5).join(', ')}`
  throw new PodwrightError({
    code: 'SCENARIO_INVALID',
    where,
    problem: `no HorizontalPodAutoscaler reads ${textOf(planned)}`,
    hint: nearest === undefined ? some : `the nearest that one reads is ${nearest}`,
  })
}

/** The path that `deployment/web` or `shop/deployment/web` means; kinds are spelled as the autoscalers spell them. */
function pathOf(subject: string, asked: readonly AskedMetric[], fallback: string): string {
  const parts = subject.split('/')
  const [namespace, word, name] = parts.length === 3 ? parts : [fallback, ...parts]
  const kinds = asked.map(({ target = '' }) => target.split('/')[0])
  const kind = kinds.find(each => each.toLowerCase() === word) ?? KINDS.find(each => each.toLowerCase() === word)
  return `${kind ?? word}/${namespace}/${name}`
}

const KINDS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'] as const

/** What an autoscaler asks for, each metric once. */
function askedBy({ metadata, spec }: HorizontalPodAutoscaler): readonly AskedMetric[] {
  const { namespace = 'default', name = '' } = metadata
  const autoscaler = `HorizontalPodAutoscaler/${namespace}/${name}`
  const { scaleTargetRef: target, metrics = [] } = spec
  const ofPods = `${target.kind}/${namespace}/${target.name}`
  return metrics.map(metric => ({ autoscaler, ...askedIn(metric, ofPods, namespace) }))
}

function askedIn(metric: MetricSpec, ofPods: string, namespace: string): Omit<AskedMetric, 'autoscaler'> {
  switch (metric.type) {
    case 'Resource':
      return { target: ofPods, name: metric.resource.name, container: undefined }
    case 'ContainerResource':
      return { target: ofPods, name: metric.containerResource.name, container: metric.containerResource.container }
    case 'Pods':
      return { target: ofPods, name: metric.pods.metric.name, container: undefined }
    case 'Object': {
      const { kind, name } = metric.object.describedObject
      return { target: `${kind}/${namespace}/${name}`, name: metric.object.metric.name, container: undefined }
    }
    case 'External':
      return { target: undefined, name: metric.external.metric.name, container: undefined }
  }
}
