import {
  type ApiObject,
  formatLabelSelector,
  type Namespace,
  type PodDisruptionBudget,
  type PriorityClass,
} from '../../model/index.js'
import { describedTime } from '../api-time.js'
import { describeAnnotations } from '../describe-parts.js'
import type { DescribeText } from '../describe-text.js'
import { type MetricView, metricWords } from '../metrics.js'
import { type AutoscalerView, namespaceStatus, type QuotaView } from '../printers/cluster.js'
import { type DescribeContext, type Describer, describeMaps, describeName, describer } from './describer.js'

/** Limits of a namespace, as far as a view reads them (core/v1 LimitRange). */
interface LimitsView extends ApiObject {
  readonly spec: { readonly limits: readonly LimitItem[] }
}

interface LimitItem extends Partial<Record<LimitSide, Readonly<Record<string, string>>>> {
  readonly type: string
}

type LimitSide = 'min' | 'max' | 'defaultRequest' | 'default' | 'maxLimitRequestRatio'

/** Describes what bounds pods (kubectl: pkg/describe/describe.go, v1.32). */
export const POLICY_DESCRIBERS: Readonly<Record<string, Describer>> = {
  PodDisruptionBudget: describer(describeBudget),
  HorizontalPodAutoscaler: describer(describeAutoscaler),
  ResourceQuota: describer<QuotaView>((quota, { text }) => {
    describeName(quota, text)
    if (quota.spec?.scopes !== undefined) text.field(0, 'Scopes', quota.spec.scopes.join(', '))
    describeUse(quota, 0, text)
  }),
  LimitRange: describer<LimitsView>((limits, { text }) => {
    describeName(limits, text)
    describeLimits([limits], 0, text)
  }),
  Namespace: describer(describeNamespace),
  PriorityClass: describer<PriorityClass>((it, { text }) => {
    text.field(0, 'Name', it.metadata.name ?? '')
    text.field(0, 'Value', it.value)
    text.field(0, 'GlobalDefault', it.globalDefault ?? false)
    text.field(0, 'PreemptionPolicy', it.preemptionPolicy ?? 'PreemptLowerPriority')
    text.field(0, 'Description', it.description ?? '')
    describeAnnotations(it.metadata.annotations ?? {}, text)
  }),
}

function describeBudget(budget: PodDisruptionBudget, { text }: DescribeContext): void {
  const { spec, status } = budget
  describeName(budget, text)
  if (spec.minAvailable !== undefined) text.field(0, 'Min available', spec.minAvailable)
  else if (spec.maxUnavailable !== undefined) text.field(0, 'Max unavailable', spec.maxUnavailable)
  text.field(0, 'Selector', spec.selector === undefined ? '<unset>' : formatLabelSelector(spec.selector))
  text.cells(0, 'Status:')
  text.field(2, 'Allowed disruptions', status?.disruptionsAllowed ?? 0)
  text.field(2, 'Current', status?.currentHealthy ?? 0)
  text.field(2, 'Desired', status?.desiredHealthy ?? 0)
  text.field(2, 'Total', status?.expectedPods ?? 0)
}

function describeAutoscaler(autoscaler: AutoscalerView, { text }: DescribeContext): void {
  const { metadata, spec, status } = autoscaler
  describeName(autoscaler, text)
  describeMaps(autoscaler, text)
  text.field(0, 'CreationTimestamp', describedTime(metadata.creationTimestamp))
  text.field(0, 'Reference', `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`)
  text.field(0, 'Metrics', '( current / target )')
  for (const [i, metric] of (spec.metrics ?? []).entries()) {
    const { current, raw, target = '', average } = metricWords(metric, status?.currentMetrics?.[i])
    const now = raw === undefined ? current : `${current} (${raw})`
    text.field(1, metricTitle(metric, average), `${now} / ${target}`)
  }
  text.field(0, 'Min replicas', spec.minReplicas ?? '<unset>')
  text.field(0, 'Max replicas', spec.maxReplicas)
  describeScaling(spec.behavior, text)
  const { currentReplicas = 0, desiredReplicas = 0, conditions = [] } = status ?? {}
  text.field(0, `${spec.scaleTargetRef.kind} pods`, `${currentReplicas} current / ${desiredReplicas} desired`)
  if (conditions.length === 0) return
  text.cells(0, 'Conditions:')
  text.cells(1, 'Type', 'Status', 'Reason', 'Message')
  text.cells(1, '----', '------', '------', '-------')
  for (const { type, status: truth, reason = '', message = '' } of conditions)
    text.cells(1, type, truth, reason, message)
}

function describeScaling(behavior: AutoscalerView['spec']['behavior'], text: DescribeText): void {
  if (behavior === undefined) return
  text.cells(0, 'Behavior:')
  for (const [title, rules] of [
    ['Scale Up', behavior.scaleUp],
    ['Scale Down', behavior.scaleDown],
  ] as const) {
    if (rules === undefined) continue
    const { stabilizationWindowSeconds: window, selectPolicy = 'Max', policies = [] } = rules
    text.cells(1, `${title}:`)
    if (window !== undefined) text.cells(2, `Stabilization Window: ${window} seconds`)
    if (policies.length === 0) continue
    text.cells(2, `Select Policy: ${selectPolicy}`)
    text.cells(2, 'Policies:')
    for (const { type, value, periodSeconds } of policies)
      text.cells(3, `- Type: ${type}`, `Value: ${value}`, `Period: ${periodSeconds} seconds`)
  }
}

function metricTitle(metric: MetricView, average: boolean): string {
  const { resource, containerResource, object, pods, external } = metric
  // The two spaces are upstream's, which writes the rest of the line one level deeper.
  if (resource !== undefined) {
    return `resource ${resource.name} on pods${average ? '' : '  (as a percentage of request)'}`
  }
  if (containerResource !== undefined) {
    const of = `resource ${containerResource.name} of container "${containerResource.container}" on pods`
    return `${of}${average ? '' : '  (as a percentage of request)'}`
  }
  if (object !== undefined) {
    const { kind, name } = object.describedObject
    return `"${object.metric.name}" on ${kind}/${name} (target ${average ? 'average ' : ''}value)`
  }
  if (pods !== undefined) return `"${pods.metric.name}" on pods`
  return `"${external?.metric.name ?? ''}" (target ${average ? 'average ' : ''}value)`
}

/** The table of a quota: what is used of what there is. */
function describeUse({ spec, status }: QuotaView, level: number, text: DescribeText): void {
  const hard = status?.hard ?? spec?.hard ?? {}
  text.cells(level, 'Resource', 'Used', 'Hard')
  text.cells(level, '--------', '----', '----')
  for (const name of Object.keys(hard).sort()) text.cells(level, name, status?.used?.[name] ?? '0', hard[name])
}

/** The table of limits. */
function describeLimits(ranges: readonly LimitsView[], level: number, text: DescribeText): void {
  const columns = ['Type', 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit', 'Max Limit/Request Ratio']
  text.cells(level, ...columns)
  text.cells(level, ...columns.map(column => '-'.repeat(column.length)))
  for (const item of ranges.flatMap(({ spec }) => spec.limits)) {
    const names = [...new Set(LIMIT_SIDES.flatMap(side => Object.keys(item[side] ?? {})))].sort()
    for (const name of names) text.cells(level, item.type, name, ...LIMIT_SIDES.map(side => item[side]?.[name] ?? '-'))
  }
}

const LIMIT_SIDES: readonly LimitSide[] = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio']

function describeNamespace(namespace: Namespace, { text, view }: DescribeContext): void {
  text.field(0, 'Name', namespace.metadata.name ?? '')
  describeMaps(namespace, text)
  text.field(0, 'Status', namespaceStatus(namespace))
  const inside = (kind: string): readonly ApiObject[] =>
    view.list(kind).filter(({ metadata }) => (metadata.namespace ?? 'default') === namespace.metadata.name)
  const [quotas, limits] = [inside('ResourceQuota'), inside('LimitRange')]
  text.cells(0, '')
  if (quotas.length === 0) text.cells(0, 'No resource quota.')
  else text.cells(0, 'Resource Quotas')
  for (const quota of quotas) {
    text.field(1, 'Name', quota.metadata.name ?? '')
    describeUse(quota as QuotaView, 1, text)
  }
  text.cells(0, '')
  if (limits.length === 0) text.cells(0, 'No LimitRange resource.')
  else {
    text.cells(0, 'Resource Limits')
    describeLimits(limits as readonly LimitsView[], 1, text)
  }
}
