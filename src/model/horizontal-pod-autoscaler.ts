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
  readonly scaleTargetRef: CrossVersionObjectReference
  readonly minReplicas?: number
  readonly maxReplicas: number
  readonly metrics?: readonly MetricSpec[]
  readonly behavior?: { readonly scaleUp?: HpaScalingRules; readonly scaleDown?: HpaScalingRules }
}

/** An object that is named without its namespace. */
export interface CrossVersionObjectReference {
  readonly kind: string
  readonly name: string
  readonly apiVersion?: string
}

/** One metric and what it should be. */
export type MetricSpec =
  | { readonly type: 'Resource'; readonly resource: ResourceMetricSource }
  | {
      readonly type: 'ContainerResource'
      readonly containerResource: ResourceMetricSource & { readonly container: string }
    }
  | { readonly type: 'Pods'; readonly pods: NamedMetricSource }
  | {
      readonly type: 'Object'
      readonly object: NamedMetricSource & { readonly describedObject: CrossVersionObjectReference }
    }
  | { readonly type: 'External'; readonly external: NamedMetricSource }

/** What a resource of pods or of one of their containers should be. */
export interface ResourceMetricSource {
  readonly name: string
  readonly target: MetricTarget
}

/** What a metric that is no resource should be. */
export interface NamedMetricSource {
  readonly metric: MetricIdentifier
  readonly target: MetricTarget
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
  readonly currentMetrics?: readonly MetricStatus[]
  readonly conditions?: readonly WorkloadCondition[]
}

/** What a metric was when it was last read; the field that its type names is there. */
export interface MetricStatus {
  readonly type: MetricSpec['type']
  readonly resource?: { readonly name: string; readonly current: MetricValueStatus }
  readonly containerResource?: {
    readonly name: string
    readonly current: MetricValueStatus
    readonly container: string
  }
  readonly pods?: { readonly metric: MetricIdentifier; readonly current: MetricValueStatus }
  readonly object?: {
    readonly metric: MetricIdentifier
    readonly current: MetricValueStatus
    readonly describedObject: CrossVersionObjectReference
  }
  readonly external?: { readonly metric: MetricIdentifier; readonly current: MetricValueStatus }
}

/** A metric that was read: percent of the request, or quantities. */
export interface MetricValueStatus {
  readonly value?: string
  readonly averageValue?: string
  readonly averageUtilization?: number
}
