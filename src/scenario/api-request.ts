import type { Kind, LabelSelector } from '../model/index.js'

/** How dependents go when their owner does. */
export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan'

/** What an object has to be for it to be deleted. */
export interface DeletePreconditions {
  readonly uid?: string | undefined
  readonly resourceVersion?: string | undefined
}

/**
 * A request to the API server, as kubectl or another client sends it. It goes through authorization, admission and validation, and
 * what is refused is a row of the trace.
 */
export interface ApiRequest {
  /**
   * `update` replaces, `apply` is `kubectl apply` on the client's side (create, or a three-way merge), `scale` and `evict` are the
   * subresources.
   */
  readonly verb: 'create' | 'update' | 'apply' | 'patch' | 'delete' | 'deletecollection' | 'scale' | 'evict'
  readonly kind: Kind
  /** Absent: `default`; of no account for what stands in no namespace. */
  readonly namespace?: string | undefined
  /** Absent: the object's own, or a collection. */
  readonly name?: string | undefined
  readonly subresource?: 'status' | undefined
  /** Of create, update and apply: the object as it was written. */
  readonly object?: object | undefined
  /** Of patch; `apply` is server-side apply. */
  readonly patchType?: 'strategic' | 'merge' | 'json' | 'apply' | undefined
  readonly patch?: unknown
  /** Who owns the fields that are set; absent: what kubectl calls itself for the verb. */
  readonly fieldManager?: string | undefined
  /** Of server-side apply: takes fields from other managers. */
  readonly force?: boolean | undefined
  /** Of scale. */
  readonly replicas?: number | undefined
  /** Of delete: seconds; absent: the object's own. */
  readonly gracePeriodSeconds?: number | undefined
  /** Of delete; absent: Background, as kubectl. */
  readonly propagationPolicy?: PropagationPolicy | undefined
  readonly preconditions?: DeletePreconditions | undefined
  /** Of deletecollection; absent: all of them. */
  readonly selector?: LabelSelector | undefined
  /** `jane`, `system:serviceaccount:NAMESPACE:NAME`; absent: somebody who may do everything. */
  readonly as?: string | undefined
  readonly groups?: readonly string[] | undefined
}
