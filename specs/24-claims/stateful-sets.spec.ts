/**
 * A StatefulSet with volumeClaimTemplates makes a claim of each for every pod, `data-db-0` of `data` for `db-0`, before the pod. Claims
 * stay when their pods go, unless persistentVolumeClaimRetentionPolicy says otherwise.
 */

import { exactly, statefulSet } from 'podwright'
import { spec } from 'podwright/vitest'

const db = (fields: object = {}) => ({
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
    ...fields,
  },
})
const keepUnless = (whenScaled: string) => ({
  persistentVolumeClaimRetentionPolicy: { whenScaled, whenDeleted: 'Retain' },
})

spec('a pod that is scaled away and comes again finds the claim that it had', s =>
  s
    .describe('Each claim was made once, with an Event of the set; the pod that comes again waits for no volume.')
    // SS-1, SS-9
    .apply(db())
    .at('1m')
    .scale('statefulset/db', 1)
    .at('2m')
    .scale('statefulset/db', 2)
    .expect(({ pod }) => [
      // Two claims, and three pods.
      exactly(5, statefulSet('db').event('SuccessfulCreate')),
      exactly(2, pod('db-1').created()),
      pod('db-1').ready().afterQuiescence(),
    ]),
)

spec('with whenScaled Delete the claim goes with its pod, and the next pod gets an empty one', s =>
  s
    // SS-9
    .apply(db(keepUnless('Delete')))
    .at('1m')
    .scale('statefulset/db', 1)
    .at('2m')
    .scale('statefulset/db', 2)
    .expect(({ pod }) => [
      exactly(6, statefulSet('db').event('SuccessfulCreate')),
      pod('db-1').ready().afterQuiescence(),
    ]),
)

spec('a pod of a StatefulSet starts when its claims are bound', s =>
  s
    .describe('The volume is made in two seconds or so after the pod has its node.')
    .apply(db({ replicas: 1 }))
    .expect(({ pod }) => [
      pod('db-0').created().immediately(),
      pod('db-0').container('app').started().noSoonerThan('1s').within('30s'),
    ]),
)
