import { isReadKind, servesVersion } from '../api/index.js'
import { nearestWord } from '../errors/index.js'
import { apiVersionOf, KINDS } from '../model/index.js'

/** The type a document says it has. */
export interface DocumentKind {
  readonly apiVersion: string
  readonly kind: string
}

const TOP_LEVEL = /^[A-Za-z"'#]/
const FIELD =
  /^(?:"(kind|apiVersion)"|'(kind|apiVersion)'|(kind|apiVersion)):[ \t]+(?:"([\w./-]+)"|'([\w./-]+)'|([\w./-]+))[ \t]*(?:#.*)?\r?$/gm

/**
 * Reads the type of a block document off its top-level lines, without parsing it; undefined where the lines do not plainly say.
 */
export function peekKind(text: string): DocumentKind | undefined {
  const first = /^[^\s#].*$/m.exec(text)
  if (first === null || !TOP_LEVEL.test(first[0])) return undefined
  const found: { kind?: string; apiVersion?: string } = {}
  for (const match of text.matchAll(FIELD)) {
    const field = (match[1] ?? match[2] ?? match[3]) as 'kind' | 'apiVersion'
    found[field] ??= match[4] ?? match[5] ?? match[6]
    if (found.kind !== undefined && found.apiVersion !== undefined) return found as DocumentKind
  }
  return undefined
}

/** What is done with a document of a type. */
export type Treatment = 'load' | 'list' | 'skip' | 'unregistered'

/** Versions that the API server serves no longer or on request only; objects of them are skipped like those of other groups. */
const UNSTABLE_VERSION = /^v\d+(?:alpha|beta)\d+$/

/** The groups without a domain, and the modelled ones: all their kinds are known, so that another one is a mistake. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...['Binding', 'ComponentStatus', 'ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'List', 'Namespace', 'Node'],
    ...['PersistentVolume', 'PersistentVolumeClaim', 'Pod', 'PodTemplate', 'ReplicationController', 'ResourceQuota'],
    ...['Secret', 'Service', 'ServiceAccount', 'Status', 'DeleteOptions'],
  ],
  apps: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  autoscaling: ['HorizontalPodAutoscaler', 'Scale'],
  batch: ['CronJob', 'Job'],
  extensions: [],
  policy: ['Eviction', 'PodDisruptionBudget'],
  'discovery.k8s.io': ['EndpointSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'CSIStorageCapacity', 'StorageClass', 'VolumeAttachment'],
  'node.k8s.io': ['RuntimeClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
}

const splitVersion = (apiVersion: string): { group: string; version: string } => {
  const slash = apiVersion.indexOf('/')
  return { group: slash === -1 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

/** Whether podwright loads objects of a type, skips them, or the API server would not know the type at all. */
export function treatmentOf({ apiVersion, kind }: DocumentKind): Treatment {
  const { group, version } = splitVersion(apiVersion)
  if (UNSTABLE_VERSION.test(version)) return 'skip'
  const kinds = Object.hasOwn(BUILT_IN, group) ? BUILT_IN[group] : undefined
  // Groups of custom resources have a dot.
  if (kinds === undefined) return group.includes('.') ? 'skip' : 'unregistered'
  if (kind === 'List' && group === '' && version === 'v1') return 'list'
  const element = kind.endsWith('List') ? kind.slice(0, -'List'.length) : kind
  if (!kinds.includes(element)) return 'unregistered'
  if (!isReadKind(element)) return 'skip'
  if (!servesVersion(element, version)) return 'unregistered'
  return element === kind ? 'load' : 'list'
}

/** What to write instead of a version such as extensions/v1beta1, in which a kind was served once; undefined for other types. */
export function servedVersionOf({ apiVersion, kind }: DocumentKind): string | undefined {
  const { group, version } = splitVersion(apiVersion)
  if (!UNSTABLE_VERSION.test(version) || !Object.hasOwn(BUILT_IN, group) || !isReadKind(kind)) return undefined
  return apiVersionOf(KINDS[kind])
}

/** The type that was most probably meant. */
export function nearestType({ apiVersion, kind }: DocumentKind): string | undefined {
  const { group } = splitVersion(apiVersion)
  if (isReadKind(kind)) return `a ${kind} has apiVersion ${apiVersionOf(KINDS[kind])}`
  const nearest = nearestWord(kind, [...(BUILT_IN[group] ?? []), ...Object.keys(KINDS).filter(isReadKind)])
  if (nearest !== undefined) return `did you mean ${nearest} instead of ${kind.slice(0, 80)}?`
  if (Object.hasOwn(BUILT_IN, group)) return `${apiVersion} has ${BUILT_IN[group].join(', ')}`
  const nearestGroup = nearestWord(group, Object.keys(BUILT_IN))
  return nearestGroup ? `did you mean ${nearestGroup} instead of ${group.slice(0, 80)}?` : undefined
}

/** The type of the elements of a typed list such as PodList, which may leave it out; undefined for a List. */
export function elementTypeOf({ kind }: DocumentKind): DocumentKind | undefined {
  const element = kind.slice(0, -'List'.length)
  return isReadKind(element) ? { apiVersion: apiVersionOf(KINDS[element]), kind: element } : undefined
}
