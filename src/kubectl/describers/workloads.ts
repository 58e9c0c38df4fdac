import {
  controllerOf,
  type DaemonSet,
  type Deployment,
  formatLabelSelector,
  type PodTemplateSpec,
  type ReplicaSet,
  type ReplicationController,
  type StatefulSet,
} from '../../model/index.js'
import { describedTime } from '../api-time.js'
import { describeConditionReasons, describeTemplate } from '../describe-parts.js'
import { formatMap } from '../printers/printer.js'
import {
  type DescribeContext,
  type Describer,
  describeController,
  describeMaps,
  describeName,
  describePodsStatus,
  describer,
} from './describer.js'

/**
 * Describes what keeps pods.
 *
 * kubectl: pkg/describe/describe.go, v1.32 (control-plane.md §7.5).
 */
export const WORKLOAD_DESCRIBERS: Readonly<Record<string, Describer>> = {
  Deployment: describer(describeDeployment),
  ReplicaSet: describer(describeReplicas),
  ReplicationController: describer(describeReplicas),
  StatefulSet: describer(describeStatefulSet),
  DaemonSet: describer(describeDaemonSet),
}

function describeDeployment(deployment: Deployment, context: DescribeContext): void {
  const { metadata, spec, status = {} } = deployment
  const { text } = context
  describeName(deployment, text)
  text.field(0, 'CreationTimestamp', describedTime(metadata.creationTimestamp))
  describeMaps(deployment, text)
  text.field(0, 'Selector', formatLabelSelector(spec.selector))
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0 } = status
  const counts = [`${spec.replicas ?? 0} desired`, `${updatedReplicas} updated`, `${replicas} total`]
  const ends = [`${availableReplicas} available`, `${unavailableReplicas} unavailable`]
  text.field(0, 'Replicas', [...counts, ...ends].join(' | '))
  text.field(0, 'StrategyType', spec.strategy?.type ?? '')
  text.field(0, 'MinReadySeconds', spec.minReadySeconds ?? 0)
  const rolling = spec.strategy?.rollingUpdate
  if (rolling !== undefined) {
    const words = `${rolling.maxUnavailable ?? 0} max unavailable, ${rolling.maxSurge ?? 0} max surge`
    text.field(0, 'RollingUpdateStrategy', words)
  }
  describeTemplate(spec.template, text)
  describeConditionReasons(status.conditions, text)
  describeReplicaSets(deployment, context)
}

function describeReplicaSets(deployment: Deployment, { view, text }: DescribeContext): void {
  const { old, current } = replicaSetsOf(deployment, view.list('ReplicaSet') as readonly ReplicaSet[])
  if (old.length === 0 && current === undefined) return
  const listed = (sets: readonly ReplicaSet[]): string =>
    sets.length === 0
      ? '<none>'
      : sets
          .map(({ metadata, spec, status }) => {
            return `${metadata.name} (${status?.replicas ?? 0}/${spec.replicas ?? 0} replicas created)`
          })
          .join(', ')
  text.field(0, 'OldReplicaSets', listed(old))
  text.field(0, 'NewReplicaSet', listed(current === undefined ? [] : [current]))
}

/** The ReplicaSets of a Deployment: the one with its template, and the others. */
export function replicaSetsOf(
  { metadata, spec }: Deployment,
  all: readonly ReplicaSet[],
): { readonly old: readonly ReplicaSet[]; readonly current: ReplicaSet | undefined } {
  const own = all.filter(set => controllerOf(set.metadata)?.uid === metadata.uid)
  const wanted = templateText(spec.template)
  // deployment_util.go FindNewReplicaSet: the oldest one with this template.
  const current = [...own].sort(byCreation).find(set => templateText(set.spec.template) === wanted)
  return { old: own.filter(set => set !== current), current }
}

const byCreation = ({ metadata: a }: ReplicaSet, { metadata: b }: ReplicaSet): number =>
  (a.creationTimestamp ?? '') < (b.creationTimestamp ?? '') ? -1 : 1

/** A template without the label that its ReplicaSet adds, as text that does not hang on the order of fields. */
function templateText({ metadata = {}, spec }: PodTemplateSpec): string {
  const { 'pod-template-hash': _, ...labels } = metadata.labels ?? {}
  return JSON.stringify({ annotations: metadata.annotations ?? {}, labels, spec }, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

function describeReplicas(set: ReplicaSet | ReplicationController, context: DescribeContext): void {
  const { spec, status } = set
  const { text } = context
  describeName(set, text)
  const selector = set.kind === 'ReplicaSet' ? formatLabelSelector(set.spec.selector) : formatMap(set.spec.selector)
  text.field(0, 'Selector', selector)
  describeMaps(set, text)
  describeController(set, text)
  text.field(0, 'Replicas', `${status?.replicas ?? 0} current / ${spec.replicas ?? 0} desired`)
  describePodsStatus(set, context)
  describeTemplate(spec.template, text)
  describeConditionReasons(status?.conditions, text)
}

function describeStatefulSet(set: StatefulSet, context: DescribeContext): void {
  const { metadata, spec, status } = set
  const { text } = context
  describeName(set, text)
  text.field(0, 'CreationTimestamp', describedTime(metadata.creationTimestamp))
  text.field(0, 'Selector', formatLabelSelector(spec.selector))
  describeMaps(set, text)
  text.field(0, 'Replicas', `${spec.replicas ?? 0} desired | ${status?.replicas ?? 0} total`)
  text.field(0, 'Update Strategy', spec.updateStrategy?.type ?? '')
  const { partition, maxUnavailable } = spec.updateStrategy?.rollingUpdate ?? {}
  if (partition !== undefined) {
    text.field(1, 'Partition', partition)
    if (maxUnavailable !== undefined) text.field(1, 'MaxUnavailable', maxUnavailable)
  }
  describePodsStatus(set, context)
  describeTemplate(spec.template, text)
  describeClaims(set, context)
}

/** kubectl: describeVolumeClaimTemplates. */
function describeClaims({ spec }: StatefulSet, { text }: DescribeContext): void {
  const { volumeClaimTemplates = [] } = spec
  if (volumeClaimTemplates.length === 0) text.field(0, 'Volume Claims', '<none>')
  else text.cells(0, 'Volume Claims:')
  for (const claim of volumeClaimTemplates) {
    const {
      storageClassName = '',
      accessModes = [],
      resources,
    } = claim.spec as {
      readonly storageClassName?: string
      readonly accessModes?: readonly string[]
      readonly resources?: { readonly requests?: Readonly<Record<string, string>> }
    }
    text.within(1, () => {
      text.field(0, 'Name', claim.metadata?.name ?? '')
      text.field(0, 'StorageClass', storageClassName)
      describeMaps({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: claim.metadata ?? {} }, text)
      text.field(0, 'Capacity', resources?.requests?.storage ?? '<default>')
      text.field(0, 'Access Modes', `[${accessModes.join(' ')}]`)
    })
  }
}

function describeDaemonSet(set: DaemonSet, context: DescribeContext): void {
  const { spec, status } = set
  const { text } = context
  describeName(set, text)
  text.field(0, 'Selector', formatLabelSelector(spec.selector))
  text.field(0, 'Node-Selector', formatMap(spec.template.spec.nodeSelector))
  describeMaps(set, text)
  const counts: readonly (readonly [string, number | undefined])[] = [
    ['Desired Number of Nodes Scheduled', status?.desiredNumberScheduled],
    ['Current Number of Nodes Scheduled', status?.currentNumberScheduled],
    ['Number of Nodes Scheduled with Up-to-date Pods', status?.updatedNumberScheduled],
    ['Number of Nodes Scheduled with Available Pods', status?.numberAvailable],
    ['Number of Nodes Misscheduled', status?.numberMisscheduled],
  ]
  for (const [name, count = 0] of counts) text.cells(0, `${name}: ${count}`)
  describePodsStatus(set, context)
  describeTemplate(spec.template, text)
}
