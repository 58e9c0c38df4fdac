import { controllerOf, isOwnerKind, type KubernetesObject, type Pod, type PodTemplateSpec } from '../model/index.js'
import type { Trace, TraceObject } from '../trace/index.js'

/** A container that names in clauses can mean. */
export interface RosterContainer {
  readonly name: string
  readonly role: 'container' | 'init' | 'sidecar' | 'ephemeral'
}

/** A pod that names in clauses can mean. */
export interface RosterPod {
  readonly namespace: string
  readonly name: string
  /** Path of the workload that it belongs to: `Deployment/default/web`; absent: none. */
  readonly owner?: string | undefined
  /** Set where the name stands for every pod that a controller makes for this workload: its path, `Deployment/default/web`. */
  readonly workload?: string | undefined
  readonly isMade?: boolean | undefined
  /** In the order of the trace's objects: init containers first, then containers, then ephemeral ones. */
  readonly containers: readonly RosterContainer[]
}

/** A workload whose pods its controller makes in the run: its name in a clause means each of them. */
export interface RosterWorkload {
  /** `Deployment/default/web`. */
  readonly path: string
  /** Another workload made it: a ReplicaSet of a Deployment. */
  readonly isMade?: boolean | undefined
  /** Of every template that it is known to have. */
  readonly containers: readonly RosterContainer[]
}

/** Who there is: what the names in clauses are checked against, before a run or beside a trace. */
export interface Roster {
  readonly pods: readonly RosterPod[]
  /** Absent: no controllers run. */
  readonly workloads?: readonly RosterWorkload[] | undefined
  /** Paths of workloads, budgets and autoscalers: `Deployment/default/web`; what `workloads` has need not stand here again. */
  readonly objects?: readonly string[] | undefined
  /** Names of the nodes. */
  readonly nodes: readonly string[]
  /** The Services, as `namespace/name`. */
  readonly services: readonly string[]
  /** How many steps there are; absent: that is not known. */
  readonly steps?: number | undefined
}

/**
 * Reads from a trace who took part in its run: the pods with their containers and workloads, the nodes, the Services.
 */
export function rosterOf(trace: Trace): Roster {
  const objects = [...trace.objects.values()]
  const namesOf = (kind: TraceObject['kind']): readonly TraceObject[] => objects.filter(each => each.kind === kind)
  const containers = containersByPod(namesOf('Container'))
  const manifests = firstManifests(trace)
  const owners = ownersOfWorkloads(trace)
  return {
    pods: namesOf('Pod').map(({ symbol, namespace, name }) => {
      const manifest = manifests.get(`${namespace}/${name}`)
      return {
        namespace,
        name,
        owner: manifest === undefined ? undefined : ownerOf(manifest, owners),
        containers: containers.get(symbol) ?? [],
      }
    }),
    workloads: workloadsIn(trace),
    objects: objects.filter(({ kind }) => isOwnerKind(kind)).map(({ path }) => path),
    nodes: namesOf('Node').map(({ name }) => name),
    services: namesOf('Service').map(({ namespace, name }) => `${namespace}/${name}`),
  }
}

function containersByPod(objects: readonly TraceObject[]): ReadonlyMap<number, readonly RosterContainer[]> {
  const containers = new Map<number, RosterContainer[]>()
  for (const { pod, name, role = 'container' } of objects) {
    if (pod === undefined) continue
    const siblings = containers.get(pod)
    if (siblings === undefined) containers.set(pod, [{ name, role }])
    else siblings.push({ name, role })
  }
  return containers
}

/** Each pod as it was created first, by `namespace/name`. */
function firstManifests({ manifests }: Trace): ReadonlyMap<string, Pod> {
  const found = new Map<string, Pod>()
  for (const { object } of manifests) {
    const name = `${object.metadata.namespace ?? 'default'}/${object.metadata.name ?? ''}`
    if (object.kind === 'Pod' && !found.has(name)) found.set(name, object as Pod)
  }
  return found
}

/** The workloads that controllers ran, each with the containers of all the templates that it had. */
function workloadsIn({ objects, manifests }: Trace): readonly RosterWorkload[] {
  const found = new Map<string, { isMade: boolean; readonly containers: Map<string, RosterContainer> }>()
  for (const { kind, path } of objects.values())
    if (isOwnerKind(kind)) found.set(path, { isMade: false, containers: new Map() })
  for (const { object } of found.size === 0 ? [] : manifests) {
    const { kind, metadata } = object
    const workload = found.get(pathOf(kind, object))
    if (workload === undefined) continue
    workload.isMade ||= controllerOf(metadata) !== undefined
    // A ControllerRevision has no spec.
    const { template } = ((object as { readonly spec?: unknown }).spec ?? {}) as { readonly template?: PodTemplateSpec }
    for (const { name, restartPolicy } of template?.spec.initContainers ?? [])
      workload.containers.set(name, { name, role: restartPolicy === 'Always' ? 'sidecar' : 'init' })
    for (const { name } of template?.spec.containers ?? []) workload.containers.set(name, { name, role: 'container' })
  }
  return [...found].map(([path, { isMade, containers }]) => ({ path, isMade, containers: [...containers.values()] }))
}

/** The owners of the workloads that controllers made in the run, by the path of what they made. */
function ownersOfWorkloads({ manifests }: Trace): ReadonlyMap<string, string | undefined> {
  const owners = new Map<string, string | undefined>()
  for (const { object } of manifests)
    if (isOwnerKind(object.kind)) owners.set(pathOf(object.kind, object), controllerPath(object))
  return owners
}

/** Path of the workload that controls a pod: the one that people write, which for a ReplicaSet of a Deployment is the Deployment. */
function ownerOf(pod: Pod, owners: ReadonlyMap<string, string | undefined>): string | undefined {
  const path = controllerPath(pod)
  if (path === undefined) return undefined
  if (owners.has(path)) return owners.get(path) ?? path
  // Of a trace that knows only pods, such as one read from a cluster.
  // deployment controller: pkg/controller/deployment/sync.go getNewReplicaSet, v1.32: a ReplicaSet is called as its Deployment and the hash.
  const suffix = `-${pod.metadata.labels?.['pod-template-hash']}`
  return path.startsWith('ReplicaSet/') && path.endsWith(suffix)
    ? path.slice(0, -suffix.length).replace('ReplicaSet/', 'Deployment/')
    : path
}

/** Path of what controls an object. */
function controllerPath(object: KubernetesObject): string | undefined {
  const owner = controllerOf(object.metadata)
  return owner === undefined ? undefined : `${owner.kind}/${object.metadata.namespace ?? 'default'}/${owner.name}`
}

const pathOf = (kind: string, { metadata }: KubernetesObject): string =>
  `${kind}/${metadata.namespace ?? 'default'}/${metadata.name}`
