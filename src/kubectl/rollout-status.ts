import {
  type ApiObject,
  type DaemonSet,
  type Deployment,
  matchesLabelSelector,
  type Pod,
  type StatefulSet,
} from '../model/index.js'

/** How far a rollout is. */
export interface RolloutStatus {
  /** The line that kubectl prints. */
  readonly text: string
  /** `failed`: the progress deadline passed, or the object is gone; kubectl ends with 1 then. */
  readonly state: 'waiting' | 'done' | 'failed'
}

const waiting = (text: string): RolloutStatus => ({ text, state: 'waiting' })
const done = (text: string): RolloutStatus => ({ text, state: 'done' })
const failed = (text: string): RolloutStatus => ({ text: `error: ${text}`, state: 'failed' })

/** A rollout whose object went. */
export const DELETED: RolloutStatus = failed('object has been deleted')

/**
 * Says how far the rollout of a Deployment, StatefulSet or DaemonSet is; undefined for another kind.
 *
 * kubectl: pkg/polymorphichelpers/rollout_status.go, v1.32 (RO-1 … RO-4).
 */
export function statusOfRollout(object: ApiObject): RolloutStatus | undefined {
  if (object.kind === 'Deployment') return ofDeployment(object as Deployment)
  if (object.kind === 'DaemonSet') return ofDaemonSet(object as DaemonSet)
  return object.kind === 'StatefulSet' ? ofStatefulSet(object as StatefulSet) : undefined
}

function ofDeployment({ metadata, spec, status = {} }: Deployment): RolloutStatus {
  const name = JSON.stringify(metadata.name)
  const { observedGeneration = 0, updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status
  if ((metadata.generation ?? 0) > observedGeneration) {
    return waiting('Waiting for deployment spec update to be observed...')
  }
  const progressing = (status.conditions ?? []).find(({ type }) => type === 'Progressing')
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return failed(`deployment ${name} exceeded its progress deadline`)
  }
  const of = `Waiting for deployment ${name} rollout to finish:`
  const desired = spec.replicas ?? 1
  if (updatedReplicas < desired) {
    return waiting(`${of} ${updatedReplicas} out of ${desired} new replicas have been updated...`)
  }
  if (replicas > updatedReplicas) {
    return waiting(`${of} ${replicas - updatedReplicas} old replicas are pending termination...`)
  }
  if (availableReplicas < updatedReplicas) {
    return waiting(`${of} ${availableReplicas} of ${updatedReplicas} updated replicas are available...`)
  }
  return done(`deployment ${name} successfully rolled out`)
}

const NOT_ROLLING = failed('rollout status is only available for RollingUpdate strategy type')

function ofDaemonSet({ metadata, spec, status }: DaemonSet): RolloutStatus {
  if (spec.updateStrategy?.type === 'OnDelete') return NOT_ROLLING
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return waiting('Waiting for daemon set spec update to be observed...')
  }
  const name = JSON.stringify(metadata.name)
  const { updatedNumberScheduled = 0, numberAvailable = 0, desiredNumberScheduled = 0 } = status ?? {}
  const of = `Waiting for daemon set ${name} rollout to finish:`
  if (updatedNumberScheduled < desiredNumberScheduled) {
    return waiting(`${of} ${updatedNumberScheduled} out of ${desiredNumberScheduled} new pods have been updated...`)
  }
  if (numberAvailable < desiredNumberScheduled) {
    return waiting(`${of} ${numberAvailable} of ${desiredNumberScheduled} updated pods are available...`)
  }
  return done(`daemon set ${name} successfully rolled out`)
}

function ofStatefulSet({ metadata, spec, status }: StatefulSet): RolloutStatus {
  if (spec.updateStrategy?.type === 'OnDelete') return NOT_ROLLING
  const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0 } = status ?? {}
  if (observedGeneration === 0 || (metadata.generation ?? 0) > observedGeneration) {
    return waiting('Waiting for statefulset spec update to be observed...')
  }
  const desired = spec.replicas ?? 1
  if (readyReplicas < desired) return waiting(`Waiting for ${desired - readyReplicas} pods to be ready...`)
  const rolling = spec.updateStrategy?.rollingUpdate
  if (rolling !== undefined) {
    const updated = desired - (rolling.partition ?? 0)
    if (updatedReplicas < updated) {
      const of = 'Waiting for partitioned roll out to finish:'
      return waiting(`${of} ${updatedReplicas} out of ${updated} new pods have been updated...`)
    }
    return done(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`)
  }
  if (status?.updateRevision !== status?.currentRevision) {
    const revision = status?.updateRevision ?? ''
    return waiting(
      `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${revision}...`,
    )
  }
  const revision = status?.currentRevision ?? ''
  return done(`statefulset rolling update complete ${currentReplicas} pods at revision ${revision}...`)
}

/** Why pods of an unfinished rollout are not ready, one of them for all: kubectl of later releases adds it. */
export function obstacleOf(object: ApiObject, pods: readonly Pod[]): string | undefined {
  const { selector } = (object as Deployment).spec
  const own = pods.filter(
    ({ metadata }) =>
      (metadata.namespace ?? '') === (object.metadata.namespace ?? '') &&
      matchesLabelSelector(selector, metadata.labels),
  )
  for (const { status = {} } of own) {
    const unscheduled = (status.conditions ?? []).find(
      ({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable',
    )
    if (unscheduled?.status === 'False') return unscheduled.message
    for (const { state } of status.containerStatuses ?? []) {
      const { reason = '', message = '' } = state?.waiting ?? {}
      if (OBSTACLES.has(reason)) return `${reason}: ${message}`
    }
  }
  return undefined
}

const OBSTACLES: ReadonlySet<string> = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
])
