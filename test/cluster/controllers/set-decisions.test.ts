import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { condition, type NodeRecord, type PodVersion, TRUTH, WORD } from '../../../src/cluster/contract/index.js'
import {
  type DaemonViews,
  limitsOf,
  type NodePods,
  podsShouldBeOnNode,
  replaceOld,
  surge,
} from '../../../src/cluster/controllers/daemon-set/decide.js'
import { Placements } from '../../../src/cluster/controllers/daemon-set/placements.js'
import { slowStart } from '../../../src/cluster/controllers/slow-start.js'
import {
  decideCondemned,
  decideReplica,
  firstUnhealthy,
  isRunningAndReady,
  maxUnavailableOf,
  nextToUpdate,
  type PodViews,
  placesOf,
  severalToUpdate,
} from '../../../src/cluster/controllers/stateful-set/decide.js'
import { parentAndOrdinal } from '../../../src/cluster/controllers/stateful-set/stateful-pods.js'
import { createNode } from '../../../src/scenario/index.js'
import { daemonSet, statefulSet } from '../workloads.js'

/** A pod in a few words: its name, then what is unusual about it. */
type Flaw = 'pending' | 'unready' | 'terminating' | 'failed' | 'succeeded' | 'old'

function podOf(name: string, ...flaws: readonly Flaw[]): PodVersion {
  const has = (flaw: Flaw): boolean => flaws.includes(flaw)
  const phase = has('pending') ? 'Pending' : has('failed') ? 'Failed' : has('succeeded') ? 'Succeeded' : 'Running'
  const isReady = phase === 'Running' && !has('unready')
  return {
    identity: { name, namespace: 'default', uid: name, index: 0 },
    node: 0,
    creationSeconds: 0,
    deletionGraceSeconds: has('terminating') ? 30 : -1,
    spec: { object: { metadata: { labels: { 'controller-revision-hash': has('old') ? 'old' : 'new' } } } },
    status: {
      phase: WORD[phase],
      conditions: isReady ? [condition(WORD.Ready, TRUTH.True, 0, 0, 0)] : [],
    },
  } as unknown as PodVersion
}

const names = (pods: readonly (PodVersion | undefined)[]): readonly string[] =>
  pods.map(pod => pod?.identity.name ?? '-')

const VIEWS: PodViews = {
  isAvailable: isRunningAndReady,
  isHealthy: pod => isRunningAndReady(pod) && pod.deletionGraceSeconds < 0,
}

describe('the places of a StatefulSet', () => {
  test('are its ordinals; what lies beyond them is condemned, the highest first', () => {
    const pods = ['web-4', 'web-2', 'web-0', 'web-7', 'web-x'].map(name => podOf(name))
    const places = placesOf(statefulSet({ ordinals: { start: 2 }, replicas: 3 }), pods)
    expect([names(places.replicas), names(places.condemned)]).toEqual([
      ['web-2', '-', 'web-4'],
      ['web-7', 'web-0'],
    ])
  })

  test('a pod belongs to the set whose name stands before its number', () => {
    expect(parentAndOrdinal('my-web-12')).toEqual({ parent: 'my-web', ordinal: 12 })
    expect(parentAndOrdinal('web')).toBeUndefined()
  })
})

describe('what a StatefulSet does about a replica (SS-3)', () => {
  const deed = (pod: PodVersion | undefined, isOrdered = true): string =>
    decideReplica(pod, isOrdered, 'when gone', VIEWS)

  test('makes one that is missing, and goes on behind one that is ready', () => {
    expect([deed(undefined), deed(podOf('web-0'))]).toEqual(['create', 'pass'])
  })

  test('waits for what is not ready or goes, where order counts', () => {
    for (const flaw of ['pending', 'unready', 'terminating'] as const)
      expect([deed(podOf('web-0', flaw)), deed(podOf('web-0', flaw), false)]).toEqual(['wait', 'pass'])
  })

  test('deletes what has ended once, and waits until it is gone', () => {
    for (const flaw of ['failed', 'succeeded'] as const)
      expect([deed(podOf('web-0', flaw)), deed(podOf('web-0', flaw, 'terminating'))]).toEqual(['delete', 'wait'])
  })

  test('of 1.26 made a failed pod again at once, and left one that succeeded', () => {
    const of126 = (pod: PodVersion): string => decideReplica(pod, true, 'at once', VIEWS)
    expect(of126(podOf('web-0', 'failed', 'terminating'))).toBe('recreate')
    expect(of126(podOf('web-0', 'succeeded'))).toBe('wait')
  })
})

describe('which pods a StatefulSet takes away', () => {
  test('an unhealthy one only if it is the first unhealthy one (SS-4)', () => {
    const sick = podOf('web-2', 'unready')
    const other = podOf('web-1', 'unready')
    const places = { replicas: [podOf('web-0')], condemned: [sick, other] }
    expect(firstUnhealthy(places, VIEWS)).toBe(other)
    expect(decideCondemned(sick, true, other, VIEWS)).toBe('wait')
    expect(decideCondemned(other, true, other, VIEWS)).toBe('delete')
    expect(decideCondemned(sick, false, other, VIEWS)).toBe('delete')
    expect(decideCondemned(podOf('web-3', 'terminating'), true, other, VIEWS)).toBe('wait')
    expect(firstUnhealthy({ replicas: [undefined], condemned: [] }, VIEWS)).toBe('missing')
  })

  test('in an update the highest old one, unless one above it is unhealthy (SS-5)', () => {
    const next = (partition: number, ...replicas: (PodVersion | undefined)[]): string | undefined =>
      nextToUpdate(replicas, partition, 'new', VIEWS)?.identity.name
    expect(next(0, podOf('web-0', 'old'), podOf('web-1', 'old'), podOf('web-2'))).toBe('web-1')
    expect(next(0, podOf('web-0', 'old'), podOf('web-1', 'unready'))).toBeUndefined()
    expect(next(0, podOf('web-0', 'old'), podOf('web-1', 'old', 'terminating'))).toBeUndefined()
    expect(next(0, podOf('web-0', 'old'), undefined)).toBeUndefined()
    expect(next(0, podOf('web-0', 'old'), podOf('web-1', 'old', 'unready'))).toBe('web-1')
    expect(next(1, podOf('web-0', 'old'), podOf('web-1'))).toBeUndefined()
  })

  test('as many as may be unavailable, where that counts (SS-7)', () => {
    const replicas = [podOf('web-0', 'old'), podOf('web-1', 'old'), podOf('web-2', 'old'), podOf('web-3', 'unready')]
    const several = (most: number, partition = 0): readonly string[] =>
      names(severalToUpdate(replicas, partition, 'new', most, VIEWS))
    expect([several(1), several(2), several(3), several(9, 1)]).toEqual([
      [],
      ['web-2'],
      ['web-2', 'web-1'],
      ['web-2', 'web-1'],
    ])
    const share = (maxUnavailable: number | string): number =>
      maxUnavailableOf(statefulSet({ replicas: 5, updateStrategy: { rollingUpdate: { maxUnavailable } } }))
    expect([share(2), share('50%'), share('10%')]).toEqual([2, 2, 1])
  })
})

property.prop({ count: fc.nat(40), bad: fc.nat(40) })(
  'a slow start ends after the batch in which something failed (C-3)',
  ({ count, bad }) => {
    const items = Array.from({ length: count }, (_, i) => i)
    const { failures, skipped } = slowStart(items, item => (item >= bad ? item : undefined))
    // Batches end at 1, 3, 7, 15 …
    const end = Math.min(count, 2 ** Math.ceil(Math.log2(bad + 2)) - 1)
    expect({ failures, skipped }).toEqual({ failures: items.slice(bad, end), skipped: bad >= count ? 0 : count - end })
  },
)

test('a slow start takes no more at once than it may', () => {
  const batchesUntil = (bad: number): number =>
    20 - slowStart(Array(20).fill(0), (_, i) => i === bad || undefined, 3).skipped
  expect([0, 1, 3, 6, 9].map(batchesUntil)).toEqual([1, 3, 6, 9, 12])
})

const RUNS = { shouldRun: true, shouldContinue: true }
const DAEMON: DaemonViews = { hash: 'new', isAvailable: isRunningAndReady }
const on = (name: string, ...pods: PodVersion[]): NodePods => ({ name, placement: RUNS, pods })

describe('what a DaemonSet does on a node (DS-4)', () => {
  const deeds = (node: NodePods, isSurging = false): string => {
    const { needsPod, failed, succeeded, surplus } = podsShouldBeOnNode(node, isSurging, DAEMON)
    return [needsPod ? 'needs' : '', ...names([...failed, ...succeeded, ...surplus])].filter(Boolean).join(' ')
  }

  test('a pod where there is none', () => {
    expect([deeds(on('a')), deeds(on('a', podOf('p'))), deeds(on('a', podOf('p', 'terminating')))]).toEqual([
      'needs',
      '',
      '',
    ])
  })

  test('what has ended and what is too many goes', () => {
    expect(deeds(on('a', podOf('p', 'failed'), podOf('q', 'succeeded'), podOf('r')))).toBe('p q')
    expect(deeds(on('a', podOf('p'), podOf('q'), podOf('r', 'terminating')))).toBe('q')
  })

  test('a taint of effect NoSchedule leaves what is there, any other drives it away', () => {
    const stays = { shouldRun: false, shouldContinue: true }
    const goes = { shouldRun: false, shouldContinue: false }
    expect(deeds({ name: 'a', placement: stays, pods: [] })).toBe('')
    expect(deeds({ name: 'a', placement: stays, pods: [podOf('p')] })).toBe('')
    expect(deeds({ name: 'a', placement: goes, pods: [podOf('p'), podOf('q', 'terminating')] })).toBe('p')
  })

  test('of a node that is gone, pods that never got there go', () => {
    const waiting = { ...podOf('p', 'pending'), node: -1 }
    expect(deeds({ name: 'gone', placement: undefined, pods: [waiting, podOf('q')] })).toBe('p')
  })

  test('an old pod beside a new one stays until the new one is available, where updates surge', () => {
    expect(deeds(on('a', podOf('p', 'old'), podOf('q', 'unready')), true)).toBe('')
    expect(deeds(on('a', podOf('p', 'old'), podOf('q')), true)).toBe('p')
    expect(deeds(on('a', podOf('p', 'old', 'unready'), podOf('q', 'unready')), true)).toBe('p')
  })
})

describe('the next steps of a DaemonSet’s update (DS-5)', () => {
  const limits = (maxUnavailable: number, maxSurge = 0) => ({ maxUnavailable, maxSurge })

  test('percentages of the nodes are rounded up, and one pod may always be unavailable', () => {
    const of = (maxUnavailable: number | string, maxSurge: number | string = 0) =>
      limitsOf(daemonSet({ updateStrategy: { rollingUpdate: { maxUnavailable, maxSurge } } }), 10)
    expect([of('25%'), of(0), of(0, '1%')]).toEqual([limits(3), limits(1), limits(0, 1)])
  })

  test('old pods make way up to the limit; pods that are missing or unavailable count', () => {
    const nodes = [on('a', podOf('p', 'old')), on('b', podOf('q', 'old')), on('c', podOf('r', 'unready')), on('d')]
    const gone = (most: number): readonly string[] => names(replaceOld(nodes, limits(most), true, DAEMON).toDelete)
    expect([gone(2), gone(3), gone(9)]).toEqual([[], ['p'], ['p', 'q']])
  })

  test('an old pod that is unavailable goes at once, and counts since 1.31', () => {
    const nodes = [on('a', podOf('p', 'old', 'unready')), on('b', podOf('q', 'old'))]
    const gone = (counts: boolean): readonly string[] => names(replaceOld(nodes, limits(1), counts, DAEMON).toDelete)
    expect([gone(true), gone(false)]).toEqual([['p'], ['p', 'q']])
  })

  test('new pods come beside old ones, and these go when the new ones are available', () => {
    const nodes = [
      on('a', podOf('p', 'old'), podOf('q')),
      on('b', podOf('r', 'old'), podOf('s', 'unready')),
      on('c', podOf('t', 'old')),
      on('d', podOf('u', 'old', 'unready')),
      on('e', podOf('v', 'old')),
    ]
    const { toDelete, newOn } = surge(nodes, limits(0, 2), DAEMON)
    expect([names(toDelete), newOn]).toEqual([['p'], ['d', 'c']])
  })
})

describe('where a DaemonSet may run', () => {
  const recordOf = (name: string, taints: readonly { key: string; effect: 'NoSchedule' | 'NoExecute' }[] = []) =>
    ({ name, object: createNode({ name, taints }) }) as unknown as NodeRecord
  const version = { path: 7, object: daemonSet() }

  test('is told anew when a node changes so that it matters, or a node comes', () => {
    const nodes = [recordOf('a'), recordOf('b')]
    const placements = new Placements({ nodes })
    const runsOn = (): readonly string[] =>
      [...placements.of(version)].flatMap(([name, { shouldRun }]) => (shouldRun ? [name] : []))
    expect(runsOn()).toEqual(['a', 'b'])
    expect(placements.changedBy(recordOf('b'))).toEqual([])
    const tainted = recordOf('b', [{ key: 'full', effect: 'NoSchedule' }])
    nodes[1] = tainted
    expect(placements.changedBy(tainted)).toEqual([version.path])
    expect(runsOn()).toEqual(['a'])
    nodes.push(recordOf('c'))
    expect(placements.changedBy(nodes[2])).toEqual([version.path])
    expect(placements.changedBy(undefined)).toEqual([])
    expect(runsOn()).toEqual(['a', 'c'])
  })
})
