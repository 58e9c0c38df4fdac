import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import type { Service } from '../../../src/model/index.js'
import { HOSTNAME, inZone, type PodWords, SmallCluster, ZONE } from './small-cluster.js'

const NODES = [
  { name: 'a1', labels: inZone('a') },
  { name: 'a2', labels: inZone('a'), taints: [{ key: 'k', effect: 'NoSchedule' }] },
  { name: 'b1', labels: inZone('b') },
  { name: 'x' },
] as const

const service: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default' },
  spec: { selector: { app: 'web' } },
}

const labels = fc.constantFrom({ app: 'web' }, { app: 'db' })
const topologyKey = fc.constantFrom(ZONE, HOSTNAME)
const term = fc.record({ topologyKey, labelSelector: labels.map(matchLabels => ({ matchLabels })) })
const weighted = fc.record({ weight: fc.integer({ min: 1, max: 100 }), podAffinityTerm: term })
const terms = fc.record({
  requiredDuringSchedulingIgnoredDuringExecution: fc.array(term, { maxLength: 1 }),
  preferredDuringSchedulingIgnoredDuringExecution: fc.array(weighted, { maxLength: 2 }),
})
const constraint = fc.record({
  maxSkew: fc.integer({ min: 1, max: 2 }),
  topologyKey,
  whenUnsatisfiable: fc.constantFrom('DoNotSchedule' as const, 'ScheduleAnyway' as const),
  labelSelector: labels.map(matchLabels => ({ matchLabels })),
  nodeTaintsPolicy: fc.constantFrom('Ignore' as const, 'Honor' as const),
})
const pod: fc.Arbitrary<PodWords> = fc.record({
  labels,
  namespace: fc.constantFrom('default', 'other'),
  deleting: fc.boolean(),
  spec: fc.record(
    {
      affinity: fc.record({ podAffinity: terms, podAntiAffinity: terms }, { requiredKeys: [] }),
      topologySpreadConstraints: fc.array(constraint, { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
})

const step = fc.oneof(
  fc.record({ do: fc.constant('place' as const), node: fc.constantFrom(...NODES.map(({ name }) => name)), pod }),
  fc.record({ do: fc.constantFrom('remove' as const, 'delete' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('ask' as const) }),
)

test.prop([fc.array(pod, { minLength: 1, maxLength: 3 }), fc.array(step, { maxLength: 20 })])(
  'what is kept between cycles says what a scheduler says that has just come up',
  (asking, steps) => {
    const cluster = new SmallCluster([...NODES], [service])
    const placed: { readonly node: string; words: PodWords; readonly index: number }[] = []
    const answers = (of: SmallCluster) => asking.map(words => [of.refusals(words), of.scores(words)])
    for (const each of steps) {
      if (each.do === 'ask') answers(cluster)
      else if (each.do === 'place') {
        placed.push({ node: each.node, words: each.pod, index: cluster.place(each.node, each.pod) })
      } else if (placed.length > 0) {
        const at = each.which % placed.length
        const { index, words } = placed[at]
        const version = cluster.cache.placed(index)?.version
        if (each.do === 'remove' || version === undefined) {
          cluster.cache.remove(index)
          placed.splice(at, 1)
        } else {
          cluster.cache.update({ ...version, deletionGraceSeconds: 30 })
          placed[at].words = { ...words, deleting: true }
        }
      }
    }
    const fresh = new SmallCluster([...NODES], [service])
    for (const { node, words } of placed) fresh.place(node, words)
    expect(answers(cluster)).toEqual(answers(fresh))
  },
)
