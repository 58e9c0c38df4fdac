import type { ObjectMeta } from './object-meta.js'
import type { ResourceList } from './resource-requirements.js'

/** Selects what a quota counts by a property of it. */
export interface ScopedResourceSelectorRequirement {
  readonly scopeName: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  readonly values?: readonly string[]
}

/** How much a namespace may hold. */
export interface ResourceQuotaSpec {
  readonly hard?: ResourceList
  readonly scopes?: readonly string[]
  readonly scopeSelector?: { readonly matchExpressions?: readonly ScopedResourceSelectorRequirement[] }
}

/** How much a namespace may hold and holds, as its controller counted it last. */
export interface ResourceQuotaStatus {
  readonly hard?: ResourceList
  readonly used?: ResourceList
}

/** Bounds for all objects of a namespace together (core/v1 ResourceQuota). */
export interface ResourceQuota {
  readonly apiVersion: 'v1'
  readonly kind: 'ResourceQuota'
  readonly metadata: ObjectMeta
  readonly spec?: ResourceQuotaSpec
  readonly status?: ResourceQuotaStatus
}
