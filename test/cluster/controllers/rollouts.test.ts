import { describe, expect, test } from 'vitest'
import { Runner } from '../../../src/cluster/index.js'
import type { Deployment, ReplicaSet } from '../../../src/model/index.js'
import { type BehaviourRule, DEFAULT_BEHAVIOUR, type Plan, type Step } from '../../../src/scenario/index.js'
import type { Trace } from '../../../src/trace/index.js'
import { plan } from '../plans.js'
import {
  countsOver,
  deployment,
  isPodReady,
  messagesOf,
  ownerAt,
  ownersAt,
  patchSpec,
  podsAt,
  runWorkloads,
  setImage,
} from '../workloads.js'

const readyAfter = (ms: number): BehaviourRule => ({
  target: { container: 'app' },
  behaviour: {
    readiness: [
      [
        { from: 0, result: 'failure' },
        { from: ms, result: 'success' },
      ],
    ],
  },
})

const probed = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [{ name: 'app', image, readinessProbe: { exec: { command: ['ready'] }, periodSeconds: 1 } }],
  },
})

const web = (trace: Trace, time: number): Deployment => ownerAt<Deployment>(trace, time, 'Deployment', 'web')!
const progressing = (trace: Trace, time: number): string => {
  const condition = web(trace, time).status?.conditions?.find(({ type }) => type === 'Progressing')
  return `${condition?.status} ${condition?.reason}`
}
const scalings = (trace: Trace): readonly string[] =>
  messagesOf(trace, 'Deployment').map(text => text.replace(/web-\w+/, set => names(trace)[set] ?? set))

/** ReplicaSets by the order in which they came. */
function names(trace: Trace): Readonly<Record<string, string>> {
  const sets = [...trace.objects.values()].filter(({ kind }) => kind === 'ReplicaSet')
  return Object.fromEntries(sets.map(({ name }, i) => [name, `#${i + 1}`]))
}

describe('a rolling update', () => {
  const trace = runWorkloads([deployment({ template: probed('app:1') })], {
    rules: [readyAfter(4000)],
    steps: [setImage(20_000, 'app:2')],
  })

  test('goes one pod up, one pod down, as long as enough are available (DP-9)', () => {
    expect(scalings(trace)).toMatchInlineSnapshot(`
      [
        "ScalingReplicaSet: Scaled up replica set #1 from 0 to 3",
        "ScalingReplicaSet: Scaled up replica set #2 from 0 to 1",
        "ScalingReplicaSet: Scaled down replica set #1 from 3 to 2",
        "ScalingReplicaSet: Scaled up replica set #2 from 1 to 2",
        "ScalingReplicaSet: Scaled down replica set #1 from 2 to 1",
        "ScalingReplicaSet: Scaled up replica set #2 from 2 to 3",
        "ScalingReplicaSet: Scaled down replica set #1 from 1 to 0",
      ]
    `)
  })

  test('never has fewer ready pods than it may, nor more pods than the surge allows', () => {
    const ready = countsOver(trace, isPodReady).filter(([time]) => time > 15_000)
    const alive = countsOver(trace, ({ metadata }) => metadata.deletionTimestamp === undefined)
    expect(Math.min(...ready.map(([, count]) => count))).toBeGreaterThanOrEqual(3)
    expect(Math.max(...alive.map(([, count]) => count))).toBe(4)
  })

  test('ends complete, with two revisions and a quiet cluster', () => {
    expect(trace.outcome).toBe('quiescent')
    expect(web(trace, trace.end).status).toMatchObject({ replicas: 3, updatedReplicas: 3, availableReplicas: 3 })
    expect(progressing(trace, trace.end)).toBe('True NewReplicaSetAvailable')
    const sets = Object.values(ownersAt(trace, trace.end)).filter(
      (each): each is ReplicaSet => each.kind === 'ReplicaSet',
    )
    expect(
      sets.map(({ spec, metadata }) => [metadata.annotations?.['deployment.kubernetes.io/revision'], spec.replicas]),
    ).toEqual([
      ['1', 0],
      ['2', 3],
    ])
  })
})

test('the first pods of a Deployment come at once, and its events say from 0 (DP-15)', () => {
  const trace = runWorkloads([deployment()])
  expect(scalings(trace)).toEqual(['ScalingReplicaSet: Scaled up replica set #1 from 0 to 3'])
  expect(scalings(runWorkloads([deployment()], { controllers: '1.26' }))).toEqual([
    'ScalingReplicaSet: Scaled up replica set #1 to 3',
  ])
  expect(podsAt(trace, 0)).toHaveLength(3)
})

describe('Recreate', () => {
  const trace = runWorkloads([deployment({ strategy: { type: 'Recreate' } })], {
    rules: [{ target: { container: 'app' }, behaviour: { onTerm: { exitAfter: 3000, exitCode: 0 } } }],
    steps: [setImage(20_000, 'app:2')],
  })

  test('makes nothing new while anything old is there, terminating pods included (DP-11)', () => {
    const imagesOver = new Set<string>()
    for (let time = 20_000; time < 40_000; time += 50) {
      imagesOver.add([...new Set(podsAt(trace, time).map(({ spec }) => spec.containers[0].image))].join(' '))
    }
    expect([...imagesOver]).toEqual(['app:1', '', 'app:2'].filter(each => imagesOver.has(each)))
    expect(imagesOver.has('app:1 app:2')).toBe(false)
    expect(podsAt(trace, trace.end).map(({ spec }) => spec.containers[0].image)).toEqual(['app:2', 'app:2', 'app:2'])
  })

  test('has no new revision before the new ReplicaSet is made (DP-4)', () => {
    const revision = (time: number): string | undefined =>
      web(trace, time).metadata.annotations?.['deployment.kubernetes.io/revision']
    expect([revision(21_000), revision(trace.end)]).toEqual(['1', '2'])
    expect(progressing(trace, 21_000)).toBe('True NewReplicaSetAvailable')
  })
})

describe('pausing', () => {
  const trace = runWorkloads([deployment()], {
    steps: [
      patchSpec(10_000, { paused: true }),
      setImage(12_000, 'app:2'),
      patchSpec(14_000, { replicas: 5 }),
      patchSpec(20_000, { paused: null }),
    ],
  })

  test('holds a new template back, but not a new size (DP-16)', () => {
    expect(progressing(trace, 19_000)).toBe('Unknown DeploymentPaused')
    const pods = podsAt(trace, 19_000)
    expect(pods.map(({ spec }) => spec.containers[0].image)).toEqual(Array(5).fill('app:1'))
  })

  test('ends with the rollout', () => {
    expect(podsAt(trace, trace.end).map(({ spec }) => spec.containers[0].image)).toEqual(Array(5).fill('app:2'))
    expect(progressing(trace, trace.end)).toBe('True NewReplicaSetAvailable')
  })
})

test('a template that comes back takes its old ReplicaSet up again, with a new revision (DP-4, DP-17)', () => {
  const trace = runWorkloads([deployment()], { steps: [setImage(20_000, 'app:2'), setImage(60_000, 'app:1')] })
  const sets = Object.values(ownersAt(trace, trace.end)).filter(({ kind }) => kind === 'ReplicaSet')
  expect(sets).toHaveLength(2)
  expect(sets[0].metadata.annotations).toMatchObject({
    'deployment.kubernetes.io/revision': '3',
    'deployment.kubernetes.io/revision-history': '1',
  })
  expect(web(trace, trace.end).metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '3' })
})

test('old ReplicaSets beyond the history limit go, the lowest revision first (DP-12)', () => {
  const steps = [2, 3, 4].map(n => setImage(n * 20_000, `app:${n}`))
  const trace = runWorkloads([deployment({ revisionHistoryLimit: 1 })], { steps })
  const left = Object.values(ownersAt(trace, trace.end)).filter(({ kind }) => kind === 'ReplicaSet')
  expect(left.map(({ metadata }) => metadata.annotations?.['deployment.kubernetes.io/revision'])).toEqual(['3', '4'])
})

test('a rollout that does not move for its deadline says so, and goes on all the same (DP-14)', () => {
  const trace = runWorkloads([deployment({ progressDeadlineSeconds: 30 })], {
    steps: [setImage(20_000, 'bad:1'), setImage(80_000, 'app:1')],
    images: { 'bad:1': { ...DEFAULT_BEHAVIOUR.image, alwaysFails: 'no such image' } },
  })
  expect(progressing(trace, 50_000)).toBe('True ReplicaSetUpdated')
  expect(progressing(trace, 52_000)).toBe('False ProgressDeadlineExceeded')
  expect(web(trace, 79_000).status).toMatchObject({ availableReplicas: 3, updatedReplicas: 1 })
  expect(progressing(trace, trace.end)).toBe('True NewReplicaSetAvailable')
  expect(trace.outcome).toBe('quiescent')
})

test('minReadySeconds holds every step back until the new pod was ready for so long (C-5, DP-19)', () => {
  const trace = runWorkloads([deployment({ replicas: 1, minReadySeconds: 10 })], { steps: [setImage(30_000, 'app:2')] })
  const [, deleted] = countsOver(trace, ({ metadata, spec }) => {
    return metadata.deletionTimestamp === undefined && spec.containers[0].image === 'app:1'
  }).toReversed()
  const gone = countsOver(trace, ({ metadata, spec }) => {
    return metadata.deletionTimestamp === undefined && spec.containers[0].image === 'app:1'
  }).at(-1)
  expect(deleted[1]).toBe(1)
  // Ready at 31 s or so, by timestamps of whole seconds available up to a second early.
  expect(gone?.[0]).toBeGreaterThan(40_000)
  expect(gone?.[0]).toBeLessThan(42_500)
})

test('scaling in the middle of a rollout shares the pods out (DP-10)', () => {
  const trace = runWorkloads([deployment({ replicas: 10, template: probed('app:1') })], {
    rules: [readyAfter(4000)],
    steps: [setImage(20_000, 'bad:1'), patchSpec(30_000, { replicas: 20 })],
    images: { 'bad:1': { ...DEFAULT_BEHAVIOUR.image, alwaysFails: 'no such image' } },
    horizon: 40_000,
  })
  const sizes = Object.values(ownersAt(trace, 39_000)).filter((each): each is ReplicaSet => each.kind === 'ReplicaSet')
  expect(sizes.reduce((sum, { spec }) => sum + (spec.replicas ?? 0), 0)).toBe(25)
})

describe('deleting a Deployment', () => {
  const deleted = (propagationPolicy: 'Background' | 'Foreground' | 'Orphan'): Trace =>
    runWorkloads([deployment()], {
      rules: [{ target: { container: 'app' }, behaviour: { onTerm: { exitAfter: 3000, exitCode: 0 } } }],
      steps: [{ at: 20_000, do: 'deleteObject', object: 'Deployment/default/web', propagationPolicy }],
    })

  test('in the background takes it at once, its ReplicaSet and pods after it (DEL-11)', () => {
    const trace = deleted('Background')
    expect(ownersAt(trace, 20_000)).toEqual({})
    expect(podsAt(trace, 21_000).every(({ metadata }) => metadata.deletionTimestamp !== undefined)).toBe(true)
    expect(podsAt(trace, trace.end)).toEqual([])
    expect(messagesOf(trace, 'ReplicaSet').filter(text => text.startsWith('SuccessfulDelete'))).toEqual([])
  })

  test('in the foreground keeps both until the last pod is gone (DEL-9, DEL-10)', () => {
    const trace = deleted('Foreground')
    const during = ownersAt(trace, 22_000)
    expect(Object.keys(during)).toHaveLength(2)
    expect(Object.values(during).map(({ metadata }) => [metadata.finalizers, metadata.generation])).toEqual([
      [['foregroundDeletion'], 2],
      [['foregroundDeletion'], 2],
    ])
    expect(podsAt(trace, 22_000)).toHaveLength(3)
    expect(ownersAt(trace, trace.end)).toEqual({})
    expect(podsAt(trace, trace.end)).toEqual([])
  })

  test('alone leaves the ReplicaSet and its pods as orphans (DEL-9)', () => {
    const trace = deleted('Orphan')
    const left = Object.values(ownersAt(trace, trace.end))
    expect(left.map(({ kind, metadata }) => [kind, metadata.ownerReferences])).toEqual([['ReplicaSet', undefined]])
    expect(podsAt(trace, trace.end)).toHaveLength(3)
  })
})

describe('a run with controllers', () => {
  const steps: Step[] = [setImage(20_000, 'app:2'), patchSpec(22_000, { replicas: 5 })]
  const workloads = [{ object: deployment({ template: probed('app:1') }), createdAt: 0 }]
  const scenario: Plan = plan([], { workloads, behaviours: { rules: [readyAfter(4000)] }, steps })

  test('is the same each time, from a runner that ran something else before too', () => {
    const runner = new Runner(scenario)
    const first = [runner.run().digest, runner.run({ seed: 3 }).digest]
    expect([runner.run().digest, runner.run({ seed: 3 }).digest]).toEqual(first)
    expect(new Runner(scenario).run({ seed: 3 }).digest).toBe(first[1])
    expect(first[0]).not.toBe(first[1])
  })

  test('is replayed by its recipe', () => {
    const seeded = runWorkloads([workloads[0].object], { rules: [readyAfter(4000)], steps }, { seed: 11 })
    const replayed = runWorkloads(
      [workloads[0].object],
      { rules: [readyAfter(4000)], steps },
      { recipe: seeded.header.recipe },
    )
    expect(replayed.digest).toBe(seeded.digest)
  })

  test.each([1, 2, 3, 4, 5, 6])('keeps what it promises with seed %i', seed => {
    const trace = runWorkloads([workloads[0].object], { rules: [readyAfter(4000)], steps: steps.slice(0, 1) }, { seed })
    const ready = countsOver(trace, isPodReady).filter(([time]) => time > 15_000)
    expect(Math.min(...ready.map(([, count]) => count))).toBeGreaterThanOrEqual(3)
    expect(web(trace, trace.end).status).toMatchObject({ updatedReplicas: 3, availableReplicas: 3 })
  })
})
