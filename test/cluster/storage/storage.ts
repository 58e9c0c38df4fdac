import { kubectlGet } from '../../../src/kubectl/index.js'
import { simulate } from '../../../src/spec/index.js'
import type { DurationText } from '../../../src/time/index.js'
import { eventsAt, ROW, type Trace } from '../../../src/trace/index.js'

export { simulate }

/** A claim of 1Gi, with whatever else is said of it. */
export const claim = (name: string, spec: object = {}, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, ...metadata },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
})

/** A volume of the class `manual`. */
export const volume = (name: string, spec: object = {}, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name, ...metadata },
  spec: {
    storageClassName: 'manual',
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    hostPath: { path: `/data/${name}` },
    ...spec,
  },
})

export const storageClass = (name: string, fields: object = {}, metadata: object = {}): object => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name, ...metadata },
  provisioner: 'ebs.csi.aws.com',
  ...fields,
})

/** A pod that mounts claims by name. */
export const podWith = (name: string, claims: readonly string[], spec: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    containers: [{ name: 'app', image: 'app:1' }],
    volumes: claims.map(claimName => ({ name: `v-${claimName}`, persistentVolumeClaim: { claimName } })),
    ...spec,
  },
})

/** A StatefulSet with a claim `data` for each pod. */
export const database = (spec: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db' },
  spec: {
    serviceName: 'db',
    replicas: 2,
    selector: { matchLabels: { app: 'db' } },
    template: {
      metadata: { labels: { app: 'db' } },
      spec: { containers: [{ name: 'app', image: 'db:1', volumeMounts: [{ name: 'data', mountPath: '/data' }] }] },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ],
    ...spec,
  },
})

/** A Scenario with steps: a line of kubectl's words, or a mapping. */
export const scenario = (...steps: readonly (string | object)[]): object => ({
  apiVersion: 'podwright.dev/v1',
  kind: 'Scenario',
  spec: { steps },
})

/** The Events about an object, in the order of their first occurrence. */
export function said(trace: Trace, kind: string, name: string): string[] {
  return eventsAt(trace, trace.end)
    .filter(({ involvedObject: about }) => about.kind === kind && about.name === name)
    .map(({ reason, message, count = 1 }) => `${reason}${count === 1 ? '' : ` x${count}`}: ${message}`)
}

/** `kubectl get` without ages, and with volumes that were made for a claim called alike. */
export const got = (trace: Trace, what: string, at?: DurationText): string =>
  kubectlGet(trace, what, at === undefined ? {} : { at })
    .split('\n')
    .map(line => line.replace(/\s+\S+$/, '').replace(/pvc-[0-9a-f-]{36}/g, 'pvc-UID'))
    .join('\n')

/** What the API server refused, in its words. */
export const refusals = ({ rows, symbols }: Trace): string[] =>
  [...Array(rows.length).keys()]
    .map(number => rows.at(number))
    .filter(({ kind }) => kind === ROW.refused)
    .map(({ a }) => symbols.text(a))
