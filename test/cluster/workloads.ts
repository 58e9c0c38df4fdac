import { defaultObject } from '../../src/api/index.js'
import { run } from '../../src/cluster/index.js'
import type {
  DaemonSet,
  Deployment,
  KubernetesObject,
  Pod,
  PodTemplateSpec,
  ReplicaSet,
  StatefulSet,
  Workload,
} from '../../src/model/index.js'
import type { BehaviourRule, Plan, Step } from '../../src/scenario/index.js'
import { eventsAt, ROW, stateAt, type Trace } from '../../src/trace/index.js'
import { plan } from './plans.js'

/** A workload of the default namespace, with the API server's defaults. */
export const workload = <Object extends Workload>(object: Object): Object =>
  defaultObject({ ...object, metadata: { namespace: 'default', ...object.metadata } }) as Object

/** A Deployment `web` of one container `app`. */
export const deployment = (spec: Partial<Deployment['spec']> = {}, image = 'app:1'): Deployment =>
  workload({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image }] } },
      ...spec,
    },
  })

/** A ReplicaSet `web` of one container `app`. */
export const replicaSet = (spec: Partial<ReplicaSet['spec']> = {}): ReplicaSet =>
  workload({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
      ...spec,
    },
  })

/** A StatefulSet `web` of one container `app`, which is probed once a second. */
export const statefulSet = (spec: Partial<StatefulSet['spec']> = {}, image = 'app:1'): StatefulSet =>
  workload({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: {
      replicas: 3,
      serviceName: 'web',
      selector: { matchLabels: { app: 'web' } },
      template: probedTemplate(image),
      ...spec,
    },
  })

/** A DaemonSet `web` of one container `app`, which is probed once a second. */
export const daemonSet = (spec: Partial<DaemonSet['spec']> = {}, image = 'app:1'): DaemonSet =>
  workload({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: probedTemplate(image), ...spec },
  })

/** The template of a pod with one container `app`, which is probed once a second. */
export const probedTemplate = (image: string): PodTemplateSpec => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'app', image, readinessProbe: { exec: { command: ['ready'] }, periodSeconds: 1 } }] },
})

/** Runs workloads through their controllers. */
export const runWorkloads = (
  objects: readonly Workload[],
  changes: Partial<Plan> & { readonly rules?: readonly BehaviourRule[] } = {},
  options: Parameters<typeof run>[1] = {},
): Trace => {
  const { rules = [], ...rest } = changes
  const workloads = objects.map(object => ({ object, createdAt: 0 }))
  return run(plan([], { workloads, behaviours: { rules }, ...rest }), options)
}

/** A step that sets the image of a workload. */
export const setImage = (at: number, image: string, object = 'Deployment/default/web'): Step => ({
  at,
  do: 'patchObject',
  object,
  type: 'strategic',
  patch: { spec: { template: { spec: { containers: [{ name: 'app', image }] } } } },
})

/** A merge patch of a workload's spec. */
export const patchSpec = (at: number, spec: object, object = 'Deployment/default/web'): Step => ({
  at,
  do: 'patchObject',
  object,
  type: 'merge',
  patch: { spec },
})

/** The pods that exist at an instant. */
export function podsAt(trace: Trace, time: number): readonly Pod[] {
  const state = stateAt(trace, time)
  return state.podSymbols().map(symbol => state.pod(symbol)!)
}

/** The workload objects that exist at an instant, by `Kind/name`. */
export function ownersAt(trace: Trace, time: number): Readonly<Record<string, KubernetesObject>> {
  const state = stateAt(trace, time)
  const owners = state.ownerSymbols().map(symbol => state.owner(symbol)!)
  return Object.fromEntries(owners.map(object => [`${object.kind}/${object.metadata.name}`, object]))
}

export const ownerAt = <Object extends KubernetesObject>(
  trace: Trace,
  time: number,
  kind: Object['kind'],
  name: string,
) => ownersAt(trace, time)[`${kind}/${name}`] as Object | undefined

/** Messages of the Events about one kind of object, with the time of each writing. */
export function messagesOf(trace: Trace, kind: string): readonly string[] {
  return eventsAt(trace, trace.end)
    .filter(({ involvedObject }) => involvedObject.kind === kind)
    .map(({ reason, message }) => `${reason}: ${message}`)
}

/** How many pods there are over time, by whether a test takes them: [time, count] for each change. */
export function countsOver(trace: Trace, isCounted: (pod: Pod) => boolean): readonly (readonly [number, number])[] {
  const counts: [number, number][] = []
  const state = stateAt(trace, -1)
  const times = new Set<number>()
  for (let row = 0; row < trace.rows.length; row++)
    if (trace.rows.kindOf(row) !== ROW.probe) times.add(trace.rows.timeOf(row))
  for (const time of times) {
    state.advanceTo(time)
    const count = state.podSymbols().filter(symbol => isCounted(state.pod(symbol)!)).length
    if (counts.at(-1)?.[1] !== count) counts.push([time, count])
  }
  return counts
}

export const isPodReady = ({ status }: Pod): boolean =>
  status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
