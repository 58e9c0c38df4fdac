import type { ObjectMeta } from './object-meta.js'
import type { ResourceList } from './resource-requirements.js'

/** The bounds of one type: `Container`, `Pod` or `PersistentVolumeClaim`. */
export interface LimitRangeItem {
  readonly type: string
  readonly max?: ResourceList
  readonly min?: ResourceList
  /** Limits of containers that name none. */
  readonly default?: ResourceList
  /** Requests of containers that name none. */
  readonly defaultRequest?: ResourceList
  readonly maxLimitRequestRatio?: ResourceList
}

/** Bounds and defaults for what pods of a namespace ask for (core/v1 LimitRange). */
export interface LimitRange {
  readonly apiVersion: 'v1'
  readonly kind: 'LimitRange'
  readonly metadata: ObjectMeta
  readonly spec: { readonly limits: readonly LimitRangeItem[] }
}
