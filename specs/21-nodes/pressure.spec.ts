/**
 * A node that runs out of memory, disk or process numbers evicts pods, one at a time, until it has enough again. The kubelet looks every
 * ten seconds.
 */

import { exactly, onTerm, runs, stopsAfter, uses } from 'podwright'
import { spec } from 'podwright/vitest'

/** A process that SIGTERM ends with 143, so that its pod counts as Failed. */
const dies = onTerm(stopsAfter('100ms', 143))
const small = [{ name: 'small', memory: '1Gi' }]
const memory = (request: string, limit?: string) => ({
  resources: { requests: { memory: request }, ...(limit === undefined ? {} : { limits: { memory: limit } }) },
})
const takes = (amount: `${number}Mi`) => uses({ memory: amount })

spec('a pod that takes more memory than it requested is evicted before one that does not', s =>
  s
    .describe('Not the one that takes most: what counts is by how much the request is exceeded.')
    // seed 003: "the class decides who has to go": usage above the request does; R-905
    .nodes(small)
    .pod('large', pod => pod.container('app', runs(), dies, takes('500Mi'), memory('600Mi')))
    .pod('hog', pod => pod.container('app', runs(), dies, takes('200Mi'), memory('50Mi')))
    .at('1m')
    .exhaust('small', 'memory')
    .horizon('10m')
    .expect(({ large, hog }) => [
      hog.event('Evicted').within('71s'),
      hog.phases('Pending', 'Running', 'Failed'),
      hog.condition('DisruptionTarget', 'True', 'TerminationByKubelet').within('72s'),
      hog.event('Evicted').precedes(large.event('Evicted')).orVacuous(),
    ]),
)

spec('of pods that exceed their requests the one of lower priority goes first', s =>
  s
    //
    .nodes(small)
    .apply({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 })
    .pod('important', pod => pod.container('app', runs(), dies, takes('400Mi')).spec({ priorityClassName: 'high' }))
    .pod('other', pod => pod.container('app', runs(), dies, takes('100Mi')))
    .at('1m')
    .exhaust('small', 'memory')
    .horizon('10m')
    .expect(({ important, other }) => [
      other.event('Evicted').precedes(important.event('Evicted')).orVacuous(),
      other.phase('Failed').within('72s'),
    ]),
)

spec('one pod is evicted at a time', s =>
  s
    //
    .nodes(small)
    .pod('one', pod => pod.container('app', runs(), dies, takes('300Mi')))
    .pod('two', pod => pod.container('app', runs(), dies, takes('200Mi')))
    .at('1m')
    .exhaust('small', 'memory', { left: '90Mi' })
    .horizon('10m')
    .expect(({ one, two }) => [one.phase('Failed').within('72s'), two.ready().afterQuiescence()]),
)

spec('a pod that is evicted stays as Failed, and is not started anywhere else', s =>
  s
    .describe('Its controller, if it has one, makes another pod.')
    //
    .nodes([...small, { name: 'other' }])
    .pod('web', pod => pod.container('app', runs(), dies, takes('300Mi')).spec({ nodeName: 'small' }))
    .at('1m')
    .exhaust('small', 'memory')
    .horizon('30m')
    .expect(({ web }) => [
      web.phase('Failed').and(web.scheduledOn('small')).afterQuiescence(),
      exactly(1, web.container('app').started()),
    ]),
)

spec('a pod that is evicted for a hard threshold gets no grace period of its own', s =>
  s
    .describe('SIGTERM comes, and SIGKILL two seconds later.')
    //
    .nodes(small)
    .pod('web', pod => pod.container('app', runs(), onTerm(stopsAfter('20s')), takes('300Mi')).grace('1m'))
    .at('1m')
    .exhaust('small', 'memory')
    .horizon('30m')
    .expect(({ web }) => [
      web.container('app').signalled('SIGTERM').within('70s'),
      web.container('app').killed('SIGKILL').within('73s'),
    ]),
)

spec('a node under memory pressure gets no new BestEffort pods, but Burstable ones', s =>
  s
    // TA-1, R-763
    .nodes(small)
    .at('1m')
    .exhaust('small', 'memory')
    .at('2m')
    .pod('best-effort', pod => pod.container('app', runs()).spec({ nodeName: 'small' }))
    .at('2m')
    .pod('burstable', pod => pod.container('app', runs(), memory('1Mi')).spec({ nodeName: 'small' }))
    .horizon('4m')
    .expect(({ burstable, pod }) => [
      pod('best-effort').phases('Pending', 'Failed'),
      pod('best-effort').event('Evicted').at('2m'),
      burstable.container('app').running().within('3m'),
    ]),
)

spec('a node stays under pressure for five minutes after it has enough again', s =>
  s
    .describe('So that it does not go back and forth.')
    //
    .nodes(small)
    .at('1m')
    .exhaust('small', 'memory')
    .at('2m')
    .relieve('small', 'memory')
    .at('6m')
    .pod('early', pod => pod.container('app', runs()))
    .horizon('20m')
    .expect(({ early }) => [
      early.condition('PodScheduled', 'False', 'Unschedulable').at('6m'),
      early.scheduled().becomes().noSoonerThan('6m30s').within('8m'),
    ]),
)

spec('a pod that exceeds the limit of its ephemeral storage is evicted, whatever its node has left', s =>
  s
    //
    .pod('web', pod =>
      pod.container('app', runs(), dies, uses({ ephemeralStorage: '2Gi' }), {
        resources: { limits: { 'ephemeral-storage': '1Gi' } },
      }),
    )
    .horizon('5m')
    .expect(({ web }) => [web.event('Evicted').within('20s'), web.phases('Pending', 'Running', 'Failed')]),
)
