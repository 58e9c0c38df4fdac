import { controllerOf, type Event, type Pod, qosClassOf } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ageOf, describedTime } from './api-time.js'
import { describeContainers } from './describe-container.js'
import { describeEvents } from './describe-events.js'
import { describeAnnotations, describeSpread, describeTolerations, pairs } from './describe-parts.js'
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
  describeTolerations(spec, text)
  describeSpread(spec, text)
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
