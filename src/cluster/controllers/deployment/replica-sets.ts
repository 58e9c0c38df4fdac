import type { PodTemplateSpec } from '../../../model/index.js'
import type { ObjectVersion } from '../../contract/index.js'
import { templateText } from '../template-text.js'

export type ReplicaSetVersion = ObjectVersion<'ReplicaSet'>

export const REVISION = 'deployment.kubernetes.io/revision'
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history'
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas'
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas'
/** The label that tells the ReplicaSets of a Deployment, and their pods, apart. */
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
