import {
  matchesLabels,
  matchesNodeSelector,
  type Node,
  type PodSpec,
  type Taint,
  type Toleration,
} from '../model/index.js'

const PREFIX = 'node.kubernetes.io/'

/** Tolerations that the DaemonSet controller adds to its pods (ctl/daemon/util AddOrUpdateDaemonPodTolerations, v1.32; DS-2). */
export function daemonTolerations(spec: PodSpec): readonly Toleration[] {
  const added: Toleration[] = [
    { key: `${PREFIX}not-ready`, operator: 'Exists', effect: 'NoExecute' },
    { key: `${PREFIX}unreachable`, operator: 'Exists', effect: 'NoExecute' },
    { key: `${PREFIX}disk-pressure`, operator: 'Exists', effect: 'NoSchedule' },
    { key: `${PREFIX}memory-pressure`, operator: 'Exists', effect: 'NoSchedule' },
    { key: `${PREFIX}pid-pressure`, operator: 'Exists', effect: 'NoSchedule' },
    { key: `${PREFIX}unschedulable`, operator: 'Exists', effect: 'NoSchedule' },
  ]
  if (spec.hostNetwork === true) {
    added.push({ key: `${PREFIX}network-unavailable`, operator: 'Exists', effect: 'NoSchedule' })
  }
  return [...(spec.tolerations ?? []), ...added]
}

/** Tells whether a DaemonSet's pod should run on a node (ctl/daemon/daemon_controller.go NodeShouldRunDaemonPod, v1.32; DS-1). */
export function shouldRunOn(node: Node, spec: PodSpec): boolean {
  if (spec.nodeName !== undefined && spec.nodeName !== '' && spec.nodeName !== node.metadata.name) return false
  if (!matchesLabels(spec.nodeSelector, node.metadata.labels)) return false
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (required !== undefined && !matchesNodeSelector(required, node)) return false
  const tolerations = daemonTolerations(spec)
  return (node.spec.taints ?? []).every(
    taint => taint.effect === 'PreferNoSchedule' || tolerations.some(toleration => tolerates(toleration, taint)),
  )
}

/** core/v1 Toleration.ToleratesTaint. */
function tolerates({ key = '', operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false
  if (key !== '' && key !== taint.key) return false
  return operator === 'Exists' || (key !== '' && value === (taint.value ?? ''))
}
