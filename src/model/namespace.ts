import type { ConditionStatus, ObjectMeta, Time } from './object-meta.js'

/** A scope for names (core/v1 Namespace). */
export interface Namespace {
  readonly apiVersion: 'v1'
  readonly kind: 'Namespace'
  readonly metadata: ObjectMeta
  readonly spec?: { readonly finalizers?: readonly string[] }
  readonly status?: {
    readonly phase?: 'Active' | 'Terminating'
    readonly conditions?: readonly NamespaceCondition[]
  }
}

/** How far the deletion of a namespace has come. */
export interface NamespaceCondition {
  readonly type: string
  readonly status: ConditionStatus
  readonly lastTransitionTime?: Time
  readonly reason?: string
  readonly message?: string
}
