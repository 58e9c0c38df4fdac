/** One metric of an autoscaler and what it should be, as far as a view reads it. */
export interface MetricView {
  readonly type: string
  readonly resource?: { readonly name: string; readonly target: TargetView }
  readonly containerResource?: { readonly name: string; readonly container: string; readonly target: TargetView }
  readonly object?: {
    readonly metric: { readonly name: string }
    readonly target: TargetView
    readonly describedObject: { readonly kind: string; readonly name: string }
  }
  readonly pods?: { readonly metric: { readonly name: string }; readonly target: TargetView }
  readonly external?: { readonly metric: { readonly name: string }; readonly target: TargetView }
}

/** What a metric should be. */
interface TargetView {
  readonly averageUtilization?: number
  readonly averageValue?: string
  readonly value?: string
}

/** What a metric was when it was measured last; a field that is not there is `<unknown>`. */
export interface MetricStatusView {
  readonly resource?: { readonly current: TargetView }
  readonly containerResource?: { readonly current: TargetView }
  readonly object?: { readonly current: TargetView }
  readonly pods?: { readonly current: TargetView }
  readonly external?: { readonly current: TargetView }
}

const UNKNOWN = '<unknown>'

/** TARGETS of `kubectl get hpa`: `cpu: 10%/50%`, two of them and how many more. */
export function formatMetrics(specs: readonly MetricView[], statuses: readonly MetricStatusView[]): string {
  if (specs.length === 0) return '<none>'
  const all = specs.map((spec, i) => {
    const { current, target, average } = metricWords(spec, statuses[i])
    const resource = spec.resource ?? spec.containerResource
    const label = resource === undefined ? '' : `${resource.name}: `
    const suffix = average && (spec.external ?? spec.object) !== undefined ? ' (avg)' : ''
    return target === undefined ? '<unknown type>' : `${label}${current}/${target}${suffix}`
  })
  return all.length > MOST ? `${all.slice(0, MOST).join(', ')} + ${all.length - MOST} more...` : all.join(', ')
}

const MOST = 2

/** What a metric is and should be, in words. */
interface MetricWords {
  readonly current: string
  /** What a percentage stands for. */
  readonly raw?: string | undefined
  readonly target: string | undefined
  /** Whether it is a value per pod. */
  readonly average: boolean
}

/** Words of a metric. */
export function metricWords(spec: MetricView, status: MetricStatusView | undefined): MetricWords {
  const resource = spec.resource ?? spec.containerResource
  if (resource !== undefined) {
    const { averageValue, averageUtilization } = resource.target
    const now = (status?.resource ?? status?.containerResource)?.current
    if (averageValue !== undefined)
      return { current: now?.averageValue ?? UNKNOWN, target: averageValue, average: true }
    const percent = now?.averageUtilization
    const target = averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`
    const raw = now?.averageValue
    return { current: percent === undefined ? UNKNOWN : `${percent}%`, raw, target, average: false }
  }
  const source = spec.external ?? spec.pods ?? spec.object
  const now = (status?.external ?? status?.pods ?? status?.object)?.current
  if (source?.target.averageValue !== undefined) {
    return { current: now?.averageValue ?? UNKNOWN, target: source.target.averageValue, average: true }
  }
  return { current: now?.value ?? UNKNOWN, target: source?.target.value, average: false }
}
