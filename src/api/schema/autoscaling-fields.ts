/**
 * The fields of HorizontalPodAutoscalers (autoscaling/v2, v1.32). Those of autoscaling/v1 that differ have a name with an at sign:
 * what stands after it is no part of the name.
 */
export const AUTOSCALING_FIELDS: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler: `
    kind?:string apiVersion?:string metadata?:ObjectMeta spec?:HorizontalPodAutoscalerSpec
    status?:HorizontalPodAutoscalerStatus`,
  'HorizontalPodAutoscaler@v1': `
    kind?:string apiVersion?:string metadata?:ObjectMeta spec?:HorizontalPodAutoscalerSpec@v1
    status?:HorizontalPodAutoscalerStatus@v1`,
  'HorizontalPodAutoscalerSpec@v1': `
    scaleTargetRef:CrossVersionObjectReference minReplicas?:*int32 maxReplicas:int32
    targetCPUUtilizationPercentage?:*int32`,
  'HorizontalPodAutoscalerStatus@v1': `
    observedGeneration?:*int64 lastScaleTime?:*Time currentReplicas:int32 desiredReplicas:int32
    currentCPUUtilizationPercentage?:*int32`,
  HorizontalPodAutoscalerSpec: `
    scaleTargetRef:CrossVersionObjectReference minReplicas?:*int32 maxReplicas:int32 metrics?:[]MetricSpec
    behavior?:*HorizontalPodAutoscalerBehavior`,
  CrossVersionObjectReference: 'kind:string name:string apiVersion?:string',
  MetricSpec: `
    type:MetricSourceType object?:*ObjectMetricSource pods?:*PodsMetricSource resource?:*ResourceMetricSource
    containerResource?:*ContainerResourceMetricSource external?:*ExternalMetricSource`,
  HorizontalPodAutoscalerBehavior: 'scaleUp?:*HPAScalingRules scaleDown?:*HPAScalingRules',
  HPAScalingRules: `
    stabilizationWindowSeconds?:*int32 selectPolicy?:*ScalingPolicySelect policies?:*[]HPAScalingPolicy`,
  HPAScalingPolicy: 'type:HPAScalingPolicyType value:int32 periodSeconds:int32',
  ObjectMetricSource: 'describedObject:CrossVersionObjectReference target:MetricTarget metric:MetricIdentifier',
  PodsMetricSource: 'metric:MetricIdentifier target:MetricTarget',
  ResourceMetricSource: 'name:ResourceName target:MetricTarget',
  ContainerResourceMetricSource: 'name:ResourceName target:MetricTarget container:string',
  ExternalMetricSource: 'metric:MetricIdentifier target:MetricTarget',
  MetricIdentifier: 'name:string selector?:*LabelSelector',
  MetricTarget: `
    type:MetricTargetType value?:*Quantity averageValue?:*Quantity averageUtilization?:*int32`,
  HorizontalPodAutoscalerStatus: `
    observedGeneration?:*int64 lastScaleTime?:*Time currentReplicas?:int32 desiredReplicas:int32
    currentMetrics:[]MetricStatus conditions?:[]HorizontalPodAutoscalerCondition`,
  HorizontalPodAutoscalerCondition: `
    type:HorizontalPodAutoscalerConditionType status:ConditionStatus lastTransitionTime?:Time reason?:string
    message?:string`,
  MetricStatus: `
    type:MetricSourceType object?:*ObjectMetricStatus pods?:*PodsMetricStatus resource?:*ResourceMetricStatus
    containerResource?:*ContainerResourceMetricStatus external?:*ExternalMetricStatus`,
  ObjectMetricStatus: 'metric:MetricIdentifier current:MetricValueStatus describedObject:CrossVersionObjectReference',
  PodsMetricStatus: 'metric:MetricIdentifier current:MetricValueStatus',
  ResourceMetricStatus: 'name:ResourceName current:MetricValueStatus',
  ContainerResourceMetricStatus: 'name:ResourceName current:MetricValueStatus container:string',
  ExternalMetricStatus: 'metric:MetricIdentifier current:MetricValueStatus',
  MetricValueStatus: 'value?:*Quantity averageValue?:*Quantity averageUtilization?:*int32',
}

/** The texts of their own that autoscaling/v2 has beside the structs above. */
const NAMED_TEXTS: ReadonlySet<string> = new Set([
  'MetricSourceType',
  'MetricTargetType',
  'ScalingPolicySelect',
  'HPAScalingPolicyType',
  'HorizontalPodAutoscalerConditionType',
])

/** `v2.MetricSpec`, `v1.PodSpec`: a type's name as Go writes it in an error. */
export function goTypeName(name: string): string {
  if (name.includes('@')) return `v1.${goStructName(name)}`
  const isSecond = NAMED_TEXTS.has(name) || Object.hasOwn(AUTOSCALING_FIELDS, name)
  return `${isSecond ? 'v2' : 'v1'}.${name}`
}

/** A struct's name without its package. */
export const goStructName = (name: string): string => name.replace(/@.*$/, '')
