/**
 * The quality-of-service class is not stated but follows from the requests and limits of a pod's containers: Guaranteed, Burstable or
 * BestEffort. It says who has to go first when a node runs out of memory.
 */

import { type ContainerFields, exits, isOOMKilled, pod, runs } from 'podwright'
import { spec } from 'podwright/vitest'

type Resources = NonNullable<ContainerFields['resources']>

const web = (...containers: readonly Resources[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: containers.map((resources, index) => ({ name: `c${index}`, image: 'app:1', resources })) },
})

const equal = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } }

spec('a pod is BestEffort when none of its containers has a request or a limit', s =>
  s.apply(web({}, {})).expect(() => [pod('web').qosClass('BestEffort').holds()]),
)

spec('a pod is Guaranteed when every container has limits for cpu and memory, and requests equal to them', s =>
  s.apply(web(equal, equal)).expect(() => [pod('web').qosClass('Guaranteed').holds()]),
)

spec('limits alone make a pod Guaranteed, for a request that is not stated is the limit', s =>
  s.apply(web({ limits: { cpu: '1', memory: '1Gi' } })).expect(() => [pod('web').qosClass('Guaranteed').holds()]),
)

spec('a pod is Burstable when its requests are lower than its limits', s =>
  s
    // seed 003: its example of resources, with requests of 1G and 2 cpu and limits of 2G and 4 cpu.
    .apply(web({ requests: { memory: '1G', cpu: '2' }, limits: { memory: '2G', cpu: '4' } }))
    .expect(() => [pod('web').qosClass('Burstable').holds()]),
)

spec('a pod is Burstable when one container of two has nothing to say', s =>
  s.apply(web(equal, {})).expect(() => [pod('web').qosClass('Burstable').holds()]),
)

spec('a pod is Burstable when it limits only one of cpu and memory', s =>
  s.apply(web({ limits: { memory: '1Gi' } })).expect(() => [pod('web').qosClass('Burstable').holds()]),
)

spec('quantities are compared by value: 1000m of cpu are 1', s =>
  s
    .apply(web({ requests: { cpu: '1000m', memory: '1024Mi' }, limits: { cpu: '1', memory: '1Gi' } }))
    .expect(() => [pod('web').qosClass('Guaranteed').holds()]),
)

spec('init containers count, too: one without limits makes a pod Burstable', s =>
  s
    .pod('web', pod => pod.init('migrate', exits(0)).container('app', runs(), { resources: equal }))
    .expect(({ web }) => [web.qosClass('Burstable').holds()]),
)

spec('the class is there as soon as the pod is accepted, before it has a node', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { resources: equal }).spec({ nodeSelector: { disk: 'ssd' } }))
    .expect(({ web }) => [web.qosClass('Guaranteed').holds(), web.phases('Pending')]),
)

spec('the class stays what it was when a container has been killed for its memory', s =>
  s
    .pod('web', pod => pod.container('app', isOOMKilled().after('20s'), runs(), { resources: equal }))
    .expect(({ web }) => [web.container('app').restartCount(1).afterQuiescence(), web.qosClass('Guaranteed').holds()]),
)
