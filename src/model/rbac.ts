import type { LabelSelector } from './label-selector.js'
import type { ObjectMeta } from './object-meta.js'

/** What a role allows: each verb on each resource of each group, or on paths that are no resources. */
export interface PolicyRule {
  readonly verbs: readonly string[]
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly nonResourceURLs?: readonly string[]
}

/** Whom a binding gives its role to. */
export interface RbacSubject {
  readonly kind: string
  readonly apiGroup?: string
  readonly name: string
  readonly namespace?: string
}

/** The role that a binding gives. */
export interface RoleRef {
  readonly apiGroup: string
  readonly kind: string
  readonly name: string
}

/** What is allowed in one namespace (rbac/v1 Role). */
export interface Role {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1'
  readonly kind: 'Role'
  readonly metadata: ObjectMeta
  readonly rules?: readonly PolicyRule[]
}

/** What is allowed everywhere, or wherever a RoleBinding names it (rbac/v1 ClusterRole). */
export interface ClusterRole {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1'
  readonly kind: 'ClusterRole'
  readonly metadata: ObjectMeta
  readonly rules?: readonly PolicyRule[]
  /** The rules are those of all ClusterRoles that a selector selects. */
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] }
}

/** Gives a role in one namespace (rbac/v1 RoleBinding). */
export interface RoleBinding {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1'
  readonly kind: 'RoleBinding'
  readonly metadata: ObjectMeta
  readonly subjects?: readonly RbacSubject[]
  readonly roleRef: RoleRef
}

/** Gives a ClusterRole everywhere (rbac/v1 ClusterRoleBinding). */
export interface ClusterRoleBinding {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1'
  readonly kind: 'ClusterRoleBinding'
  readonly metadata: ObjectMeta
  readonly subjects?: readonly RbacSubject[]
  readonly roleRef: RoleRef
}
