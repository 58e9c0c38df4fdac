/**
 * A PersistentVolumeClaim asks for storage, and a pod that names one waits for it. Every cluster here has a storage class, `standard`,
 * whose volumes are made for the node where the first pod that needs them goes.
 */

import { never } from 'podwright'
import { spec } from 'podwright/vitest'

const claim = (name: string, fields: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...fields },
})

const EAST = { 'topology.kubernetes.io/zone': 'east' }

const podWith = (name: string, claimName: string, fields: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    containers: [{ name: 'app', image: 'app:1' }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
    ...fields,
  },
})

spec('a pod whose claim is missing stays Pending until it comes', s =>
  s
    .describe('The scheduler says why: persistentvolumeclaim "data" not found.')
    // F-9
    .apply(podWith('web', 'data'))
    .at('1m')
    .apply(claim('data'))
    .expect(({ pod }) => [
      pod('web').event('FailedScheduling').immediately(),
      pod('web').scheduled().becomes().noSoonerThan('1m').within('65s'),
    ]),
)

spec('a volume is made when the first pod that needs it has its node, and the pod waits for it', s =>
  s
    .describe('The class says so: volumeBindingMode WaitForFirstConsumer. No Event of the pod tells of the wait.')
    // F-9
    .apply(claim('data'), podWith('web', 'data'))
    .expect(({ pod }) => [
      pod('web').scheduled().becomes().noSoonerThan('1s').within('12s'),
      never(pod('web').event('FailedScheduling')),
    ]),
)

spec('a claim of a class that does not exist keeps its pod Pending', s =>
  s
    // F-9
    .apply(claim('data', { storageClassName: 'nope' }), podWith('web', 'data'))
    .expect(({ pod }) => [pod('web').event('FailedScheduling').immediately(), never(pod('web').event('Scheduled'))]),
)

spec('a claim that a pod has stays until the pod is gone, and no other pod may have it', s =>
  s
    .describe('It is Terminating meanwhile: its finalizer kubernetes.io/pvc-protection keeps it.')
    .apply(claim('data'), podWith('web', 'data'))
    .at('1m')
    .request({ delete: 'pvc/data' })
    .at('2m')
    .apply(podWith('late', 'data'))
    .expect(({ pod }) => [
      pod('web').ready().afterQuiescence(),
      pod('late').event('FailedScheduling').at('2m'),
      never(pod('late').event('Scheduled')),
    ]),
)

spec('a claim for one pod only holds back the second until the first has ended', s =>
  s
    .describe('Its access mode is ReadWriteOncePod. With ReadWriteOnce both pods would run on one node.')
    // F-7
    .apply(claim('data', { accessModes: ['ReadWriteOncePod'] }), podWith('first', 'data'))
    .at('1m')
    .apply(podWith('second', 'data'))
    .at('2m')
    .delete('first')
    .expect(({ pod }) => [
      pod('second').event('FailedScheduling').at('1m'),
      pod('first').container('app').exited().precedes(pod('second').event('Scheduled')),
      pod('second').ready().afterQuiescence(),
    ]),
)

spec('a volume keeps its pod in its zone, even where that leaves the pod without a node', s => {
  const node = (name: string, zone: string) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110' } },
  })
  return (
    s
      .describe('The first pod chose the zone: a pod that takes over the claim has to go there.')
      // F-9
      .apply(node('a', 'east'), node('b', 'west'), claim('data'), podWith('web', 'data', { nodeSelector: EAST }))
      .at('1m')
      .delete('web')
      .at('2m')
      .cordon('a')
      .at('3m')
      .apply(podWith('again', 'data'))
      .expect(({ pod }) => [pod('again').event('FailedScheduling').at('3m'), never(pod('again').event('Scheduled'))])
  )
})
