import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { condition, type PodVersion, TRUTH, WORD } from '../../../src/cluster/contract/index.js'
import { getPodsToDelete } from '../../../src/cluster/controllers/rank-pods.js'

/** What the ranking looks at of a pod. */
interface PodWords {
  readonly uid: string
  readonly node?: number
  readonly phase?: 'Pending' | 'Unknown' | 'Running'
  /** Whole seconds; absent: not ready. */
  readonly readySince?: number
  readonly cost?: string
  readonly restarts?: number
  readonly sidecarRestarts?: number
  readonly created?: number
}

function podOf(words: PodWords): PodVersion {
  const { uid, node = 0, phase = 'Running', readySince, cost, restarts = 0, sidecarRestarts = 0, created = 0 } = words
  const ready = readySince === undefined ? [] : [condition(WORD.Ready, TRUTH.True, 0, 0, readySince)]
  const annotations = cost === undefined ? {} : { 'controller.kubernetes.io/pod-deletion-cost': cost }
  return {
    identity: { uid, index: 0 },
    node,
    creationSeconds: created,
    deletionGraceSeconds: -1,
    spec: { object: { metadata: { annotations } } },
    status: {
      phase: WORD[phase],
      conditions: ready,
      containers: [{ restarts }],
      initContainers: [{ restarts: sidecarRestarts, container: { role: 'sidecar' } }],
    },
  } as unknown as PodVersion
}

const NOW = 100_000

/** The order in which pods would go; the last one stays. */
function order(...pods: readonly PodWords[]): string {
  const versions = pods.map(podOf)
  const gone = getPodsToDelete(versions, versions, versions.length - 1, NOW)
  return [...gone, ...versions.filter(each => !gone.includes(each))].map(({ identity }) => identity.uid).join(' ')
}

describe('which pods go first (RS-2)', () => {
  test('those without a node, then those that do not run yet, then those that are not ready', () => {
    expect(
      order(
        { uid: 'ready', readySince: 1 },
        { uid: 'unready' },
        { uid: 'unknown', phase: 'Unknown' },
        { uid: 'pending', phase: 'Pending' },
        { uid: 'unassigned', node: -1, readySince: 1 },
      ),
    ).toBe('unassigned pending unknown unready ready')
  })

  test('those that cost least; what is no number costs nothing', () => {
    expect(order({ uid: 'dear', cost: '5' }, { uid: 'wrong', cost: '+7' }, { uid: 'cheap', cost: '-10' })).toBe(
      'cheap wrong dear',
    )
  })

  test('those that share their node with most others', () => {
    expect(order({ uid: 'alone', node: 1 }, { uid: 'a', node: 0 }, { uid: 'b', node: 0 })).toBe('a b alone')
  })

  test('those that were ready for a shorter time, by powers of two; of equals the smaller UID', () => {
    expect(order({ uid: 'long', readySince: 10 }, { uid: 'short', readySince: 95 })).toBe('short long')
    expect(order({ uid: 'b', readySince: 70 }, { uid: 'a', readySince: 75 })).toBe('a b')
    expect(order({ uid: 'b', readySince: 70, restarts: 9 }, { uid: 'a', readySince: 75 })).toBe('a b')
  })

  test('those that restarted more often, sidecars last, then the newer', () => {
    expect(order({ uid: 'calm', readySince: 5 }, { uid: 'restless', readySince: 5, restarts: 2 })).toBe('restless calm')
    expect(order({ uid: 'calm', readySince: 5 }, { uid: 'restless', readySince: 5, sidecarRestarts: 1 })).toBe(
      'restless calm',
    )
    expect(order({ uid: 'old', created: 1 }, { uid: 'new', created: 96 })).toBe('new old')
  })

  const words = fc.record({
    uid: fc.uuid(),
    node: fc.integer({ min: -1, max: 2 }),
    phase: fc.constantFrom('Pending' as const, 'Running' as const),
    readySince: fc.integer({ min: 0, max: 99 }),
    created: fc.integer({ min: 0, max: 99 }),
  })
  property.prop([fc.uniqueArray(words, { selector: each => each.uid, maxLength: 8 }), fc.nat(8), fc.nat(1000)])(
    'the order in which pods are given decides nothing between pods that differ',
    (pods, count, seed) => {
      const versions = pods.map(podOf)
      const shuffled = versions.toSorted(
        (a, b) => ((a.identity.uid.charCodeAt(0) * seed) % 7) - ((b.identity.uid.charCodeAt(0) * seed) % 7),
      )
      const key = ({ node, status, creationSeconds }: PodVersion): string =>
        JSON.stringify([node, status, creationSeconds])
      const chosen = (list: readonly PodVersion[]): string[] => getPodsToDelete(list, list, count, NOW).map(key).sort()
      expect(chosen(shuffled)).toEqual(chosen(versions))
    },
  )
})
