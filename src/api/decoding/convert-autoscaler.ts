import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerStatus, MetricSpec } from '../../model/index.js'
import type { JsonRecord } from './decode-special.js'
import type { DecodingError } from './decoding-error.js'

/** An autoscaler of autoscaling/v1 as it was decoded. */
interface FirstVersion {
  readonly metadata: HorizontalPodAutoscaler['metadata']
  readonly spec: Omit<HorizontalPodAutoscaler['spec'], 'metrics' | 'behavior'> & {
    readonly targetCPUUtilizationPercentage?: number
  }
  readonly status?: HorizontalPodAutoscalerStatus & { readonly currentCPUUtilizationPercentage?: number }
}

/** What autoscaling/v1 keeps in annotations because it has no fields for it. */
const ANNOTATIONS = ['metrics', 'behavior'].map(each => `autoscaling.alpha.kubernetes.io/${each}`)

/**
 * An autoscaler of autoscaling/v1 as autoscaling/v2 has it: the one percentage of cpu becomes a metric, and where it is missing the
 * defaults of v2 bring it. What v1 keeps in annotations is refused: it is older than v2, and no text of today.
 *
 * kubernetes: pkg/apis/autoscaling/v1/conversion.go, v1.32.
 */
export function convertAutoscaler(
  decoded: JsonRecord,
): { readonly object: HorizontalPodAutoscaler; readonly error?: undefined } | { readonly error: DecodingError } {
  const { metadata, spec, status } = decoded as unknown as FirstVersion
  const foreign = ANNOTATIONS.find(each => metadata.annotations?.[each] !== undefined)
  if (foreign !== undefined) {
    const message = `expected no annotation ${foreign}, got one`
    const hint = 'write the object as autoscaling/v2, which has a field for it'
    return { error: { message, path: ['metadata', 'annotations', foreign], hint } }
  }
  const { targetCPUUtilizationPercentage: percent, ...kept } = spec
  const metrics: readonly MetricSpec[] = [
    {
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent ?? 0 } },
    },
  ]
  const object: HorizontalPodAutoscaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: { ...kept, ...(percent === undefined ? {} : { metrics }) },
    ...(status === undefined ? {} : { status: convertedStatus(status) }),
  }
  return { object }
}

function convertedStatus({
  currentCPUUtilizationPercentage: percent,
  ...kept
}: NonNullable<FirstVersion['status']>): HorizontalPodAutoscalerStatus {
  if (percent === undefined) return kept
  return {
    ...kept,
    currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: percent } } }],
  }
}
