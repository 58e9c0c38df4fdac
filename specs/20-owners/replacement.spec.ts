/**
 * Pods do not heal themselves: it is their controller that makes others in place of those that are gone. Who has none is not replaced.
 */

import { crashes, exactly, not, onTerm, replicaSet, runs, stopsAfter, uses } from 'podwright'
import { spec } from 'podwright/vitest'

const web = replicaSet('web')
const three = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
  },
}
const app = { app: 'web' }

spec('a pod that is deleted is replaced by its ReplicaSet at once, while it still terminates', s =>
  s
    // seed 004: "Pods do not, by themselves, self-heal … a controller handles the work"; C-4, RS-1
    .pod('old', pod => pod.labels(app).container('app', runs(), onTerm(stopsAfter('20s'))))
    .apply(three)
    .at('1m')
    .delete('pod/old')
    .expect(({ old }) => [
      exactly(3, web.event('SuccessfulCreate')),
      web.ready(3).at('65s'),
      old.terminating().at('65s'),
    ]),
)

spec('a bare pod that is deleted is gone for good', s =>
  s
    // seed 004
    .pod('old', pod => pod.labels(app).container('app', runs()))
    .at('1m')
    .delete('pod/old')
    .expect(({ old }) => [old.gone().within('62s'), exactly(1, old.created())]),
)

spec('a pod that has Failed is replaced by its ReplicaSet, and stays', s =>
  s
    .describe('It does not count any more; somebody has to clear it away.')
    // RS-5
    .nodes([{ name: 'small', memory: '1Gi' }, { name: 'other' }])
    .pod('old', pod =>
      pod
        .labels(app)
        .container('app', runs(), onTerm(stopsAfter('100ms', 143)), uses({ memory: '300Mi' }))
        .spec({ nodeName: 'small' }),
    )
    .apply({ ...three, spec: { ...three.spec, replicas: 1 } })
    .at('1m')
    .exhaust('small', 'memory')
    .horizon('10m')
    .expect(({ old }) => [
      web.replicas(1).and(web.ready(1)).at('9m'),
      exactly(1, web.event('SuccessfulCreate')),
      old.phase('Failed').at('9m'),
    ]),
)

spec('a container that crashes is restarted in its pod: the ReplicaSet has nothing to do with it', s =>
  s
    .apply(three)
    .behave('replicaset/web/app', crashes().after('10s'), runs())
    .expect(({ pod }) => [
      exactly(3, web.event('SuccessfulCreate')),
      pod('replicaset/web').container('app').restartCount(1).afterQuiescence(),
    ]),
)

spec('pods that a quota has no room for are asked for again and again, and the ReplicaSet says so', s =>
  s
    // ADM-7, RS-3
    .apply({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few' }, spec: { hard: { pods: '2' } } }, three)
    .at('5m')
    .request({ delete: 'resourcequota/few' })
    .horizon('30m')
    .expect(() => [
      web.condition('ReplicaFailure', 'True', 'FailedCreate').and(web.replicas(2)).at('4m'),
      web
        .ready(3)
        .and(not(web.condition('ReplicaFailure')))
        .at('29m'),
    ]),
)
