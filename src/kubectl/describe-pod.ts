import { controllerOf, type Event, formatLabelSelector, type Pod, qosClassOf, type Toleration } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ageOf, describedTime } from './api-time.js'
import { describeContainers } from './describe-container.js'
import { describeEvents } from './describe-events.js'
import { DescribeText } from './describe-text.js'
import { describeVolumes } from './describe-volumes.js'

/**
 * The lines of `kubectl describe pod`; `events` are those about the pod.
 *
 * kubectl: pkg/describe/describe.go describePod, v1.32 (R-1020).
 */
export function describePod(pod: Pod, events: readonly Event[], now: Milliseconds): string[] {
  const { spec, status = {} } = pod
  const text = new DescribeText()
  describeIdentity(pod, text)
  describeState(pod, now, text)
  const { initContainers = [], ephemeralContainers = [] } = spec
  if (initContainers.length > 0) {
    describeContainers('Init Containers', initContainers, status.initContainerStatuses ?? [], pod, text)
  }
  describeContainers('Containers', spec.containers, status.containerStatuses ?? [], pod, text)
  if (ephemeralContainers.length > 0) {
    const statuses = status.ephemeralContainerStatuses ?? []
    describeContainers('Ephemeral Containers', ephemeralContainers, statuses, pod, text)
  }
  describeConditions(pod, text)
  describeVolumes(spec.volumes ?? [], text)
  text.field(0, 'QoS Class', status.qosClass ?? qosClassOf(spec))
  text.list(0, 'Node-Selectors', pairs(spec.nodeSelector))
  const tolerations = [...(spec.tolerations ?? [])].sort((a, b) => compare(a.key ?? '', b.key ?? ''))
  text.list(0, 'Tolerations', tolerations.map(tolerationText))
  describeSpread(pod, text)
  describeEvents(events, now, text)
  return text.lines()
}

function describeIdentity({ metadata, spec, status = {} }: Pod, text: DescribeText): void {
  text.field(0, 'Name', metadata.name ?? '')
  text.field(0, 'Namespace', metadata.namespace ?? '')
  if (spec.priority !== undefined) text.field(0, 'Priority', spec.priority)
  if (spec.priorityClassName) text.field(0, 'Priority Class Name', spec.priorityClassName)
  if (spec.runtimeClassName) text.field(0, 'Runtime Class Name', spec.runtimeClassName)
  if (spec.serviceAccountName) text.field(0, 'Service Account', spec.serviceAccountName)
  text.field(0, 'Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>')
  if (status.startTime) text.field(0, 'Start Time', describedTime(status.startTime))
  text.list(0, 'Labels', pairs(metadata.labels))
  describeAnnotations(metadata.annotations ?? {}, text)
}

/** Long annotations, and those of several lines, stand below their key and are cut. */
function describeAnnotations(annotations: Readonly<Record<string, string>>, text: DescribeText): void {
  const keys = Object.keys(annotations)
    .filter(key => key !== LAST_APPLIED)
    .sort()
  if (keys.length === 0) text.field(0, 'Annotations', '<none>')
  let first = 'Annotations:'
  for (const key of keys) {
    const value = annotations[key].replace(/\n$/, '')
    if (value.length + key.length + 2 <= LONGEST_ANNOTATION && !value.includes('\n')) {
      text.cells(0, first, `${key}: ${value}`)
    } else {
      text.cells(0, first, `${key}:`)
      for (const line of value.split('\n')) text.cells(0, '', `  ${shortened(line)}`)
    }
    first = ''
  }
}

function describeState(pod: Pod, now: Milliseconds, text: DescribeText): void {
  const { metadata, spec, status = {} } = pod
  const isTerminal = status.phase === 'Succeeded' || status.phase === 'Failed'
  if (metadata.deletionTimestamp && !isTerminal) {
    text.field(0, 'Status', `Terminating (lasts ${ageOf(metadata.deletionTimestamp, now)})`)
    text.field(0, 'Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`)
  } else text.field(0, 'Status', status.phase ?? '')
  if (status.reason) text.field(0, 'Reason', status.reason)
  if (status.message) text.field(0, 'Message', status.message)
  const seccomp = spec.securityContext?.seccompProfile
  if (seccomp !== undefined) {
    text.field(0, 'SeccompProfile', seccomp.type)
    if (seccomp.type === 'Localhost') text.field(0, 'LocalhostProfile', seccomp.localhostProfile ?? '')
  }
  text.field(0, 'IP', status.podIP ?? '')
  const { podIPs = [] } = status
  if (podIPs.length === 0) text.field(0, 'IPs', '<none>')
  else text.cells(0, 'IPs:')
  for (const { ip } of podIPs) text.field(1, 'IP', ip)
  const controller = controllerOf(metadata)
  if (controller !== undefined) text.field(0, 'Controlled By', `${controller.kind}/${controller.name}`)
  if (status.nominatedNodeName) text.field(0, 'NominatedNodeName', status.nominatedNodeName)
}

function describeConditions({ spec, status = {} }: Pod, text: DescribeText): void {
  const { readinessGates = [] } = spec
  const { conditions = [] } = status
  // The spaces behind the words are upstream's.
  if (readinessGates.length > 0) {
    text.cells(0, 'Readiness Gates:')
    text.cells(1, 'Type', 'Status')
  }
  for (const { conditionType } of readinessGates) {
    const condition = conditions.find(({ type }) => type === conditionType)
    text.cells(1, `${conditionType} `, `${condition?.status ?? '<none>'} `)
  }
  if (conditions.length > 0) {
    text.cells(0, 'Conditions:')
    text.cells(1, 'Type', 'Status')
  }
  for (const { type, status: truth } of conditions) text.cells(1, `${type} `, `${truth} `)
}

function tolerationText({ key = '', value = '', effect, operator, tolerationSeconds }: Toleration): string {
  const subject = `${key}${value === '' ? '' : `=${value}`}${effect === undefined ? '' : `:${effect}`}`
  const exists = operator === 'Exists' && value === '' ? `${subject === '' ? '' : ' '}op=Exists` : ''
  const seconds = tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`
  return `${subject}${exists}${seconds}`
}

function describeSpread({ spec }: Pod, text: DescribeText): void {
  const constraints = [...(spec.topologySpreadConstraints ?? [])].sort((a, b) => compare(a.topologyKey, b.topologyKey))
  if (constraints.length === 0) return
  text.list(
    0,
    'Topology Spread Constraints',
    constraints.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
      const selector = labelSelector === undefined ? '' : ` for selector ${formatLabelSelector(labelSelector)}`
      return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`
    }),
  )
}

const pairs = (map: Readonly<Record<string, string>> = {}): string[] =>
  Object.keys(map)
    .sort()
    .map(key => `${key}=${map[key]}`)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const LONGEST_ANNOTATION = 140

const shortened = (line: string): string =>
  line.length > LONGEST_ANNOTATION - 2 ? `${line.slice(0, LONGEST_ANNOTATION - 2)}...` : line
