import { defaultPod } from '../../src/api/index.js'
import { uidOf } from '../../src/hash/index.js'
import type { KubernetesObject, OwnerReference, Pod, PodSpec } from '../../src/model/index.js'
import { type ArtificialRow, byRow } from './artificial-trace.js'

/** Whoever is controlled by the first object of this kind and name. */
export const ownedBy = (kind: string, name = 'web'): readonly OwnerReference[] => [
  {
    apiVersion: kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    name,
    uid: uidOf(`${kind}/default/${name}`, 0),
    controller: true,
    blockOwnerDeletion: true,
  },
]

/** A pod `app=web` of a workload called web, or of nobody. */
export const podOf = (
  kind: string | undefined,
  name: string,
  metadata: object = {},
  spec: Partial<PodSpec> & { readonly priority?: number } = {},
): Pod =>
  defaultPod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      labels: { app: 'web' },
      ...(kind === undefined ? {} : { ownerReferences: ownedBy(kind) }),
      ...metadata,
    },
    spec: { containers: [{ name: 'app', image: 'app:1' }], ...spec },
  } as Pod)

/** The template of a workload’s pods. */
export const template = (image = 'app:1', spec: object = {}): object => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'app', image }], ...spec },
})

const SELECTOR = { matchLabels: { app: 'web' } }

/** An object called web that selects `app=web`. */
export const object = (kind: string, spec: object, metadata: object = {}): KubernetesObject =>
  ({
    apiVersion: 'v1',
    kind,
    metadata: { name: 'web', namespace: 'default', ...metadata },
    spec: { selector: SELECTOR, template: template(), ...spec },
  }) as unknown as KubernetesObject

/** A controller makes the pod, or the object, of this manifest; the first row of the trace is what began it. */
export const made = (time: number, path: string, manifest: number): ArtificialRow => [
  time,
  'created',
  path.includes('/') ? path : `Pod/default/${path}`,
  manifest,
  byRow(0),
]

/** A pod is bound, runs and is ready. */
export const isUp = (time: number, pod: string): readonly ArtificialRow[] => [
  [time, 'bound', `Pod/default/${pod}`, 'node-1'],
  [time, 'phase', `Pod/default/${pod}`, 'Running'],
  [time, 'condition', `Pod/default/${pod}`, 'Ready', 'True'],
]

/** An owner deletes a pod, and says so. */
export const takes = (time: number, owner: string, pod: string): readonly ArtificialRow[] => {
  const message = owner.startsWith('StatefulSet')
    ? `delete Pod ${pod} in StatefulSet web successful`
    : `Deleted pod: ${pod}`
  return [
    [time, 'deletionRequested', `Pod/default/${pod}`, 30, Math.floor(time / 1000) + 30],
    [time, 'event', owner, 'SuccessfulDelete', 0, message],
  ]
}

/** A number of an object’s status, or its size. */
export const shows = (time: number, path: string, field: string, value: number): ArtificialRow => [
  time,
  'ownerStatus',
  path,
  field,
  value,
]

/** Manifests of three pods of a workload, `a`, `b` and `c`, from index 1 on; what is no pod begins at 4. */
export const threePods = (kind: string): readonly Pod[] => ['a', 'b', 'c'].map(name => podOf(kind, name))
