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

/** What a DaemonSet's pod may do on a node. */
export interface DaemonPlacement {
  /** It should be there. */
  readonly shouldRun: boolean
  /** If it is there it may stay: taints of effect NoSchedule do not drive it away. */
  readonly shouldContinue: boolean
}

const NOWHERE: DaemonPlacement = { shouldRun: false, shouldContinue: false }
const STAYS: DaemonPlacement = { shouldRun: false, shouldContinue: true }
const RUNS: DaemonPlacement = { shouldRun: true, shouldContinue: true }

/** Tells whether a DaemonSet's pod should run on a node (ctl/daemon/daemon_controller.go NodeShouldRunDaemonPod, v1.32; DS-1). */
export function placementOn(node: Node, spec: PodSpec): DaemonPlacement {
  if (spec.nodeName !== undefined && spec.nodeName !== '' && spec.nodeName !== node.metadata.name) return NOWHERE
  if (!matchesLabels(spec.nodeSelector, node.metadata.labels)) return NOWHERE
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (required !== undefined && !matchesNodeSelector(required, node)) return NOWHERE
  const tolerations = daemonTolerations(spec)
  const untolerated = (node.spec.taints ?? []).filter(
    taint => taint.effect !== 'PreferNoSchedule' && !tolerations.some(toleration => tolerates(toleration, taint)),
  )
  if (untolerated.length === 0) return RUNS
  return untolerated.some(({ effect }) => effect === 'NoExecute') ? NOWHERE : STAYS
}

export const shouldRunOn = (node: Node, spec: PodSpec): boolean => placementOn(node, spec).shouldRun

/** core/v1 Toleration.ToleratesTaint. */
function tolerates({ key = '', operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false
  if (key !== '' && key !== taint.key) return false
  return operator === 'Exists' || (key !== '' && value === (taint.value ?? ''))
}
