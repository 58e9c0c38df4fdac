import type { KubernetesObject, WorkloadCondition } from '../model/index.js'
import { type Trace, walkOwners } from '../trace/index.js'
import type { ObservedObject } from './recording.js'

const REVISION = 'deployment.kubernetes.io/revision'

/** The changes of workload objects as the recorder noted them, by `Kind/name`. */
export function observeObjects(trace: Trace): Record<string, ObservedObject[]> {
  const objects: Record<string, ObservedObject[]> = {}
  for (const { time, owner, isRemoved, object } of walkOwners(trace)) {
    const { kind, name } = trace.objects.get(owner)!
    // The recorder did not watch these.
    if (kind === 'ControllerRevision') continue
    const entry = entryOf(time / 1000, object, isRemoved)
    objects[`${kind}/${name}`] ??= []
    const list = objects[`${kind}/${name}`]
    const last = list.at(-1)
    if (last === undefined || JSON.stringify({ ...last, t: 0 }) !== JSON.stringify({ ...entry, t: 0 })) list.push(entry)
  }
  return objects
}

/** What the recorder noted of a spec. */
interface ObservedSpec {
  readonly replicas?: number
  readonly suspend?: boolean
}

function entryOf(t: number, { metadata, ...rest }: KubernetesObject, isRemoved: boolean): ObservedObject {
  const { spec, status } = rest as { readonly spec?: ObservedSpec; readonly status?: object }
  const revision = metadata.annotations?.[REVISION]
  return {
    t,
    generation: metadata.generation ?? 0,
    ...(spec?.replicas === undefined ? {} : { specReplicas: spec.replicas }),
    ...(spec?.suspend === undefined ? {} : { suspend: spec.suspend }),
    ...(revision === undefined ? {} : { revision }),
    status: withoutTimes(status ?? {}),
    ...(metadata.deletionTimestamp === undefined ? {} : { deletionTimestamp: true }),
    ...(isRemoved ? { deleted: true } : {}),
  }
}

function withoutTimes(status: { readonly conditions?: readonly WorkloadCondition[] }): object {
  const { conditions, ...rest } = status
  if (conditions === undefined) return rest
  return {
    ...rest,
    conditions: conditions.map(({ type, status, reason, message }) => ({ type, status, reason, message })),
  }
}
