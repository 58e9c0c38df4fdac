/**
 * A ResourceQuota says how much the pods of a namespace may ask for together, a LimitRange what each of them asks for by default, and
 * may. Both are asked when a pod is created, and never again.
 */

import { exits, never, runs, step } from 'podwright'
import { spec } from 'podwright/vitest'

const quota = (hard: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'team' },
  spec: { hard },
})
const limits = (container: object) => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'team' },
  spec: { limits: [{ type: 'Container', ...container }] },
})
const pod = (name: string, resources?: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'app', image: 'app:1', ...(resources === undefined ? {} : { resources }) }] },
})
const cpu = (amount: string) => ({ requests: { cpu: amount } })

spec('a pod that a quota has no room for is refused, not queued', s =>
  s
    // ADM-7
    .apply(quota({ 'requests.cpu': '2' }))
    .pod('web', pod => pod.container('app', runs(), { resources: cpu('2') }))
    .at('1m')
    .request({ create: pod('next', cpu('1')) })
    .expect(() => [
      step(1).refused(
        'pods "next" is forbidden: exceeded quota: team, requested: requests.cpu=1, used: requests.cpu=2, limited: requests.cpu=2',
      ),
    ]),
)

spec('where a quota counts a resource, each container has to say how much of it it wants', s =>
  s
    // ADM-7
    .apply(quota({ 'requests.cpu': '2' }))
    .at('1m')
    .request({ create: pod('web') })
    .expect(() => [step(1).refused('failed quota: team: must specify requests.cpu for: app')]),
)

spec('a LimitRange says what containers request that do not say it', s =>
  s
    // ADM-2, ADM-7: LimitRanger comes before ResourceQuota.
    .apply(quota({ 'requests.cpu': '2' }), limits({ defaultRequest: { cpu: '500m' } }))
    .at('1m')
    .apply(pod('web'))
    .horizon('5m')
    .expect(({ pod }) => [never(step(1).refused()), pod('web').qosClass('Burstable').at('2m')]),
)

spec('a pod that requests nothing is BestEffort where no LimitRange says otherwise', s =>
  s
    .at('1m')
    .apply(pod('web'))
    .horizon('5m')
    .expect(({ pod }) => [pod('web').qosClass('BestEffort').at('2m')]),
)

spec('a pod that has finished counts in no quota', s =>
  s
    // ADM-7
    .apply(quota({ pods: '1' }))
    .pod('job', pod => pod.container('app', exits(0).after('20s')).restartPolicy('Never'))
    .at('10s')
    .apply(pod('early'))
    .at('1m')
    .apply(pod('late'))
    .horizon('5m')
    .expect(({ pod }) => [
      step(1).refused('exceeded quota: team, requested: pods=1, used: pods=1, limited: pods=1'),
      never(step(2).refused()),
      pod('late').ready().at('2m'),
    ]),
)

spec('a container that wants more than a LimitRange allows is refused', s =>
  s
    // ADM-2
    .apply(limits({ max: { memory: '1Gi' } }))
    .at('1m')
    .request({ create: pod('web', { limits: { memory: '2Gi' } }) })
    .expect(() => [
      step(1).refused('pods "web" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi'),
    ]),
)

spec('a quota that comes later leaves the pods that there are alone', s =>
  s
    .pod('one', pod => pod.container('app', runs()))
    .pod('two', pod => pod.container('app', runs()))
    .at('1m')
    .request({ create: quota({ pods: '1' }) })
    .at('2m')
    .request({ create: pod('three') })
    .horizon('5m')
    .expect(({ one, two }) => [
      one.ready().and(two.ready()).at('4m'),
      step(2).refused('exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=1'),
    ]),
)
