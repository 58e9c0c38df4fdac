import type { Node, NodeSelectorRequirement, NodeSelectorTerm, PodSpec, Taint, Toleration } from '../model/index.js'

/** A port of the node that a pod takes for itself. */
export interface HostPort {
  readonly protocol: string
  readonly ip: string
  readonly port: number
}

/** What a cordoned node has beside its own taints. */
export const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

// Computed apart from the scheduler's own filters, which this is there to check.
// scheduler: framework/plugins nodeunschedulable, tainttoleration, nodeaffinity, v1.32 (control-plane.md 2.5).

/** Whether taints of this effect keep pods away, not only at a distance. */
export const isHard = (effect: string): boolean => effect !== 'PreferNoSchedule'

/** Whether one of the pod's tolerations is for the taint. */
export const isTolerated = ({ tolerations = [] }: PodSpec, taint: Taint): boolean =>
  tolerations.some(each => tolerates(each, taint))

/** How long a pod stands a taint, in seconds: the first toleration that is for it counts; none: not at all, −1. */
export function tolerationSeconds({ tolerations = [] }: PodSpec, taint: Taint): number {
  const used = tolerations.find(each => tolerates(each, taint))
  if (used === undefined) return -1
  return used.tolerationSeconds === undefined ? Number.POSITIVE_INFINITY : Math.max(0, used.tolerationSeconds)
}

/** The taint, among those whose effect counts, that the pod does not tolerate, in words. */
export function taintAgainst(spec: PodSpec, node: Node, counts: (effect: string) => boolean): string | undefined {
  for (const taint of node.spec?.taints ?? [])
    if (counts(taint.effect) && !isTolerated(spec, taint)) return `has the taint ${taint.key}`
  return undefined
}

/** What the pod's nodeSelector or required affinity asks for and the node has not, in words. */
export function labelsAgainst(spec: PodSpec, node: Node): string | undefined {
  const labels = node.metadata.labels ?? {}
  for (const [key, value] of Object.entries(spec.nodeSelector ?? {}))
    if (labels[key] !== value) return `has not the label ${key}=${value}`
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (required === undefined) return undefined
  const name = node.metadata.name ?? ''
  return required.nodeSelectorTerms.some(term => matches(term, labels, name))
    ? undefined
    : 'does not match the affinity'
}

/** Whether two pods take the same port of a node. */
export const areInConflict = (a: HostPort, b: HostPort): boolean =>
  a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || isAny(a.ip) || isAny(b.ip))

/** The ports that a pod’s regular containers take of its node; others are not considered. */
export const hostPortsOf = ({ containers }: PodSpec): HostPort[] =>
  containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, protocol = 'TCP', hostIP = '' }) =>
      hostPort === undefined || hostPort === 0 ? [] : [{ port: hostPort, protocol, ip: hostIP }],
    ),
  )

const isAny = (ip: string): boolean => ip === '' || ip === '0.0.0.0'

function tolerates({ key = '', operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && (effect as string) !== '' && effect !== taint.effect) return false
  if (key !== '' && key !== taint.key) return false
  return operator === 'Exists' || (operator === 'Equal' && value === (taint.value ?? ''))
}

type Labels = Readonly<Record<string, string>>

function matches({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, labels: Labels, name: string): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false
  return matchExpressions.every(each => agrees(each, labels[each.key])) && matchFields.every(each => agrees(each, name))
}

function agrees({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0])
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0])
  }
}
