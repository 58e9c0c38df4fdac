import type { PodTemplateSpec } from '../../../model/index.js'
import type { ObjectVersion } from '../../contract/index.js'

export type ReplicaSetVersion = ObjectVersion<'ReplicaSet'>

export const REVISION = 'deployment.kubernetes.io/revision'
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history'
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas'
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas'
export const TEMPLATE_HASH = 'pod-template-hash'

export const sizeOf = ({ object }: ReplicaSetVersion): number => object.spec.replicas ?? 1

/** What ReplicaSets ask for together. */
export const totalSize = (sets: readonly ReplicaSetVersion[]): number => sets.reduce((sum, set) => sum + sizeOf(set), 0)

/** What they have together, by one number of their statuses. */
export const totalOf = (sets: readonly ReplicaSetVersion[], field: keyof ReplicaSetVersion['counts']): number =>
  sets.reduce((sum, { counts }) => sum + counts[field], 0)

export const isSized = (set: ReplicaSetVersion): boolean => sizeOf(set) > 0

/** The older first; the name decides between those of one second. */
export const byCreation = (a: ReplicaSetVersion, b: ReplicaSetVersion): number =>
  a.creationSeconds - b.creationSeconds || (a.name < b.name ? -1 : 1)

/** A number that an annotation holds; undefined: there is none. */
export function annotatedNumber({ object }: ReplicaSetVersion, key: string): number | undefined {
  const text = object.metadata.annotations?.[key]
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
}

export const revisionOf = (set: ReplicaSetVersion): number => annotatedNumber(set, REVISION) ?? 0

/** The ReplicaSet that has the Deployment's template, of several the oldest (DP-2). */
export function findNewReplicaSet(
  template: PodTemplateSpec,
  sets: readonly ReplicaSetVersion[],
): ReplicaSetVersion | undefined {
  const wanted = templateText(template)
  return sets.toSorted(byCreation).find(({ object }) => templateText(object.spec.template) === wanted)
}

const texts = new WeakMap<PodTemplateSpec, string>()

/** A template as text, the same for two that differ only in the hash of their ReplicaSet or in the order of fields. */
export function templateText(template: PodTemplateSpec): string {
  let text = texts.get(template)
  if (text === undefined) {
    const { [TEMPLATE_HASH]: _, ...labels } = template.metadata?.labels ?? {}
    const { annotations } = template.metadata ?? {}
    text = JSON.stringify(sorted({ ...template, metadata: { ...template.metadata, labels, annotations } }))
    texts.set(template, text)
  }
  return text
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]))
}
