import { uidOf } from '../hash/index.js'
import {
  type Container,
  type ContainerStatus,
  type Pod,
  type PodCondition,
  type PodPhase,
  type PodQOSClass,
  type PodStatus,
  qosClassOf,
} from '../model/index.js'
import { formatTimestamp } from '../time/index.js'
import { type ContainerRecord, containerStatusOf } from './container-state.js'
import { unpackStatusAndReason } from './packed-columns.js'
import { isOwnCondition, orderedConditions, type PodParts, type PodRecord } from './pod-state.js'

/** Builds the API object of a pod, with `hostIP` the address of its node if that is known. */
export function buildPod(parts: PodParts, nodeName: string | undefined, hostIP: string | undefined): Pod {
  const { record, manifest } = parts
  const { deletion, object } = record
  // The API server sets these itself, whatever a client sends: apiserver pkg/registry/rest/create.go BeforeCreate.
  const { deletionTimestamp, deletionGracePeriodSeconds, generation: _, selfLink, ...metadata } = manifest.metadata
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      name: object.name,
      namespace: object.namespace,
      uid: podUidOf(record),
      resourceVersion: `${record.lastRow + 1}`,
      ...(record.generation === 0 ? {} : { generation: record.generation }),
      creationTimestamp: formatTimestamp(record.creationSeconds * 1000),
      ...(deletion === undefined
        ? {}
        : { deletionTimestamp: formatTimestamp(deletion.b * 1000), deletionGracePeriodSeconds: deletion.a }),
    },
    spec: nodeName === undefined ? manifest.spec : { ...manifest.spec, nodeName },
    status: statusOf(parts, hostIP),
  }
}

/** The UID of a pod: made of its path, and of how many pods of this path there were before. */
export const podUidOf = ({ object, incarnation }: PodRecord): string => uidOf(object.path, incarnation)

function statusOf(parts: PodParts, hostIP: string | undefined): PodStatus {
  const { record, symbols } = parts
  const { phase } = record
  const ip = symbols.text(record.podIP)
  const { observedGeneration } = record
  const conditions = orderedConditions(record, symbols).map((each): PodCondition => {
    const { type, row, transitionSeconds } = each
    const { status, reason } = unpackStatusAndReason(row.b)
    // The kubelet writes all of its conditions anew, each about the generation that it has seen.
    const generation = isOwnCondition(symbols.text(type)) ? observedGeneration || each.generation : 0
    return {
      type: symbols.text(type),
      ...(generation === 0 ? {} : { observedGeneration: generation }),
      status,
      lastProbeTime: null,
      lastTransitionTime: formatTimestamp(transitionSeconds * 1000),
      ...optional('reason', symbols.text(reason)),
      ...optional('message', symbols.text(row.c)),
    }
  })
  const hasStarted = record.startSeconds !== undefined
  return {
    ...(observedGeneration === 0 ? {} : { observedGeneration }),
    // The API server gives every new pod this phase and its class: pkg/registry/core/pod/strategy.go PrepareForCreate.
    phase: phase === undefined ? 'Pending' : (symbols.text(phase.a) as PodPhase),
    ...(conditions.length === 0 ? {} : { conditions }),
    ...optional('message', phase === undefined ? '' : symbols.text(phase.c)),
    ...optional('reason', phase === undefined ? '' : symbols.text(phase.b)),
    ...optional('nominatedNodeName', symbols.text(record.nominatedNode)),
    ...(hasStarted && hostIP !== undefined ? { hostIP, hostIPs: [{ ip: hostIP }] } : {}),
    ...(ip === '' ? {} : { podIP: ip, podIPs: [{ ip }] }),
    ...(hasStarted ? { startTime: formatTimestamp((record.startSeconds ?? 0) * 1000) } : {}),
    ...containerLists(parts),
    qosClass: record.qosClass === 0 ? qosClassOf(parts.manifest.spec) : (symbols.text(record.qosClass) as PodQOSClass),
  }
}

/** The three lists of statuses, each absent when it is empty: init containers in the spec's order, the others by name. */
function containerLists(
  parts: PodParts,
): Pick<PodStatus, 'initContainerStatuses' | 'containerStatuses' | 'ephemeralContainerStatuses'> {
  const { spec } = parts.manifest
  const records = [...parts.record.containers.values()]
  const ofRole = (...roles: readonly string[]): ContainerRecord[] =>
    records.filter(({ object }) => roles.includes(object.role ?? 'container'))
  const init = statuses(parts, ofRole('init', 'sidecar').sort(bySpec), spec.initContainers)
  const regular = statuses(parts, ofRole('container').sort(byName), spec.containers)
  const ephemeral = statuses(parts, ofRole('ephemeral').sort(byName), spec.ephemeralContainers)
  return {
    ...(init.length === 0 ? {} : { initContainerStatuses: init }),
    ...(regular.length === 0 ? {} : { containerStatuses: regular }),
    ...(ephemeral.length === 0 ? {} : { ephemeralContainerStatuses: ephemeral }),
  }
}

function statuses(
  { instances, symbols }: PodParts,
  records: readonly ContainerRecord[],
  specs: readonly Container[] | undefined,
): ContainerStatus[] {
  return records.map(record => {
    const spec = specs?.find(({ name }) => name === record.object.name)
    return containerStatusOf(record, instances.get(record.object.symbol) ?? [], symbols, spec?.image ?? '')
  })
}

const bySpec = (a: ContainerRecord, b: ContainerRecord): number => (a.object.index ?? 0) - (b.object.index ?? 0)

const byName = ({ object: a }: ContainerRecord, { object: b }: ContainerRecord): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0

const optional = <Key extends string>(key: Key, text: string): { readonly [key in Key]?: string } =>
  text === '' ? {} : ({ [key]: text } as { readonly [key in Key]?: string })
