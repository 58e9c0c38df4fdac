import { describe, expect, test } from 'vitest'
import { Runner } from '../../../src/cluster/index.js'
import type { StatefulSet } from '../../../src/model/index.js'
import { type BehaviourRule, DEFAULT_BEHAVIOUR, type Plan, type Step } from '../../../src/scenario/index.js'
import { eventsAt, ROW, type Trace } from '../../../src/trace/index.js'
import { plan, planPod } from '../plans.js'
import {
  countsOver,
  isPodReady,
  messagesOf,
  ownerAt,
  ownersAt,
  patchSpec,
  podsAt,
  probedTemplate,
  runWorkloads,
  setImage,
  statefulSet,
} from '../workloads.js'

const SET = 'StatefulSet/default/web'

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

const update = (at: number, image: string): Step => setImage(at, image, SET)
const patchSet = (at: number, spec: object): Step => patchSpec(at, spec, SET)
const deletePod = (at: number, name: string): Step => ({ at, do: 'delete', pod: `default/${name}` })
const runSet = (spec: Partial<StatefulSet['spec']> = {}, changes: Parameters<typeof runWorkloads>[1] = {}): Trace =>
  runWorkloads([statefulSet(spec)], { rules: [readyAfter(4000)], ...changes })

const web = (trace: Trace, time = trace.end): StatefulSet => ownerAt<StatefulSet>(trace, time, 'StatefulSet', 'web')!
const names = (trace: Trace, time: number): string =>
  podsAt(trace, time)
    .map(({ metadata }) => metadata.name)
    .sort()
    .join(' ')
/** `web-0=app:1`, by name. */
const images = (trace: Trace, time = trace.end): string =>
  podsAt(trace, time)
    .map(({ metadata, spec }) => `${metadata.name}=${spec.containers[0].image}`)
    .sort()
    .join(' ')
const revisions = (trace: Trace, time = trace.end): number[] =>
  Object.values(ownersAt(trace, time))
    .flatMap(each => (each.kind === 'ControllerRevision' ? [each.revision] : []))
    .sort()

/** The instants at which pods of a name were created, in seconds. */
function creations(trace: Trace): readonly string[] {
  const found: string[] = []
  for (let number = 0; number < trace.rows.length; number++) {
    const row = trace.rows.at(number)
    const object = trace.objects.get(row.object)
    if (row.kind === ROW.created && object?.kind === 'Pod')
      found.push(`${(row.time / 1000).toFixed(0)}s ${object.name}`)
  }
  return found
}

describe('an ordered set', () => {
  const trace = runSet({}, { steps: [patchSet(30_000, { replicas: 1 })] })

  test('starts its pods one after the other, each when the one before is ready (SS-3)', () => {
    expect(creations(trace)).toEqual(['0s web-0', '5s web-1', '9s web-2'])
    const early = countsOver(trace, () => true).filter(([time]) => time < 20_000)
    const ready = countsOver(trace, isPodReady)
    for (const [time, count] of early) expect(count - 1).toBe(ready.findLast(([at]) => at <= time)?.[1] ?? 0)
  })

  test('takes the highest away first, and waits until it is gone (SS-4)', () => {
    expect(names(trace, 30_000)).toBe('web-0 web-1 web-2')
    const gone = podsAt(trace, 30_000).filter(({ metadata }) => metadata.deletionTimestamp !== undefined)
    expect(gone.map(({ metadata }) => metadata.name)).toEqual(['web-2'])
    expect(names(trace, trace.end)).toBe('web-0')
    expect(messagesOf(trace, 'StatefulSet')).toMatchInlineSnapshot(`
      [
        "SuccessfulCreate: create Pod web-0 in StatefulSet web successful",
        "SuccessfulCreate: create Pod web-1 in StatefulSet web successful",
        "SuccessfulCreate: create Pod web-2 in StatefulSet web successful",
        "SuccessfulDelete: delete Pod web-2 in StatefulSet web successful",
        "SuccessfulDelete: delete Pod web-1 in StatefulSet web successful",
      ]
    `)
  })

  test('says how many it has', () => {
    expect(web(trace, 20_000).status).toMatchInlineSnapshot(`
      {
        "availableReplicas": 3,
        "currentReplicas": 3,
        "currentRevision": "web-4f9b5bf784",
        "observedGeneration": 1,
        "readyReplicas": 3,
        "replicas": 3,
        "updateRevision": "web-4f9b5bf784",
        "updatedReplicas": 3,
      }
    `)
  })

  test('goes on only after minReadySeconds', () => {
    expect(creations(runSet({ minReadySeconds: 5 }))).toEqual(['0s web-0', '10s web-1', '20s web-2'])
  })

  test('stands still behind a pod that crashes', () => {
    const crash = { ...DEFAULT_BEHAVIOUR.process, exitAfter: 1000, exitCode: 1 }
    const crashing: BehaviourRule = { target: { kind: 'Pod', name: 'web-1' }, behaviour: { runs: [crash] } }
    const stuck = runSet({}, { rules: [readyAfter(4000), crashing], horizon: 120_000 })
    expect(creations(stuck)).toEqual(['0s web-0', '5s web-1'])
    expect(web(stuck).status).toMatchObject({ replicas: 2, readyReplicas: 1 })
  })
})

test('a pod has the identity of its number (SS-1)', () => {
  const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } }
  const trace = runSet({ replicas: 1, ordinals: { start: 5 }, volumeClaimTemplates: [claim] })
  const [pod] = podsAt(trace, trace.end)
  const { labels, name, generateName } = pod.metadata
  expect({ name, generateName, labels: { ...labels, 'controller-revision-hash': '' } }).toEqual({
    name: 'web-5',
    generateName: undefined,
    labels: {
      app: 'web',
      'apps.kubernetes.io/pod-index': '5',
      'controller-revision-hash': '',
      'statefulset.kubernetes.io/pod-name': 'web-5',
    },
  })
  expect(labels?.['controller-revision-hash']).toBe(web(trace).status?.updateRevision)
  expect(pod.spec).toMatchObject({
    hostname: 'web-5',
    subdomain: 'web',
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-web-5' } }],
  })
  expect(messagesOf(trace, 'StatefulSet')).toEqual([
    'SuccessfulCreate: create Claim data-web-5 Pod web-5 in StatefulSet web success',
    'SuccessfulCreate: create Pod web-5 in StatefulSet web successful',
  ])
})

describe('claims and their retention', () => {
  const claim = { metadata: { name: 'data' }, spec: {} }
  /** For a pod that is scaled away and comes again. */
  const made = (whenScaled: 'Retain' | 'Delete'): { readonly pods: number; readonly claims: number } => {
    const policy = { whenScaled, whenDeleted: 'Retain' as const }
    const spec = { replicas: 2, volumeClaimTemplates: [claim], persistentVolumeClaimRetentionPolicy: policy }
    const steps = [patchSet(30_000, { replicas: 1 }), patchSet(60_000, { replicas: 2 })]
    const trace = runSet(spec, { steps })
    const told = eventsAt(trace, 600_000).filter(({ message }) => message?.includes('Claim data-web-1'))
    return {
      pods: creations(trace).filter(each => each.endsWith(' web-1')).length,
      claims: told.reduce((sum, { count = 1 }) => sum + count, 0),
    }
  }

  test('a claim that is kept serves the next pod of its number', () => {
    expect(made('Retain')).toEqual({ pods: 2, claims: 1 })
  })

  test('one that goes with its pod is made again', () => {
    expect(made('Delete')).toEqual({ pods: 2, claims: 2 })
  })
})

describe('a parallel set', () => {
  test('starts all of its pods at once', () => {
    expect(creations(runSet({ podManagementPolicy: 'Parallel' }))).toEqual(['0s web-0', '0s web-1', '0s web-2'])
  })

  test('heals when a broken template is taken back, where an ordered one waits for somebody to delete the pod (SS-5)', () => {
    const missing = { ...DEFAULT_BEHAVIOUR.image, alwaysFails: 'not found' }
    const changes = { images: { 'bad:1': missing }, steps: [update(30_000, 'bad:1'), update(60_000, 'app:1')] }
    const healed = runSet({ podManagementPolicy: 'Parallel' }, changes)
    expect(images(healed, 50_000)).toBe('web-0=app:1 web-1=app:1 web-2=bad:1')
    expect(images(healed)).toBe('web-0=app:1 web-1=app:1 web-2=app:1')
    const stuck = runSet({}, changes)
    expect(images(stuck)).toBe('web-0=app:1 web-1=app:1 web-2=bad:1')
    const freed = runSet({}, { ...changes, steps: [...changes.steps, deletePod(90_000, 'web-2')] })
    expect(images(freed)).toBe('web-0=app:1 web-1=app:1 web-2=app:1')
    expect(web(freed).status).toMatchObject({ readyReplicas: 3, updatedReplicas: 3 })
  })
})

describe('an update', () => {
  test('goes from the highest pod to the lowest, one at a time, and ends with the new revision as the current one', () => {
    const trace = runSet({}, { steps: [update(30_000, 'app:2')] })
    const deleted = messagesOf(trace, 'StatefulSet').filter(text => text.startsWith('SuccessfulDelete'))
    expect(deleted.map(text => /web-\d/.exec(text)?.[0])).toEqual(['web-2', 'web-1', 'web-0'])
    expect(Math.min(...countsOver(trace, isPodReady).flatMap(([time, n]) => (time > 20_000 ? [n] : [])))).toBe(2)
    const { status } = web(trace)
    expect(status).toMatchObject({ replicas: 3, currentReplicas: 3, updatedReplicas: 3 })
    expect(status?.currentRevision).toBe(status?.updateRevision)
    expect(revisions(trace)).toEqual([1, 2])
  })

  test('leaves the pods below the partition, and makes them of the revision that they had', () => {
    const strategy = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } as const
    const steps = [update(30_000, 'app:2'), deletePod(60_000, 'web-0')]
    const trace = runSet({ updateStrategy: strategy }, { steps })
    expect(images(trace)).toBe('web-0=app:1 web-1=app:1 web-2=app:2')
    expect(web(trace).status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1, readyReplicas: 3 })
    const whole = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } }
    expect(images(runSet({ updateStrategy: strategy }, { steps: [...steps, patchSet(90_000, whole)] }))).toBe(
      'web-0=app:2 web-1=app:2 web-2=app:2',
    )
  })

  test('waits for somebody to delete pods where the strategy is OnDelete (SS-6)', () => {
    const steps = [update(30_000, 'app:2'), deletePod(60_000, 'web-1')]
    const trace = runSet({ updateStrategy: { type: 'OnDelete' } }, { steps })
    expect(images(trace)).toBe('web-0=app:1 web-1=app:2 web-2=app:1')
    expect(web(trace).status).toMatchObject({ updatedReplicas: 1, currentReplicas: 2 })
  })

  test('takes several at a time from 1.35 on, where maxUnavailable counts (SS-7)', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 0, maxUnavailable: 2 } } as const
    const fewest = (kubernetes: string): number => {
      const trace = runSet({ updateStrategy }, { kubernetes, steps: [update(30_000, 'app:2')] })
      expect(images(trace)).toBe('web-0=app:2 web-1=app:2 web-2=app:2')
      return Math.min(...countsOver(trace, isPodReady).flatMap(([time, n]) => (time > 20_000 ? [n] : [])))
    }
    expect(fewest('1.32')).toBe(2)
    expect(fewest('1.35')).toBe(1)
  })

  test('of a second template before the first was through goes its way although a count would fall below zero', () => {
    const trace = runSet({ replicas: 1 }, { steps: [update(30_000, 'app:2'), update(33_000, 'app:3')] })
    expect(images(trace)).toBe('web-0=app:3')
    expect(web(trace).status).toMatchObject({ currentReplicas: 1, updatedReplicas: 1 })
  })

  test('keeps as many old revisions as it is told, and a template that comes back gets a new number', () => {
    const steps = ['app:2', 'app:3', 'app:1', 'app:4'].map((image, i) => update(30_000 * (i + 1), image))
    const trace = runSet({ replicas: 1, revisionHistoryLimit: 1 }, { steps })
    expect(revisions(trace, 119_000)).toEqual([3, 4])
    expect(revisions(trace)).toEqual([4, 5])
  })
})

describe('a pod that failed', () => {
  const template = probedTemplate('app:1')
  const failing = { ...template, spec: { ...template.spec, activeDeadlineSeconds: 20 } }
  const told = (changes: Partial<Plan>): readonly string[] =>
    messagesOf(runSet({ replicas: 1, template: failing }, { horizon: 30_000, ...changes }), 'StatefulSet')

  test('is deleted without a word and made again when it is gone (SS-3)', () => {
    expect(told({})).toEqual([
      'SuccessfulCreate: create Pod web-0 in StatefulSet web successful',
      'SuccessfulDelete: delete Pod web-0 in StatefulSet web successful',
    ])
    expect(creations(runSet({ replicas: 1, template: failing }, { horizon: 30_000 }))).toHaveLength(2)
  })

  test('was deleted and made again at once in 1.26, which said so', () => {
    expect(told({ controllers: '1.26' })).toContain(
      'RecreatingFailedPod: StatefulSet default/web is recreating failed Pod web-0',
    )
  })
})

test('an orphan with the name of a replica is adopted and gets its labels', () => {
  const orphan = planPod('web-0', [{}], {})
  const labels = { app: 'web' }
  const planned = { ...orphan, pod: { ...orphan.pod, metadata: { ...orphan.pod.metadata, labels } } }
  const trace = runWorkloads([statefulSet({ replicas: 1 })], { pods: [planned] })
  const [{ metadata }] = podsAt(trace, 1000)
  expect(metadata.ownerReferences?.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['StatefulSet web'])
  expect(metadata.labels).toMatchObject({ 'statefulset.kubernetes.io/pod-name': 'web-0' })
  expect(messagesOf(trace, 'StatefulSet')).toContain('SuccessfulUpdate: update Pod web-0 in StatefulSet web successful')
})

describe('deleting a set', () => {
  const remove = (propagationPolicy: 'Background' | 'Foreground' | 'Orphan'): Step => ({
    at: 30_000,
    do: 'deleteObject',
    object: SET,
    propagationPolicy,
  })
  const left = (policy: 'Background' | 'Foreground' | 'Orphan', time: number) => {
    const trace = runSet({ replicas: 2 }, { steps: [remove(policy)] })
    return { owners: Object.keys(ownersAt(trace, time)).map(path => path.split('/')[0]), pods: names(trace, time) }
  }

  test('in the background takes it at once, and its pods and revisions after it', () => {
    expect(left('Background', 30_000)).toEqual({ owners: [], pods: 'web-0 web-1' })
    expect(left('Background', 60_000)).toEqual({ owners: [], pods: '' })
  })

  test('in the foreground keeps it until they are gone', () => {
    expect(left('Foreground', 30_000)).toEqual({ owners: ['StatefulSet'], pods: 'web-0 web-1' })
    expect(left('Foreground', 60_000)).toEqual({ owners: [], pods: '' })
  })

  test('leaves orphans where it is told to', () => {
    expect(left('Orphan', 60_000)).toEqual({ owners: ['ControllerRevision'], pods: 'web-0 web-1' })
  })
})

test('is the same each time, whatever the choices', () => {
  const workloads = [{ object: statefulSet(), createdAt: 0 }]
  const runner = new Runner(
    plan([], { workloads, behaviours: { rules: [readyAfter(4000)] }, steps: [update(30_000, 'app:2')] }),
  )
  for (const seed of [1, 2, 3]) expect(runner.run({ seed }).digest).toBe(runner.run({ seed }).digest)
})
