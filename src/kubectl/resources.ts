import { nearestWord, PodwrightError } from '../errors/index.js'

/** A kind of object as kubectl knows it from the API server's discovery. */
export interface Resource {
  /** `Deployment`. */
  readonly kind: string
  /** `deployments`. */
  readonly plural: string
  /** `deploy`, or none. */
  readonly short: readonly string[]
  /** `apps`; empty for the core group. */
  readonly group: string
  readonly isNamespaced: boolean
}

const resource = (kind: string, plural: string, group = '', short = '', isNamespaced = true): Resource => ({
  kind,
  plural,
  group,
  short: short === '' ? [] : short.split(' '),
  isNamespaced,
})

const RBAC = 'rbac.authorization.k8s.io'

/** The kinds that there are views of, those of `kubectl get all` first and in its order. */
const RESOURCES: readonly Resource[] = [
  resource('Pod', 'pods', '', 'po'),
  resource('ReplicationController', 'replicationcontrollers', '', 'rc'),
  resource('Service', 'services', '', 'svc'),
  resource('DaemonSet', 'daemonsets', 'apps', 'ds'),
  resource('Deployment', 'deployments', 'apps', 'deploy'),
  resource('ReplicaSet', 'replicasets', 'apps', 'rs'),
  resource('StatefulSet', 'statefulsets', 'apps', 'sts'),
  resource('HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'autoscaling', 'hpa'),
  resource('CronJob', 'cronjobs', 'batch', 'cj'),
  resource('Job', 'jobs', 'batch'),
  resource('Node', 'nodes', '', 'no', false),
  resource('Event', 'events', '', 'ev'),
  resource('Namespace', 'namespaces', '', 'ns', false),
  resource('Endpoints', 'endpoints', '', 'ep'),
  resource('EndpointSlice', 'endpointslices', 'discovery.k8s.io'),
  resource('ConfigMap', 'configmaps', '', 'cm'),
  resource('Secret', 'secrets'),
  resource('ServiceAccount', 'serviceaccounts', '', 'sa'),
  resource('ResourceQuota', 'resourcequotas', '', 'quota'),
  resource('LimitRange', 'limitranges', '', 'limits'),
  resource('ControllerRevision', 'controllerrevisions', 'apps'),
  resource('PodDisruptionBudget', 'poddisruptionbudgets', 'policy', 'pdb'),
  resource('PriorityClass', 'priorityclasses', 'scheduling.k8s.io', 'pc', false),
  resource('RuntimeClass', 'runtimeclasses', 'node.k8s.io', '', false),
  resource('Role', 'roles', RBAC),
  resource('RoleBinding', 'rolebindings', RBAC),
  resource('ClusterRole', 'clusterroles', RBAC, '', false),
  resource('ClusterRoleBinding', 'clusterrolebindings', RBAC, '', false),
]

/** How many of the kinds belong to `all`. */
const IN_ALL = 10

const wordsOf = ({ kind, plural, short }: Resource): string[] => [plural, kind.toLowerCase(), ...short]

const BY_WORD: ReadonlyMap<string, Resource> = new Map(
  RESOURCES.flatMap(each => wordsOf(each).map(word => [word, each] as const)),
)

/** The kind that a word means, `deploy`, `Deployment` or `deployments.apps`; undefined for another word. */
export function findResource(word: string): Resource | undefined {
  const [name, ...group] = word.toLowerCase().split('.')
  const found = BY_WORD.get(name)
  if (found === undefined || group.length === 0) return found
  return group.join('.').replace(/^v\d\w*\.?/, '') === found.group ? found : undefined
}

/** Whether a word can only be meant as kinds: `pods`, `po,svc`, `all`, `deployment/web`. */
export const isResourceWord = (word: string): boolean =>
  word
    .split('/')[0]
    .split(',')
    .every(each => each.toLowerCase() === 'all' || findResource(each) !== undefined)

/**
 * The kinds that a word means: `pods`, `deploy,rs` or `all`.
 *
 * @throws PodwrightError `USAGE` for another word, with the nearest.
 */
export const resourcesNamed = (words: string, where: string): readonly Resource[] =>
  words.split(',').flatMap(word => (word.toLowerCase() === 'all' ? RESOURCES.slice(0, IN_ALL) : [known(word, where)]))

function known(word: string, where: string): Resource {
  const found = findResource(word)
  if (found !== undefined) return found
  const nearest = nearestWord(word, ['all', ...BY_WORD.keys()])
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a kind such as pods, deployments or svc, got ${JSON.stringify(word.slice(0, 80))}`,
    hint:
      nearest === undefined
        ? `the kinds are ${RESOURCES.map(({ plural }) => plural).join(', ')}`
        : `did you mean ${nearest}?`,
  })
}

/** How kubectl calls an object of the kind: `pod/web`, `deployment.apps/web`. */
export const qualifiedName = ({ kind, group }: Resource, name: string): string =>
  `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`

/** `pods`, `deployments.apps`: the kind in messages of the API server. */
export const qualifiedPlural = ({ plural, group }: Resource): string => (group === '' ? plural : `${plural}.${group}`)
