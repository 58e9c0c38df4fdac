import { defaultPod } from '../api/index.js'
import type { Node, Pod, Workload } from '../model/index.js'
import { shouldRunOn } from './daemon-nodes.js'
import { generatedName, nameSuffix } from './pod-names.js'

/**
 * Pods as a workload's controller makes them, as far as rules, steps and clauses look at them: of a StatefulSet each by its ordinal,
 * of any other workload one that stands for all.
 */
export function samplePods(workload: Workload): readonly Pod[] {
  if (workload.kind !== 'StatefulSet') return [samplePod(workload, generated(workload))]
  const { replicas = 1, ordinals } = workload.spec
  const count = Math.max(1, replicas)
  const first = ordinals?.start ?? 0
  return Array.from({ length: count }, (_, n) => samplePod(workload, `${workload.metadata.name}-${first + n}`))
}

const generated = (workload: Workload): string =>
  generatedName(workload.metadata.name ?? '', nameSuffix(pathOf(workload), 0))

function samplePod(workload: Workload, name: string): Pod {
  const { template } = workload.kind === 'CronJob' ? workload.spec.jobTemplate.spec : workload.spec
  const { labels, annotations } = template.metadata ?? {}
  return defaultPod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: workload.metadata.namespace ?? 'default',
      labels: { ...labels },
      ...(annotations === undefined ? {} : { annotations }),
    },
    spec: template.spec,
  })
}

/** Why a workload begins without pods; undefined: it does not. */
export function whyNoPods(workload: Workload, nodes: readonly Node[]): string | undefined {
  switch (workload.kind) {
    case 'DaemonSet':
      return nodes.some(node => shouldRunOn(node, workload.spec.template.spec))
        ? undefined
        : 'may run on none of the nodes: no pods'
    case 'CronJob':
      return workload.spec.suspend === true ? SUSPENDED : undefined
    case 'Job':
      if (workload.spec.suspend === true) return SUSPENDED
      return workload.spec.parallelism === 0 ? 'asks for a parallelism of 0: no pods' : undefined
    default:
      return workload.spec.replicas === 0 ? 'asks for 0 replicas: no pods' : undefined
  }
}

const SUSPENDED = 'is suspended: no pods'

/** `Deployment/default/web`. */
export const pathOf = ({ kind, metadata }: { readonly kind: string; readonly metadata: Pod['metadata'] }): string =>
  `${kind}/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`
