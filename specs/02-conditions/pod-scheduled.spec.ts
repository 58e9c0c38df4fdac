/**
 * `status.conditions` tells how far a pod has come. Documents name four of them; since Kubernetes 1.29 a pod has five:
 * PodScheduled, PodReadyToStartContainers, Initialized, ContainersReady and Ready. PodScheduled is the first: it says whether
 * the pod has a node.
 */

import { anyOf, no, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a pod that runs and serves has five conditions, and all of them are True', s =>
  s
    .describe('Older documents list four; PodReadyToStartContainers has come since.')
    // seeds 000, 003, 004: Initialized, Ready, ContainersReady, PodScheduled; R-164
    .pod('web', pod => pod.container('app', runs()))
    .expect(({ web }) => [
      web
        .condition('PodScheduled')
        .and(web.condition('PodReadyToStartContainers'))
        .and(web.condition('Initialized'))
        .and(web.condition('ContainersReady'))
        .and(web.condition('Ready'))
        .afterQuiescence(),
    ]),
)

spec('PodScheduled turns True when the pod is bound to a node', s =>
  s
    .nodes([{ name: 'node-1', unschedulable: true }])
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .uncordon('node-1')
    .expect(({ web }) => [
      web.conditions({ PodScheduled: ['False', 'True'] }),
      web.scheduled().becomes().noSoonerThan('1m').within('61s'),
      whenever(web.scheduled().becomes()).then(web.condition('PodScheduled')).immediately(),
    ]),
)

spec('a pod that fits no node has PodScheduled False with the reason Unschedulable', s =>
  s
    .pod('web', pod => pod.container('app', runs()).spec({ nodeSelector: { disk: 'ssd' } }))
    .expect(({ web }) => [
      web.condition('PodScheduled', 'False', 'Unschedulable').immediately(),
      web.conditions({ PodScheduled: ['False'] }),
    ]),
)

spec('before a pod has a node, it has no other condition than PodScheduled', s =>
  s
    // The others are the kubelet's: R-164.
    .nodes([{ name: 'node-1', unschedulable: true }])
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .uncordon('node-1')
    .expect(({ web }) => [
      no(
        anyOf(
          web.condition('Initialized').becomes(),
          web.condition('Ready', 'False').becomes(),
          web.condition('ContainersReady', 'False').becomes(),
          web.condition('PodReadyToStartContainers', 'False').becomes(),
        ),
      ).before(web.scheduled().becomes()),
      web.condition('Ready', 'False').becomes().within('61s'),
    ]),
)

spec('an eviction adds the condition DisruptionTarget, which says who disturbs the pod', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .evict('pod/web')
    .expect(({ web }) => [web.condition('DisruptionTarget', 'True', 'EvictionByEvictionAPI').becomes().at('1m')]),
)
