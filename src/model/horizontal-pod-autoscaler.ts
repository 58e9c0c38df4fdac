import type { LabelSelector } from './label-selector.js'
import type { ObjectMeta, Time } from './object-meta.js'
import type { WorkloadCondition } from './replica-set.js'

/** Sizes a workload by metrics (autoscaling/v2 HorizontalPodAutoscaler). */
export interface HorizontalPodAutoscaler {
  readonly apiVersion: 'autoscaling/v2'
  readonly kind: 'HorizontalPodAutoscaler'
  readonly metadata: ObjectMeta
  readonly spec: HorizontalPodAutoscalerSpec
  readonly status?: HorizontalPodAutoscalerStatus
}

/** What is sized, between which bounds, by what. */
export interface HorizontalPodAutoscalerSpec {
  readonly scaleTargetRef: { readonly apiVersion?: string; readonly kind: string; readonly name: string }
  readonly minReplicas?: number
  readonly maxReplicas: number
  readonly metrics?: readonly MetricSpec[]
  readonly behavior?: { readonly scaleUp?: HpaScalingRules; readonly scaleDown?: HpaScalingRules }
}

/** One metric and what it should be. */
export type MetricSpec =
  | { readonly type: 'Resource'; readonly resource: { readonly name: string; readonly target: MetricTarget } }
  | { readonly type: 'Pods'; readonly pods: { readonly metric: MetricIdentifier; readonly target: MetricTarget } }
  | {
      readonly type: 'External'
      readonly external: { readonly metric: MetricIdentifier; readonly target: MetricTarget }
    }

/** Which metric of those that are not resources. */
export interface MetricIdentifier {
  readonly name: string
  readonly selector?: LabelSelector
}

/** The value that a metric should have. */
export interface MetricTarget {
  readonly type: 'Utilization' | 'Value' | 'AverageValue'
  /** Percent of the request. */
  readonly averageUtilization?: number
  /** Quantities. */
  readonly averageValue?: string
  readonly value?: string
}

/** How fast a size may change in one direction. */
export interface HpaScalingRules {
  readonly stabilizationWindowSeconds?: number
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled'
  readonly policies?: readonly HpaScalingPolicy[]
}

/** So many pods, or so many percent of them, in so many seconds. */
export interface HpaScalingPolicy {
  readonly type: 'Pods' | 'Percent'
  readonly value: number
  readonly periodSeconds: number
}

/** What an autoscaler has done. */
export interface HorizontalPodAutoscalerStatus {
  readonly observedGeneration?: number
  readonly lastScaleTime?: Time
  readonly currentReplicas?: number
  readonly desiredReplicas: number
  readonly conditions?: readonly WorkloadCondition[]
}
