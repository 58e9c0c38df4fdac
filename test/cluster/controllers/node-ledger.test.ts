import { fc, test as property } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { condition, type ObjectVersion, type PodVersion, TRUTH, WORD } from '../../../src/cluster/contract/index.js'
import { isReady } from '../../../src/cluster/controllers/active-pods.js'
import { type DaemonViews, podsShouldBeOnNode } from '../../../src/cluster/controllers/daemon-set/decide.js'
import { NodeLedger, surveyOf } from '../../../src/cluster/controllers/daemon-set/node-ledger.js'

/** What one pod is like at one instant; a node beyond the last is one that the set knows nothing of. */
interface Look {
  readonly index: number
  readonly node: number
  readonly phase: 'Pending' | 'Running' | 'Failed' | 'Succeeded'
  readonly isReady: boolean
  readonly isDeleting: boolean
  readonly isOld: boolean
  readonly isGone: boolean
}

const NODES = 4
const PLACEMENTS = [
  { shouldRun: true, shouldContinue: true },
  { shouldRun: true, shouldContinue: true },
  { shouldRun: false, shouldContinue: true },
  { shouldRun: false, shouldContinue: false },
]
const VIEWS: DaemonViews = { hash: 'new', isAvailable: isReady }
const SET = { counts: { collisionCount: 0 } } as unknown as ObjectVersion<'DaemonSet'>

const looks: fc.Arbitrary<Look> = fc.record({
  index: fc.nat({ max: 6 }),
  node: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: NODES - 1 }) }, { weight: 1, arbitrary: fc.constant(NODES) }),
  phase: fc.constantFrom('Pending', 'Running', 'Running', 'Failed', 'Succeeded'),
  isReady: fc.boolean(),
  isDeleting: fc.boolean(),
  isOld: fc.boolean(),
  isGone: fc.boolean(),
})

const podOf = ({ index, node, phase, isReady, isDeleting, isOld }: Look): PodVersion =>
  ({
    identity: { name: `agent-${index}`, namespace: 'default', uid: `${index}`, index },
    node,
    creationSeconds: index % 2,
    deletionGraceSeconds: isDeleting ? 30 : -1,
    spec: { object: { metadata: { labels: { 'controller-revision-hash': isOld ? 'old' : 'new' } } } },
    status: {
      phase: WORD[phase],
      conditions: phase === 'Running' && isReady ? [condition(WORD.Ready, TRUTH.True, 0, 0, 0)] : [],
    },
  }) as unknown as PodVersion

/** The same from all pods, each node looked at; pods in the order of their last change. */
function surveyed(pods: readonly PodVersion[], countsOldUnavailable: boolean) {
  const nodes = PLACEMENTS.map((placement, position) => ({
    name: `n${position}`,
    placement,
    pods: pods.filter(({ node }) => node === position),
  }))
  return surveyOf(nodes, pods, countsOldUnavailable, VIEWS)
}

describe('the ledger of a DaemonSet', () => {
  property.prop([fc.array(looks, { maxLength: 40 }), fc.boolean(), fc.boolean(), fc.nat({ max: 3 })])(
    'says after every change what a look at all nodes says',
    (changes, isSurging, countsOldUnavailable, most) => {
      const cache = new Map<number, PodVersion>()
      const rules = { views: VIEWS, isSurging, countsOldUnavailable }
      const nodes = PLACEMENTS.map((placement, position) => ({ name: `n${position}`, placement, pods: [] }))
      const ledger = new NodeLedger(nodes, {
        ...rules,
        pods: () => cache.values(),
        matches: () => true,
        isOver: pod => pod.deletionGraceSeconds >= 0 && pod.status.phase === WORD.Failed,
        nodeOf: ({ node }) => `n${node}`,
      })
      const limits = isSurging ? { maxUnavailable: 0, maxSurge: most } : { maxUnavailable: most, maxSurge: 0 }
      for (const look of changes) {
        const pod = podOf(look)
        cache.delete(look.index)
        if (look.isGone) ledger.remove(look.index)
        else {
          cache.set(look.index, pod)
          ledger.put(pod)
        }
        const counted = [...cache.values()].filter(
          ({ status, deletionGraceSeconds }) => deletionGraceSeconds < 0 || status.phase !== WORD.Failed,
        )
        const isUsable = ledger.refresh(SET)
        expect(isUsable).toBe(counted.every(({ node }) => node < NODES))
        if (!isUsable) continue
        const all = surveyed(counted, countsOldUnavailable)
        const deeds = (survey: typeof all) =>
          [...survey.busy()]
            .map(node => [node.name, podsShouldBeOnNode(node, isSurging, VIEWS)] as const)
            .filter(([, { needsPod, failed, succeeded, surplus }]) => {
              return needsPod || failed.length + succeeded.length + surplus.length > 0
            })
        expect(deeds(ledger)).toEqual(deeds(all))
        expect(ledger.update(limits)).toEqual(all.update(limits))
        expect(ledger.desired).toBe(all.desired)
        expect(Object.entries(ledger.status(SET, 3))).toEqual(Object.entries(all.status(SET, 3)))
      }
    },
  )
})
