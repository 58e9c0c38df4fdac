import type { Pod } from '../model/index.js'
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
  /** In the order of the trace's objects: init containers first, then containers, then ephemeral ones. */
  readonly containers: readonly RosterContainer[]
}

/** Who there is: what the names in clauses are checked against, before a run or beside a trace. */
export interface Roster {
  readonly pods: readonly RosterPod[]
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
  return {
    pods: namesOf('Pod').map(({ symbol, namespace, name }) => {
      const manifest = manifests.get(`${namespace}/${name}`)
      return {
        namespace,
        name,
        owner: manifest === undefined ? undefined : ownerOf(manifest),
        containers: containers.get(symbol) ?? [],
      }
    }),
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

/** Path of the workload that controls a pod: the one that people write, which for a ReplicaSet of a Deployment is the Deployment. */
function ownerOf({ metadata }: Pod): string | undefined {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true)
  if (owner === undefined) return undefined
  const namespace = metadata.namespace ?? 'default'
  // deployment controller: pkg/controller/deployment/sync.go getNewReplicaSet, v1.32: a ReplicaSet is called as its Deployment and the hash.
  const suffix = `-${metadata.labels?.['pod-template-hash']}`
  const isOfDeployment = owner.kind === 'ReplicaSet' && owner.name.endsWith(suffix)
  return isOfDeployment
    ? `Deployment/${namespace}/${owner.name.slice(0, -suffix.length)}`
    : `${owner.kind}/${namespace}/${owner.name}`
}
