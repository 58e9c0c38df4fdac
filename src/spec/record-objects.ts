import { type Clause, checkTrace, explain, type Level } from '../expect/index.js'
import { controllerOf, isOwnerKind, type Node } from '../model/index.js'
import { ROW, type Trace, type TraceObject } from '../trace/index.js'
import { conditionsOf, conditionTypesOf, countsOf } from './observed.js'

/** Longer sequences say less than they cost to read. */
const MOST_VALUES = 12

/** The numbers of each kind that tell how it went, by the API's name. */
const NUMBERS: Readonly<Partial<Record<TraceObject['kind'], readonly string[]>>> = {
  Deployment: ['updatedReplicas', 'availableReplicas'],
  ReplicaSet: ['availableReplicas'],
  ReplicationController: ['availableReplicas'],
  StatefulSet: ['updatedReplicas', 'readyReplicas'],
  DaemonSet: ['updatedNumberScheduled', 'numberAvailable'],
  Job: ['succeeded', 'failed'],
  CronJob: ['active'],
  PodDisruptionBudget: ['disruptionsAllowed'],
  HorizontalPodAutoscaler: ['desiredReplicas'],
}

const ROLLED_OUT: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

/**
 * What a run shows of its workloads, budgets and autoscalers themselves, and of the nodes to which something happened. What
 * controllers made for a workload is left out: its name changes with the template, or the minute.
 */
export function objectClauses(trace: Trace): readonly Clause[] {
  const made = madePaths(trace)
  return [...trace.objects.values()].flatMap(object => {
    if (object.kind === 'Node') return nodeClauses(trace, object)
    const isMeant = isOwnerKind(object.kind) && object.kind !== 'ControllerRevision' && !made.has(object.path)
    return isMeant ? ownerClauses(trace, object) : []
  })
}

/** Paths of the objects that a controller made for another one. */
function madePaths({ manifests }: Trace): ReadonlySet<string> {
  const made = manifests.filter(({ object }) => controllerOf(object.metadata) !== undefined)
  return new Set(
    made.map(({ object: { kind, metadata } }) => `${kind}/${metadata.namespace ?? 'default'}/${metadata.name}`),
  )
}

function ownerClauses(trace: Trace, owner: TraceObject): readonly Clause[] {
  const { kind, namespace, name } = owner
  const word = `${kind.toLowerCase()}/${name}`
  const object = namespace === 'default' ? word : `${namespace}/${word}`
  const complete: Level = ROLLED_OUT.has(kind)
    ? { kind: 'complete', object }
    : { kind: 'objectCondition', object, type: 'Complete', status: 'True' }
  return [
    ...conditionTypesOf(trace, owner).flatMap((type): Clause[] => {
      const statuses = conditionsOf(trace, owner, type)
      return isShort(statuses) ? [{ kind: 'objectConditions', object, type, statuses }] : []
    }),
    ...(NUMBERS[kind] ?? []).flatMap((field): Clause[] => {
      const counts = countsOf(trace, owner, field)
      return counts.length > 1 && isShort(counts) ? [{ kind: 'objectCounts', object, field, counts }] : []
    }),
    ...(ROLLED_OUT.has(kind) || kind === 'Job' ? firstTime(trace, complete) : []),
  ]
}

/** Nodes to which nothing happens say nothing of a run. */
function nodeClauses(trace: Trace, node: TraceObject): readonly Clause[] {
  const changes = conditionsOf(trace, node, 'Ready', ROW.nodeCondition)
  const manifest = trace.manifests.find(({ object }) => object.kind === 'Node' && object.metadata.name === node.name)
  const first = (manifest?.object as Node | undefined)?.status?.conditions?.find(({ type }) => type === 'Ready')?.status
  const statuses = first === undefined || first === changes[0] ? changes : [first, ...changes]
  const object = `node/${node.name}`
  return [
    ...(statuses.length > 1 && isShort(statuses)
      ? [{ kind: 'objectConditions', object, type: 'Ready', statuses } as const]
      : []),
    ...firstTime(trace, { kind: 'unschedulable', node: node.name }),
  ]
}

const isShort = (values: readonly unknown[]): boolean => values.length <= MOST_VALUES

/** When a level turns so for the first time; nothing where it never does. */
function firstTime(trace: Trace, level: Level): readonly Clause[] {
  const what = { kind: 'becomes', level } as const
  const clause: Clause = { kind: 'eventually', what }
  const [verdict] = checkTrace([clause], trace)
  if (verdict.kind !== 'holds') return []
  return [{ ...clause, bound: { kind: 'at', ms: explain(clause, verdict, trace).at } }]
}
