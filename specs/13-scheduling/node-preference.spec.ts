/**
 * Among the nodes that will do, the one with the highest score is chosen. A pod has a say in it by preferred node affinity; besides,
 * a node is the better the more of it is free.
 */

import { type PodFields, runs } from 'podwright'
import { spec } from 'podwright/vitest'

type NodeAffinity = NonNullable<NonNullable<PodFields['affinity']>['nodeAffinity']>
type Preference = NonNullable<NodeAffinity['preferredDuringSchedulingIgnoredDuringExecution']>[number]

const labelled = (key: string, value: string) => ({
  matchExpressions: [{ key, operator: 'In' as const, values: [value] }],
})
const prefer = (weight: number, key: string, value: string): Preference => ({
  weight,
  preference: labelled(key, value),
})
const preferring = (...terms: Preference[]): PodFields => ({
  affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms } },
})
const half = { resources: { requests: { cpu: '32', memory: '128Gi' } } }

/** The pod that a spec is about, where it has to come later than others. */
const web = (fields: PodFields = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'app', image: 'app:1' }], ...fields },
})

spec('preferred node affinity draws a pod to a node with the label, although another one is emptier', s =>
  s
    // seed 003: preferred; NA-3, S-3
    .nodes([{ name: 'a' }, { name: 'b', labels: { disk: 'ssd' } }])
    .pod('db', pod => pod.container('db', runs(), half).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(preferring(prefer(1, 'disk', 'ssd'))))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('preferred node affinity: where no node has the label, the pod is scheduled all the same', s =>
  s
    // seed 003: preferred
    .pod('web', pod => pod.container('app', runs()).spec(preferring(prefer(100, 'disk', 'ssd'))))
    .expect(({ web }) => [web.scheduledOn('node-1').immediately(), web.phases('Pending', 'Running')]),
)

spec('preferred node affinity: the weights of all terms that match a node are added up', s =>
  s
    .describe('The node that matches one term of weight 50 loses to one that matches two of 30.')
    // NA-3
    .nodes([
      { name: 'a', labels: { disk: 'ssd' } },
      { name: 'b', labels: { zone: 'north', arch: 'arm' } },
    ])
    .pod('web', pod =>
      pod
        .container('app', runs())
        .spec(preferring(prefer(50, 'disk', 'ssd'), prefer(30, 'zone', 'north'), prefer(30, 'arch', 'arm'))),
    )
    .expect(({ web }) => [web.scheduledOn('b').immediately()]),
)

spec('what is required comes before what is preferred', s =>
  s
    .nodes([
      { name: 'a', labels: { disk: 'ssd', zone: 'south' } },
      { name: 'b', labels: { zone: 'north' } },
    ])
    .pod('web', pod =>
      pod.container('app', runs()).spec({
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [labelled('zone', 'north')] },
            preferredDuringSchedulingIgnoredDuringExecution: [prefer(100, 'disk', 'ssd')],
          },
        },
      }),
    )
    .expect(({ web }) => [web.scheduledOn('b').immediately()]),
)

spec('node affinity: matchFields can name the node, and the scheduler still looks whether the pod fits', s =>
  s
    .describe('That is how the pods of a DaemonSet get their nodes; nodeName would pass the scheduler by.')
    // NA-2
    .nodes([{ name: 'a' }, { name: 'b', pods: 1 }])
    .pod('db', pod => pod.container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(
      web({
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['b'] }] }],
            },
          },
        },
      }),
    )
    .at('1m')
    .delete('pod/db')
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      pod('web').scheduledOn('b'),
    ]),
)

spec('of nodes that will do, the one with the most cpu and memory free is chosen', s =>
  s
    // seed 001: "by health, cpu and memory of the nodes"; S-4
    .nodes([{ name: 'a' }, { name: 'b' }])
    .pod('db', pod => pod.container('db', runs(), half).spec({ nodeName: 'a' }))
    .at('10s')
    .apply(web())
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('a pod without requests counts in the scores: of two nodes the one without it is chosen', s =>
  s
    .describe(
      'There it counts as if it asked for 100m of cpu and 200Mi of memory. Where the question is whether a pod fits, it counts for nothing.',
    )
    // S-4, R-4: NonZeroRequested
    .nodes([
      { name: 'a', cpu: '1', memory: '2Gi' },
      { name: 'b', cpu: '1', memory: '2Gi' },
    ])
    .pod('log', pod => pod.container('log', runs()).spec({ nodeName: 'a' }))
    .at('10s')
    .apply(web())
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)
