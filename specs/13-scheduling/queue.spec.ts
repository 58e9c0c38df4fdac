/**
 * A pod for which no node was found is put aside. What happens in the cluster brings it back if it may help against what kept the pod
 * away; but a pod that was tried only just waits for its back-off first: one second, then two, four, eight, and at most ten.
 */

import { exactly, gapsBetween, type PodFields, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const cpu = (quantity: string) => ({ resources: { requests: { cpu: quantity } } })
const node = { name: 'a', cpu: '4' }

/** The pod that waits. */
const late = (fields: PodFields = {}, quantity = '3') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'late', labels: { app: 'late' } },
  spec: { containers: [{ name: 'app', image: 'app:1', ...cpu(quantity) }], ...fields },
})

spec('a pod that waits for room is scheduled at once when a pod goes', s =>
  s
    // its back-off is long over
    .nodes([node])
    .pod('first', pod => pod.container('app', runs(), cpu('3')))
    .at('10s')
    .apply(late())
    .at('30500ms')
    .delete('pod/first', { grace: '0s' })
    .expect(({ pod }) => [pod('late').scheduled().becomes().at('30500ms')]),
)

spec('a pod that was tried only just waits for its back-off of a second, although there is room', s =>
  s
    .describe('The back-off queue is looked at once a second.')
    // tried at 5.2 s, so until 6.2 s, and then the next look
    .nodes([node])
    .pod('first', pod => pod.container('app', runs(), cpu('3')))
    .at('5200ms')
    .apply(late())
    .at('5400ms')
    .delete('pod/first', { grace: '0s' })
    .expect(({ pod }) => [pod('late').scheduled().becomes().noSoonerThan('6200ms').within('7200ms')]),
)

spec('from Kubernetes 1.33 on the back-off is cut short where no other pod waits for the scheduler', s =>
  s
    // SchedulerPopFromBackoffQ
    .kubernetes('1.33')
    .nodes([node])
    .pod('first', pod => pod.container('app', runs(), cpu('3')))
    .at('5200ms')
    .apply(late())
    .at('5400ms')
    .delete('pod/first', { grace: '0s' })
    .expect(({ pod }) => [pod('late').scheduled().becomes().at('5400ms')]),
)

spec('the back-off doubles with every attempt in vain, from one second to ten', s =>
  [0.5, 1.5, 3.5, 7.5, 15.5, 25.5]
    .reduce(
      // Uncordoning the other node brings the pod back, and cordoning it again makes the next attempt another one in vain.
      (each, seconds) =>
        each
          .at(seconds * 1000)
          .uncordon('b')
          .at(seconds * 1000 + 100)
          .cordon('b'),
      s
        .nodes([
          { name: 'a', cpu: '1' },
          { name: 'b', cpu: '1', unschedulable: true },
        ])
        .horizon('1m'),
    )
    //
    .pod('web', pod => pod.container('app', runs(), cpu('3')))
    .expect(({ web }) => [
      gapsBetween(web.event('FailedScheduling'), web.event('FailedScheduling')).are(
        '1s',
        '2s',
        '4s',
        '8s',
        '10s',
        '10s',
      ),
    ]),
)

spec('what cannot help does not bring a pod back: one without a matching node is not tried when another pod goes', s =>
  s
    // queueing hints
    .nodes([node])
    .pod('first', pod => pod.container('app', runs(), cpu('3')))
    .pod('web', pod => pod.container('app', runs()).spec({ nodeSelector: { disk: 'ssd' } }))
    .at('1m')
    .delete('pod/first', { grace: '0s' })
    .horizon('4m')
    .expect(({ web }) => [exactly(1, web.event('FailedScheduling'))]),
)

spec('what takes away only one of the reasons brings a pod back in vain', s =>
  s
    // rejected for its size and for the cordon
    .nodes([
      { name: 'a', cpu: '1' },
      { name: 'b', cpu: '1', unschedulable: true },
    ])
    .pod('web', pod => pod.container('app', runs(), cpu('3')))
    .at('1m')
    .uncordon('b')
    .expect(({ web }) => [exactly(2, web.event('FailedScheduling')), web.phases('Pending')]),
)

const alone: PodFields = {
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'late' } } },
      ],
    },
  },
}

spec('a pod that was overlooked is tried again after five minutes', s =>
  s
    .describe(
      'It was kept away by the anti-affinity of another pod, and that pod’s going does not bring it back: it looks only for pods that it avoids itself.',
    )
    // Q-6, and the quirk of Q-12
    .pod('shy', pod => pod.container('app', runs()).spec(alone))
    .at('10s')
    .apply(late())
    .at('1m')
    .delete('pod/shy', { grace: '0s' })
    .expect(({ pod }) => [pod('late').scheduled().becomes().noSoonerThan('5m10s').within('5m40s')]),
)

spec('before Kubernetes 1.32 every event of the kind brought a pod back, whether it could help or not', s =>
  s
    // no queueing hints
    .kubernetes('1.31')
    .pod('shy', pod => pod.container('app', runs()).spec(alone))
    .at('10s')
    .apply(late())
    .at('1m')
    .delete('pod/shy', { grace: '0s' })
    .expect(({ pod }) => [pod('late').scheduled().becomes().at('1m')]),
)
