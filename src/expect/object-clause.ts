import type { ConditionStatus } from '../model/index.js'

/**
 * An object that is no pod, called `deployment/web`, `shop/deployment/web` or `node/node-1`; kinds may be written as for kubectl.
 * `resolveClauses` turns each form into the object's path, `Deployment/default/web`.
 */
export type ObjectName = string

/** How a number is compared. */
export type Comparison = 'exactly' | 'atLeast' | 'atMost' | 'fewerThan' | 'moreThan'

/** The effects of a taint. */
export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const

/**
 * Something about a workload, a budget, an autoscaler or a node that is so for a while, as the API server's store says. Of an
 * object that is removed it says nothing any more.
 */
export type ObjectLevel =
  /** The object is in the store. */
  | { readonly kind: 'objectExists'; readonly object: ObjectName }
  /** It is in the store and has a deletionTimestamp: its finalizers are being worked off. */
  | { readonly kind: 'objectTerminating'; readonly object: ObjectName }
  | {
      readonly kind: 'objectCondition'
      readonly object: ObjectName
      readonly type: string
      readonly status: ConditionStatus
      readonly reason?: string | undefined
      /** A part of its message. */
      readonly message?: string | undefined
    }
  /** A number of its status by the API's name, or `spec.replicas`; what the status does not say is 0. */
  | {
      readonly kind: 'objectCount'
      readonly object: ObjectName
      readonly field: string
      readonly is: Comparison
      readonly count: number
    }
  /**
   * Its rollout is over, as `kubectl rollout status` says it of a Deployment, StatefulSet or DaemonSet: the spec has been observed,
   * and all pods are updated and available, a Deployment's old ones gone.
   */
  | { readonly kind: 'complete'; readonly object: ObjectName }
  /** The node takes no new pods: `spec.unschedulable`. */
  | { readonly kind: 'unschedulable'; readonly node: string }
  /** The node has a taint: any, or one with this key, and with this value and effect where they are given. */
  | {
      readonly kind: 'tainted'
      readonly node: string
      readonly key?: string | undefined
      readonly value?: string | undefined
      readonly effect?: (typeof TAINT_EFFECTS)[number] | undefined
    }

/** Something that happens to a workload, a budget, an autoscaler or a node: a row of the store. */
export type ObjectOccurrence =
  | { readonly kind: 'objectCreated' | 'objectGone'; readonly object: ObjectName }
  /** The deletion was asked for, the first time; where nothing has to be worked off first, that is the removal. */
  | { readonly kind: 'objectDeleted'; readonly object: ObjectName }
  /** An Event object about it, new or counted up. */
  | { readonly kind: 'objectEvent'; readonly object: ObjectName; readonly reason: string }
  /** The API server refused a step about it; `message` is a part of what it says. */
  | { readonly kind: 'objectRefused'; readonly object: ObjectName; readonly message?: string | undefined }

/** An expectation about the values that something of an object goes through: these, no others, in this order. */
export type ObjectClause =
  | {
      readonly kind: 'objectConditions'
      readonly object: ObjectName
      readonly type: string
      readonly statuses: readonly ConditionStatus[]
    }
  /** The numbers begin with that which the object has when it is created. */
  | {
      readonly kind: 'objectCounts'
      readonly object: ObjectName
      readonly field: string
      readonly counts: readonly number[]
    }
