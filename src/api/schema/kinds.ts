import type { Kind } from '../../model/index.js'

/** What the API server knows of a kind. */
export interface KindInfo {
  readonly kind: Kind
  readonly group: string
  readonly version: 'v1' | 'v2'
  readonly resource: string
  readonly isNamespaced: boolean
}

const known = (
  kind: Kind,
  group: string,
  resource: string,
  isNamespaced = true,
  version: KindInfo['version'] = 'v1',
): KindInfo => ({
  kind,
  group,
  version,
  resource,
  isNamespaced,
})

const RBAC = 'rbac.authorization.k8s.io'

/** The kinds podwright knows. */
export const KINDS: Readonly<Record<Kind, KindInfo>> = {
  Pod: known('Pod', '', 'pods'),
  Deployment: known('Deployment', 'apps', 'deployments'),
  ReplicaSet: known('ReplicaSet', 'apps', 'replicasets'),
  ReplicationController: known('ReplicationController', '', 'replicationcontrollers'),
  StatefulSet: known('StatefulSet', 'apps', 'statefulsets'),
  DaemonSet: known('DaemonSet', 'apps', 'daemonsets'),
  Job: known('Job', 'batch', 'jobs'),
  CronJob: known('CronJob', 'batch', 'cronjobs'),
  Node: known('Node', '', 'nodes', false),
  Service: known('Service', '', 'services'),
  EndpointSlice: known('EndpointSlice', 'discovery.k8s.io', 'endpointslices'),
  ConfigMap: known('ConfigMap', '', 'configmaps'),
  Secret: known('Secret', '', 'secrets'),
  Namespace: known('Namespace', '', 'namespaces', false),
  PriorityClass: known('PriorityClass', 'scheduling.k8s.io', 'priorityclasses', false),
  RuntimeClass: known('RuntimeClass', 'node.k8s.io', 'runtimeclasses', false),
  ControllerRevision: known('ControllerRevision', 'apps', 'controllerrevisions'),
  HorizontalPodAutoscaler: known('HorizontalPodAutoscaler', 'autoscaling', 'horizontalpodautoscalers', true, 'v2'),
  PodDisruptionBudget: known('PodDisruptionBudget', 'policy', 'poddisruptionbudgets'),
  Event: known('Event', '', 'events'),
  ServiceAccount: known('ServiceAccount', '', 'serviceaccounts'),
  LimitRange: known('LimitRange', '', 'limitranges'),
  ResourceQuota: known('ResourceQuota', '', 'resourcequotas'),
  Role: known('Role', RBAC, 'roles'),
  ClusterRole: known('ClusterRole', RBAC, 'clusterroles', false),
  RoleBinding: known('RoleBinding', RBAC, 'rolebindings'),
  ClusterRoleBinding: known('ClusterRoleBinding', RBAC, 'clusterrolebindings', false),
}

/** Made by controllers alone, or by a plan alone: no manifest and no request brings objects of these kinds. */
const NEVER_READ: ReadonlySet<string> = new Set<Kind>(['ControllerRevision', 'HorizontalPodAutoscaler'])

/** Whether podwright decodes, defaults and validates objects of a kind. */
export const isReadKind = (kind: string): kind is Kind => Object.hasOwn(KINDS, kind) && !NEVER_READ.has(kind)

/** `pods`, `deployments.apps`: the resource as the API server names it in an error (API-12). */
export const qualifiedResource = (kind: Kind): string => {
  const { group, resource } = KINDS[kind]
  return group === '' ? resource : `${resource}.${group}`
}

/** `v1`, `apps/v1`: the apiVersion a manifest of the kind has. */
export const apiVersionOf = ({ group, version }: KindInfo): string => (group === '' ? version : `${group}/${version}`)

/** `Pod`, `Deployment.apps`: the kind as the API server names it in an error. */
export const qualifiedKind = (kind: Kind): string => {
  const { group } = KINDS[kind]
  return group === '' ? kind : `${kind}.${group}`
}
