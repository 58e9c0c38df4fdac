import type { MetricStatus } from '../model/index.js'

/** `cpu 50% (100m), queue 20`: what an autoscaler's metrics are, of the JSON of its status. */
export function metricStatusWords(json: string): string {
  const statuses = JSON.parse(json) as readonly MetricStatus[]
  return statuses.map(wordsOf).join(', ')
}

function wordsOf({ resource, containerResource, pods, object, external }: MetricStatus): string {
  const source = resource ?? containerResource ?? pods ?? object ?? external
  if (source === undefined) return 'unknown'
  const name = 'name' in source ? source.name : source.metric.name
  const { averageUtilization, averageValue, value } = source.current
  const amount = averageValue ?? value ?? ''
  return `${name} ${averageUtilization === undefined ? amount : `${averageUtilization}% (${amount})`}`
}
