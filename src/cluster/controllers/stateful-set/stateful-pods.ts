import type { PodSpec, StatefulSet } from '../../../model/index.js'
import type { PodShape, PodVersion } from '../../contract/index.js'
import { REVISION_HASH } from '../revisions.js'

const POD_NAME = 'statefulset.kubernetes.io/pod-name'
const POD_INDEX = 'apps.kubernetes.io/pod-index'

/** The number at the end of a pod's name, and what stands before it; undefined: it has none. */
export function parentAndOrdinal(name: string): { readonly parent: string; readonly ordinal: number } | undefined {
  const [, parent, digits] = /^(.*)-(\d{1,9})$/.exec(name) ?? []
  return parent === undefined ? undefined : { parent, ordinal: Number(digits) }
}

export const ordinalOf = ({ identity }: PodVersion): number => parentAndOrdinal(identity.name)?.ordinal ?? -1

/** The name of the revision that a pod was made of. */
export const revisionNameOf = ({ spec }: PodVersion): string => spec.object.metadata.labels?.[REVISION_HASH] ?? ''

/** The first ordinal, and one more than the last. */
export function ordinalsOf({ spec }: StatefulSet): { readonly start: number; readonly end: number } {
  const start = spec.ordinals?.start ?? 0
  return { start, end: start + (spec.replicas ?? 1) }
}

/**
 * What a pod has by its number: name, labels, host name, claims.
 *
 * controllers: pkg/controller/statefulset/stateful_set_utils.go newStatefulSetPod, v1.32 (SS-1).
 */
export function shapeOf(set: StatefulSet, ordinal: number): PodShape {
  const { template, serviceName, volumeClaimTemplates = [] } = set.spec
  const name = `${set.metadata.name}-${ordinal}`
  const claims = volumeClaimTemplates.map(({ metadata }) => ({
    name: metadata.name ?? '',
    persistentVolumeClaim: { claimName: claimNameOf(metadata.name ?? '', name) },
  }))
  const volumes = (template.spec.volumes ?? []).filter(each => !claims.some(claim => claim.name === each.name))
  const spec: Partial<PodSpec> = {
    hostname: name,
    ...(serviceName === undefined ? {} : { subdomain: serviceName }),
    ...(claims.length === 0 ? {} : { volumes: [...volumes, ...claims] }),
  }
  return { name, labels: identityLabels(name, ordinal), spec }
}

const identityLabels = (name: string, ordinal: number): Readonly<Record<string, string>> => ({
  [POD_INDEX]: String(ordinal),
  [POD_NAME]: name,
})

export const claimNameOf = (claim: string, pod: string): string => `${claim}-${pod}`

/** The labels that an adopted pod lacks; undefined: it has its identity (identityMatches). */
export function missingLabels({ identity, spec }: PodVersion): Readonly<Record<string, string>> | undefined {
  const wanted = identityLabels(identity.name, parentAndOrdinal(identity.name)?.ordinal ?? -1)
  const { labels } = spec.object.metadata
  return Object.entries(wanted).every(([key, value]) => labels?.[key] === value) ? undefined : wanted
}
