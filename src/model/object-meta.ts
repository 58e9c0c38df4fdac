/** An instant as the API writes it: RFC 3339 in UTC, whole seconds, such as `2025-01-01T00:00:12Z`. */
export type Time = string

/** An instant with microseconds, such as `2025-01-01T00:00:12.000000Z`; only Events carry it. */
export type MicroTime = string

/** A whole number or a text: a port or its name, a count or a percentage. */
export type IntOrString = number | string

/** The metadata every object has (meta/v1 ObjectMeta). */
export interface ObjectMeta {
  readonly name?: string
  readonly generateName?: string
  readonly namespace?: string
  readonly selfLink?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp?: Time | null
  readonly deletionTimestamp?: Time
  readonly deletionGracePeriodSeconds?: number
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
  readonly finalizers?: readonly string[]
  readonly managedFields?: readonly ManagedFieldsEntry[]
}

/** Names the object that owns this one; at most one owner of an object is its controller. */
export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

/** Who manages which fields; podwright carries it through and never reads it. */
export interface ManagedFieldsEntry {
  readonly manager?: string
  readonly operation?: string
  readonly apiVersion?: string
  readonly time?: Time
  readonly fieldsType?: string
  readonly fieldsV1?: unknown
  readonly subresource?: string
}

/** Points at an object by kind, namespace and name (core/v1 ObjectReference). */
export interface ObjectReference {
  readonly kind?: string
  readonly namespace?: string
  readonly name?: string
  readonly uid?: string
  readonly apiVersion?: string
  readonly resourceVersion?: string
  readonly fieldPath?: string
}

/** Points at an object of the same namespace by its name. */
export interface LocalObjectReference {
  readonly name?: string
}

/** `True`, `False` or `Unknown`, the status every condition has. */
export type ConditionStatus = 'True' | 'False' | 'Unknown'

/** A condition in the shape newer APIs share (meta/v1 Condition). */
export interface Condition {
  readonly type: string
  readonly status: ConditionStatus
  readonly observedGeneration?: number
  readonly lastTransitionTime: Time
  readonly reason: string
  readonly message: string
}
