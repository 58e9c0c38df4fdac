/**
 * The quality-of-service class is not stated but follows from the requests and limits of a pod's containers: Guaranteed, Burstable or
 * BestEffort. It says who has to go first when a node runs out of memory.
 */

import { expect, test } from 'vitest'
import { type ContainerFields, exits, isOOMKilled, runs, scenario } from '../../src/index.js'

type Resources = NonNullable<ContainerFields['resources']>

/** The class is a field of the status, about which no expectation can be stated; so it is read from the run. */
const classOf = (...containers: readonly Resources[]): string | undefined =>
  scenario('class', s =>
    s.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: {
        containers: containers.map((resources, index) => ({ name: `c${index}`, image: 'app:1', resources })),
      },
    }),
  )
    .run()
    .pod('web')
    .at('1m')?.status?.qosClass

const equal = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } }

test('a pod is BestEffort when none of its containers has a request or a limit', () => {
  expect(classOf({}, {})).toBe('BestEffort')
})

test('a pod is Guaranteed when every container has limits for cpu and memory, and requests equal to them', () => {
  expect(classOf(equal, equal)).toBe('Guaranteed')
})

test('limits alone make a pod Guaranteed, for a request that is not stated is the limit', () => {
  expect(classOf({ limits: { cpu: '1', memory: '1Gi' } })).toBe('Guaranteed')
})

test('a pod is Burstable when its requests are lower than its limits', () => {
  // seed 003: its example of resources, with requests of 1G and 2 cpu and limits of 2G and 4 cpu
  expect(classOf({ requests: { memory: '1G', cpu: '2' }, limits: { memory: '2G', cpu: '4' } })).toBe('Burstable')
})

test('a pod is Burstable when one container of two has nothing to say', () => {
  expect(classOf(equal, {})).toBe('Burstable')
})

test('a pod is Burstable when it limits only one of cpu and memory', () => {
  expect(classOf({ limits: { memory: '1Gi' } })).toBe('Burstable')
})

test('quantities are compared by value: 1000m of cpu are 1', () => {
  expect(classOf({ requests: { cpu: '1000m', memory: '1024Mi' }, limits: { cpu: '1', memory: '1Gi' } })).toBe(
    'Guaranteed',
  )
})

test('init containers count, too: one without limits makes a pod Burstable', () => {
  const web = scenario('class', s =>
    s.pod('web', pod => pod.init('migrate', exits(0)).container('app', runs(), { resources: equal })),
  )
    .run()
    .pod('web')
  expect(web.at('1m')?.status?.qosClass).toBe('Burstable')
})

test('the class is there as soon as the pod is accepted, before it has a node', () => {
  const web = scenario('class', s =>
    s.pod('web', pod => pod.container('app', runs(), { resources: equal }).spec({ nodeSelector: { disk: 'ssd' } })),
  )
    .run()
    .pod('web')
  expect(web.phases).toEqual(['Pending'])
  expect(web.at('0s')?.status?.qosClass).toBe('Guaranteed')
})

test('the class stays what it was when a container has been killed for its memory', () => {
  const web = scenario('class', s =>
    s.pod('web', pod => pod.container('app', isOOMKilled().after('20s'), runs(), { resources: equal })),
  )
    .run()
    .pod('web')
  expect(web.at('5m')?.status?.containerStatuses?.[0]?.restartCount).toBe(1)
  expect(web.at('5m')?.status?.qosClass).toBe('Guaranteed')
})
