import type { HorizontalPodAutoscaler, HpaScalingRules, MetricSpec } from '../../model/index.js'

const UTILIZATION: MetricSpec = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
}

const UP: HpaScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
}

/** Its window stays unsaid: it is an option of the controller. */
const DOWN: HpaScalingRules = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] }

/** kubernetes: pkg/apis/autoscaling/v2/defaults.go SetDefaults_HorizontalPodAutoscaler, v1.32 (H-3). */
export function defaultAutoscaler(autoscaler: HorizontalPodAutoscaler): HorizontalPodAutoscaler {
  const { spec } = autoscaler
  const { minReplicas = 1, metrics = [], behavior } = spec
  return {
    ...autoscaler,
    spec: {
      ...spec,
      minReplicas,
      metrics: metrics.length === 0 ? [UTILIZATION] : metrics,
      ...(behavior && {
        behavior: { scaleUp: { ...UP, ...behavior.scaleUp }, scaleDown: { ...DOWN, ...behavior.scaleDown } },
      }),
    },
  }
}
