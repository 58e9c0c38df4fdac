import { describe, expect, test } from 'vitest'
import { Runner } from '../../../src/cluster/index.js'
import type { DaemonSet } from '../../../src/model/index.js'
import { type BehaviourRule, createNode, type Step } from '../../../src/scenario/index.js'
import { eventsAt, ROW, type Trace } from '../../../src/trace/index.js'
import { plan } from '../plans.js'
import {
  countsOver,
  daemonSet,
  isPodReady,
  ownerAt,
  ownersAt,
  podsAt,
  probedTemplate,
  runWorkloads,
  setImage,
} from '../workloads.js'

const NODES = ['a', 'b', 'c'].map(name => createNode({ name }))
const READY: BehaviourRule = {
  target: { container: 'app' },
  behaviour: {
    readiness: [
      [
        { from: 0, result: 'failure' },
        { from: 4000, result: 'success' },
      ],
    ],
    onTerm: { exitAfter: 2000, exitCode: 0 },
  },
}

const update = (at: number, image: string): Step => setImage(at, image, 'DaemonSet/default/web')
const runSet = (spec: Partial<DaemonSet['spec']> = {}, changes: Parameters<typeof runWorkloads>[1] = {}): Trace =>
  runWorkloads([daemonSet(spec)], { nodes: NODES, rules: [READY], ...changes })

const web = (trace: Trace, time = trace.end): DaemonSet => ownerAt<DaemonSet>(trace, time, 'DaemonSet', 'web')!
/** `a=app:1`, by node. */
const images = (trace: Trace, time = trace.end): string =>
  podsAt(trace, time)
    .map(({ spec }) => `${spec.nodeName}=${spec.containers[0].image}`)
    .sort()
    .join(' ')
/** The fewest ready pods, and the most pods on any node, after an update began. */
const worst = (trace: Trace, from: number): { readonly ready: number; readonly alive: number } => {
  const after = (counts: readonly (readonly [number, number])[]): number[] =>
    counts.flatMap(([time, count]) => (time > from ? [count] : []))
  const alive = countsOver(trace, ({ metadata }) => metadata.deletionTimestamp === undefined)
  return { ready: Math.min(...after(countsOver(trace, isPodReady))), alive: Math.max(...after(alive)) }
}

describe('a DaemonSet', () => {
  const nodes = [
    createNode({ name: 'plain' }),
    createNode({ name: 'tainted', taints: [{ key: 'only', value: 'db', effect: 'NoSchedule' }] }),
    createNode({ name: 'other', labels: { disk: 'slow' } }),
    createNode({ name: 'fast', labels: { disk: 'fast' } }),
  ]

  test('has a pod on each node that its pods tolerate (DS-1)', () => {
    expect(images(runSet({}, { nodes }))).toBe('fast=app:1 other=app:1 plain=app:1')
    const template = probedTemplate('app:1')
    const picky = { ...template, spec: { ...template.spec, nodeSelector: { disk: 'fast' } } }
    expect(images(runSet({ template: picky }, { nodes }))).toBe('fast=app:1')
    const tolerant = { ...template, spec: { ...template.spec, tolerations: [{ operator: 'Exists' as const }] } }
    expect(images(runSet({ template: tolerant }, { nodes }))).toBe('fast=app:1 other=app:1 plain=app:1 tainted=app:1')
  })

  test('holds each pod to its node and lets it stay there (DS-2, DS-3)', () => {
    const [pod] = podsAt(runSet({}, { nodes: [createNode({ name: 'a' })] }), 1000)
    expect(pod.spec.affinity).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }],
        },
      },
    })
    expect(pod.spec.tolerations?.map(({ key, effect }) => `${key}:${effect}`)).toContain(
      'node.kubernetes.io/unschedulable:NoSchedule',
    )
    expect(pod.metadata).toMatchObject({ generateName: 'web-', labels: { 'pod-template-generation': '1' } })
  })

  test('says how many nodes it is for and how many have it (DS-6)', () => {
    const trace = runSet({ minReadySeconds: 10 }, { nodes })
    expect(web(trace, 6000).status).toMatchInlineSnapshot(`
      {
        "currentNumberScheduled": 3,
        "desiredNumberScheduled": 3,
        "numberMisscheduled": 0,
        "numberReady": 3,
        "numberUnavailable": 3,
        "observedGeneration": 1,
        "updatedNumberScheduled": 3,
      }
    `)
    expect(web(trace).status).toMatchInlineSnapshot(`
      {
        "currentNumberScheduled": 3,
        "desiredNumberScheduled": 3,
        "numberAvailable": 3,
        "numberMisscheduled": 0,
        "numberReady": 3,
        "observedGeneration": 1,
        "updatedNumberScheduled": 3,
      }
    `)
  })

  test('does not mind that a node is cordoned', () => {
    const steps: readonly Step[] = [
      { at: 20_000, do: 'cordon', node: 'a' },
      { at: 30_000, do: 'uncordon', node: 'a' },
    ]
    const trace = runSet({}, { steps })
    expect(images(trace, 25_000)).toBe('a=app:1 b=app:1 c=app:1')
    expect(trace.outcome).toBe('quiescent')
  })

  test('puts a pod where one was deleted, once it has ended', () => {
    const before = runSet()
    const [{ metadata }] = podsAt(before, 10_000)
    const trace = runSet({}, { steps: [{ at: 20_000, do: 'delete', pod: `default/${metadata.name}` }] })
    expect(images(trace)).toBe('a=app:1 b=app:1 c=app:1')
    expect(podsAt(trace, trace.end).map(({ metadata }) => metadata.name)).not.toContain(metadata.name)
  })
})

describe('an update of a DaemonSet', () => {
  const steps = [update(20_000, 'app:2')]
  const surging = (maxSurge: number | string) =>
    ({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge } } }) as const

  test('frees one node at a time, in the order of their names', () => {
    const trace = runSet({}, { steps })
    expect(images(trace, 25_000)).toBe('a=app:2 b=app:1 c=app:1')
    expect(images(trace)).toBe('a=app:2 b=app:2 c=app:2')
    expect(worst(trace, 19_000)).toEqual({ ready: 2, alive: 3 })
    expect(web(trace).status).toMatchObject({ updatedNumberScheduled: 3, numberAvailable: 3, observedGeneration: 2 })
  })

  test('frees as many as may be unavailable', () => {
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } } as const
    expect(worst(runSet({ updateStrategy: strategy }, { steps }), 19_000).ready).toBe(0)
  })

  test('puts the new pod beside the old one where it surges, so that no node goes without', () => {
    const trace = runSet(surging(1), { steps })
    expect(images(trace, 22_000)).toBe('a=app:1 a=app:2 b=app:1 c=app:1')
    expect(worst(trace, 19_000)).toEqual({ ready: 3, alive: 4 })
    expect(images(trace)).toBe('a=app:2 b=app:2 c=app:2')
    expect(worst(runSet(surging('60%'), { steps }), 19_000)).toEqual({ ready: 3, alive: 5 })
  })

  test('is left to whoever deletes pods where the strategy is OnDelete', () => {
    const [{ metadata }] = podsAt(runSet({ updateStrategy: { type: 'OnDelete' } }), 10_000)
    const remove: Step = { at: 40_000, do: 'delete', pod: `default/${metadata.name}` }
    const trace = runSet({ updateStrategy: { type: 'OnDelete' } }, { steps: [...steps, remove] })
    expect(images(trace, 39_000)).toBe('a=app:1 b=app:1 c=app:1')
    expect(images(trace)).toBe('a=app:2 b=app:1 c=app:1')
  })

  test('that is taken back gives the old revision a new number', () => {
    const trace = runSet({}, { steps: [...steps, update(60_000, 'app:1')] })
    const revisions = Object.values(ownersAt(trace, trace.end)).flatMap(each =>
      each.kind === 'ControllerRevision' ? [each.revision] : [],
    )
    expect(revisions.sort()).toEqual([2, 3])
    expect(images(trace)).toBe('a=app:1 b=app:1 c=app:1')
  })

  test('waits in 1.26 until the old pod is gone, since 1.28 only until it has ended', () => {
    const freed = (trace: Trace): number =>
      countsOver(trace, ({ spec }) => spec.containers[0].image === 'app:2').find(([, count]) => count > 0)?.[0] ?? -1
    expect(freed(runSet({}, { steps }))).toBeLessThan(freed(runSet({}, { steps, controllers: '1.26' })))
  })
})

test('a pod that fails again and again is deleted ever more slowly (DS-4)', () => {
  const template = probedTemplate('app:1')
  const failing = { ...template, spec: { ...template.spec, activeDeadlineSeconds: 2 } }
  const nodes = [createNode({ name: 'a' })]
  const trace = runSet({ template: failing }, { nodes, horizon: 240_000 })
  const events = eventsAt(trace, trace.end).filter(({ reason }) => reason === 'FailedDaemonPod')
  expect(events[0].message).toMatch(/^Found failed daemon pod default\/web-\w{5} on node a, will try to kill it$/)
  const times: number[] = []
  for (let number = 0; number < trace.rows.length; number++) {
    const { kind, a, time } = trace.rows.at(number)
    if (kind === ROW.event && trace.symbols.text(a) === 'FailedDaemonPod') times.push(time)
  }
  const gaps = times.slice(1).map((time, i) => time - times[i])
  for (const [i, gap] of gaps.entries()) expect(gap).toBeGreaterThanOrEqual(1000 * 2 ** i)
  expect(gaps.length).toBeGreaterThan(3)
})

test('a DaemonSet that is deleted takes its pods and revisions along', () => {
  const steps: readonly Step[] = [{ at: 20_000, do: 'deleteObject', object: 'DaemonSet/default/web' }]
  const trace = runSet({}, { steps })
  expect([images(trace), Object.keys(ownersAt(trace, trace.end))]).toEqual(['', []])
})

test('is the same each time, whatever the choices', () => {
  const workloads = [{ object: daemonSet(), createdAt: 0 }]
  const behaviours = { rules: [READY] }
  const runner = new Runner(plan([], { workloads, behaviours, nodes: NODES, steps: [update(20_000, 'app:2')] }))
  for (const seed of [1, 2, 3]) expect(runner.run({ seed }).digest).toBe(runner.run({ seed }).digest)
})
