import type { Kind, Workload } from './kubernetes-object.js'

/** What the API server says of a kind. */
export interface KindInfo {
  readonly kind: Kind
  /** `apps`; empty for the core group. */
  readonly group: string
  /** The one that objects are kept in. */
  readonly version: 'v1' | 'v2'
  /** Versions that are converted to it. */
  readonly alsoServed: readonly string[]
  /** `deployments`. */
  readonly resource: string
  /** `deploy`, or none. */
  readonly short: readonly string[]
  readonly isNamespaced: boolean
}

const known = (kind: Kind, group: string, resource: string, ...short: readonly string[]): KindInfo => ({
  kind,
  group,
  version: 'v1',
  alsoServed: [],
  resource,
  short,
  isNamespaced: true,
})

/** A kind whose objects are in no namespace. */
const clusterWide = (kind: Kind, group: string, resource: string, ...short: readonly string[]): KindInfo => ({
  ...known(kind, group, resource, ...short),
  isNamespaced: false,
})

const RBAC = 'rbac.authorization.k8s.io'

/** The kinds podwright knows, those of `kubectl get all` first and in its order. */
export const KINDS: Readonly<Record<Kind, KindInfo>> = {
  Pod: known('Pod', '', 'pods', 'po'),
  ReplicationController: known('ReplicationController', '', 'replicationcontrollers', 'rc'),
  Service: known('Service', '', 'services', 'svc'),
  DaemonSet: known('DaemonSet', 'apps', 'daemonsets', 'ds'),
  Deployment: known('Deployment', 'apps', 'deployments', 'deploy'),
  ReplicaSet: known('ReplicaSet', 'apps', 'replicasets', 'rs'),
  StatefulSet: known('StatefulSet', 'apps', 'statefulsets', 'sts'),
  HorizontalPodAutoscaler: {
    ...known('HorizontalPodAutoscaler', 'autoscaling', 'horizontalpodautoscalers', 'hpa'),
    version: 'v2',
    alsoServed: ['v1'],
  },
  CronJob: known('CronJob', 'batch', 'cronjobs', 'cj'),
  Job: known('Job', 'batch', 'jobs'),
  Node: clusterWide('Node', '', 'nodes', 'no'),
  Event: known('Event', '', 'events', 'ev'),
  Namespace: clusterWide('Namespace', '', 'namespaces', 'ns'),
  EndpointSlice: known('EndpointSlice', 'discovery.k8s.io', 'endpointslices'),
  ConfigMap: known('ConfigMap', '', 'configmaps', 'cm'),
  Secret: known('Secret', '', 'secrets'),
  ServiceAccount: known('ServiceAccount', '', 'serviceaccounts', 'sa'),
  ResourceQuota: known('ResourceQuota', '', 'resourcequotas', 'quota'),
  LimitRange: known('LimitRange', '', 'limitranges', 'limits'),
  ControllerRevision: known('ControllerRevision', 'apps', 'controllerrevisions'),
  PodDisruptionBudget: known('PodDisruptionBudget', 'policy', 'poddisruptionbudgets', 'pdb'),
  PriorityClass: clusterWide('PriorityClass', 'scheduling.k8s.io', 'priorityclasses', 'pc'),
  RuntimeClass: clusterWide('RuntimeClass', 'node.k8s.io', 'runtimeclasses'),
  Role: known('Role', RBAC, 'roles'),
  RoleBinding: known('RoleBinding', RBAC, 'rolebindings'),
  ClusterRole: clusterWide('ClusterRole', RBAC, 'clusterroles'),
  ClusterRoleBinding: clusterWide('ClusterRoleBinding', RBAC, 'clusterrolebindings'),
  PersistentVolumeClaim: known('PersistentVolumeClaim', '', 'persistentvolumeclaims', 'pvc'),
  PersistentVolume: clusterWide('PersistentVolume', '', 'persistentvolumes', 'pv'),
  StorageClass: clusterWide('StorageClass', 'storage.k8s.io', 'storageclasses', 'sc'),
}

/** How kubectl calls a kind: `deployment`, `deployments`, `deploy`. */
export const wordsOfKind = (kind: Kind): readonly string[] => [
  kind.toLowerCase(),
  KINDS[kind].resource,
  ...KINDS[kind].short,
]

const BY_WORD: ReadonlyMap<string, Kind> = new Map(
  Object.values(KINDS).flatMap(({ kind }) => wordsOfKind(kind).map(word => [word, kind] as const)),
)

/** The kind that a word means to kubectl, whatever its case: `deploy`, `deployments` or `Deployment`; undefined for another word. */
export const kindNamed = (word: string): Kind | undefined => BY_WORD.get(word.toLowerCase())

/** The kinds of workloads, which make pods from templates. */
export const WORKLOAD_KINDS = [
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
] as const satisfies readonly Workload['kind'][]

/** The kind that a word means, of those that are pods or have some. */
export const podKindNamed = (word: string): 'Pod' | Workload['kind'] | undefined => {
  const kind = kindNamed(word)
  return kind === 'Pod' ? kind : WORKLOAD_KINDS.find(each => each === kind)
}

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
