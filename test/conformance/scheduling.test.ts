import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  judgeScheduling,
  readConformanceInput,
  replayScheduling,
  type SchedulingRecording,
} from '../../src/conformance/index.js'
import { RECORDINGS } from './recordings.js'

const CLUSTERS = join(RECORDINGS, 'cluster')
const COMPARE = join(RECORDINGS, '..', 'tools', 'compare-scheduling.mjs')
const isHere = existsSync(CLUSTERS) && existsSync(COMPARE)
if (!isHere) console.log('skipped: ../shared/conformance/cluster is not here')

const folder = mkdtempSync(join(tmpdir(), 'podwright-scheduling-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const readRecording = (file: string, text: string): SchedulingRecording => {
  const input = readConformanceInput(file, text)
  if (input.kind !== 'scheduling') throw new Error(`${file}: expected a recording of scheduling`)
  return input.recording
}

const files = isHere ? readdirSync(CLUSTERS).filter(file => file.startsWith('K-')) : []
const recordings = files.map(file => [file, readRecording(file, readFileSync(join(CLUSTERS, file), 'utf8'))] as const)

describe.skipIf(!isHere)('what the real scheduler decided', () => {
  test.each(recordings)('%s', (_, recording) => {
    expect(judgeScheduling(recording).differences).toEqual([])
  })

  test('is judged alike by the outside tool', () => {
    for (const [file, recording] of recordings) {
      writeFileSync(join(folder, file), JSON.stringify({ name: recording.name, result: replayScheduling(recording) }))
    }
    const { stdout } = spawnSync(process.execPath, [COMPARE, CLUSTERS, folder, '--json'], { encoding: 'utf8' })
    const { matched, total } = JSON.parse(stdout)
    expect(matched).toBe(total)
    expect(total).toBe(recordings.length)
  })
})

const node = (name: string, cpu = '4') => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  spec: {},
  status: { allocatable: { cpu, memory: '8Gi', pods: '110' } },
})
const pod = (name: string, cpu: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    containers: [{ name: 'a', image: 'i:1', resources: { requests: { cpu } } }],
    terminationGracePeriodSeconds: 0,
    ...more,
  },
})
const decided = (name: string, bound: string | null, more: object = {}) => ({
  pod: name,
  bound,
  nominatedNodeName: null,
  events: [],
  cycles: [],
  ...more,
})

/** A recording made up for a test. */
function recordingOf(changes: object): SchedulingRecording {
  const empty = { existing: [], priorityClasses: [], extra: [], preempted: [] }
  const text = JSON.stringify({ name: 'K-made-up', class: 'K', nodes: [node('n1'), node('n2')], ...empty, ...changes })
  return readRecording('K-made-up.json', text)
}

const aspects = (recording: SchedulingRecording): string[] =>
  judgeScheduling(recording).differences.map(({ aspect }) => aspect)

describe('a recording of scheduling', () => {
  test('has a result for every pod', () => {
    expect(() => recordingOf({ pods: [pod('x', '1')], result: [] })).toThrow('expected a result for every pod')
  })

  test('is judged by node, feasible nodes, texts and victims', () => {
    const text = '0/2 nodes are available: 2 Insufficient cpu.'
    const pods = [pod('x', '9')]
    const events = [{ reason: 'FailedScheduling', message: text }]
    const failed = {
      cycles: [{ feasible: [], rejected: { n1: { code: 'Unschedulable', plugin: 'NodePorts', reasons: [] } } }],
    }
    expect(aspects(recordingOf({ pods, result: [decided('x', 'n1')] }))).toEqual(['x messages', 'x node', 'x feasible'])
    expect(aspects(recordingOf({ pods, result: [decided('x', null, { events, ...failed })] }))).toEqual([
      'x messages',
      'x rejected by n1',
    ])
  })

  test('puts each pod where it really went, so that the next is judged from there', () => {
    const pods = [pod('x', '3'), pod('y', '3')]
    const result = [decided('x', 'n2', { cycles: [{ feasible: ['n1', 'n2'] }] }), decided('y', 'n1')]
    expect(aspects(recordingOf({ pods, result }))).toEqual([])
  })

  test('leaves alone pods that name their node, and gated ones', () => {
    const pods = [pod('x', '9', { nodeName: 'n1' }), pod('y', '1', { schedulingGates: [{ name: 'g' }] }), pod('z', '1')]
    const result = [decided('x', 'n1'), decided('y', null), decided('z', 'n2')]
    expect(aspects(recordingOf({ pods, result }))).toEqual([])
  })

  test('tries a waiting pod again when a later one is what it waits for', () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } } }
    const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
    const db = { ...pod('db', '1'), metadata: { name: 'db', labels: { app: 'db' } } }
    const message =
      "0/2 nodes are available: 2 node(s) didn't match pod affinity rules. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling."
    const events = [{ reason: 'FailedScheduling', message }, { reason: 'Scheduled' }]
    const cycles = [{ feasible: ['n1', 'n2'] }]
    const result = [decided('x', 'n2', { events }), decided('db', 'n2', { cycles })]
    expect(aspects(recordingOf({ pods: [pod('x', '1', { affinity }), db], result }))).toEqual([])
  })

  test('does not let a pod in before its victims have gone, which without a kubelet is never', () => {
    const priorityClasses = [
      { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 10 },
    ]
    const existing = [pod('old', '4', { nodeName: 'n1', terminationGracePeriodSeconds: 30 })]
    const message = '0/1 nodes are available: 1 Insufficient cpu.'
    const result = [decided('x', null, { nominatedNodeName: 'n1', events: [{ reason: 'FailedScheduling', message }] })]
    const pods = [pod('x', '4', { priorityClassName: 'high' })]
    const nodes = [node('n1')]
    expect(aspects(recordingOf({ nodes, existing, priorityClasses, pods, result, preempted: ['old'] }))).toEqual([])
  })

  test('lets start times decide between victims that are equal otherwise', () => {
    const priorityClasses = [
      { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 10 },
    ]
    const started = (name: string, nodeName: string, startTime: string) => ({
      ...pod(name, '4', { nodeName }),
      status: { phase: 'Running', startTime },
    })
    const existing = [started('old', 'n1', '2024-05-01T00:00:00Z'), started('young', 'n2', '2026-05-01T00:00:00Z')]
    const message = '0/2 nodes are available: 2 Insufficient cpu.'
    const result = [decided('x', 'n2', { nominatedNodeName: 'n2', events: [{ reason: 'FailedScheduling', message }] })]
    const pods = [pod('x', '4', { priorityClassName: 'high' })]
    expect(aspects(recordingOf({ existing, priorityClasses, pods, result, preempted: ['young'] }))).toEqual([])
  })
})
