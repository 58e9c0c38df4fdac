import type { ClusterRole, PolicyRule } from '../../../model/index.js'

const READ = ['get', 'list', 'watch']
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update']

const WORKLOADS: readonly Pick<PolicyRule, 'apiGroups' | 'resources'>[] = [
  {
    apiGroups: [''],
    resources: [
      ...['configmaps', 'endpoints', 'persistentvolumeclaims', 'pods', 'replicationcontrollers'],
      ...['replicationcontrollers/scale', 'serviceaccounts', 'services'],
    ],
  },
  {
    apiGroups: ['apps'],
    resources: [
      ...['daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'replicasets/scale'],
      ...['statefulsets', 'statefulsets/scale'],
    ],
  },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'] },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'] },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'] },
]

const VIEW: readonly PolicyRule[] = [
  ...WORKLOADS.map(rule => ({ ...rule, verbs: READ })),
  {
    apiGroups: [''],
    resources: ['events', 'limitranges', 'namespaces', 'pods/log', 'pods/status', 'resourcequotas'],
    verbs: READ,
  },
]
const EDIT: readonly PolicyRule[] = [
  ...VIEW,
  ...WORKLOADS.map(rule => ({ ...rule, verbs: WRITE })),
  { apiGroups: [''], resources: ['secrets'], verbs: [...READ, ...WRITE] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: ['apps'], resources: ['deployments/rollback'], verbs: WRITE },
]
const RBAC = {
  apiGroups: ['rbac.authorization.k8s.io'],
  resources: ['rolebindings', 'roles'],
  verbs: [...READ, ...WRITE],
}

const role = (name: string, rules: readonly PolicyRule[]): ClusterRole => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
  rules,
})

/**
 * The roles for users that every cluster has, as far as they are about kinds that the model has.
 *
 * kubernetes: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go ClusterRoles, v1.32.
 */
export const DEFAULT_ROLES: ReadonlyMap<string, ClusterRole> = new Map(
  [
    role('cluster-admin', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]),
    role('admin', [...EDIT, RBAC]),
    role('edit', EDIT),
    role('view', VIEW),
  ].map(each => [each.metadata.name ?? '', each]),
)
