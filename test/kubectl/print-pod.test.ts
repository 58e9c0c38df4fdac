import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseApiTime, printPod } from '../../src/kubectl/index.js'
import type { ContainerState, ContainerStatus, Pod, PodStatus } from '../../src/model/index.js'

const TABLE = new URL('../../../shared/conformance/tables/printPod.json', import.meta.url)

interface Case {
  readonly id: string
  readonly input: { readonly now: string; readonly wide: boolean; readonly pod: Pod }
  readonly expected: Readonly<Record<string, string | null>>
}

describe("upstream's table of printed pods", () => {
  if (!existsSync(TABLE)) {
    test.skip('../shared/conformance/tables/printPod.json is missing: its cases are not checked', () => {})
    return
  }
  const { cases } = JSON.parse(readFileSync(TABLE, 'utf8')) as { readonly cases: readonly Case[] }
  test.each(cases.map(each => [each.id, each] as const))('%s', (_, { input, expected }) => {
    const printed: Readonly<Record<string, unknown>> = {
      ...printPod(input.pod, parseApiTime(input.now) ?? 0, input.wide),
    }
    const asked = Object.fromEntries(Object.keys(expected).map(key => [key, printed[key]]))
    expect(asked).toEqual(expected)
  })
})

const NOW = parseApiTime('2025-01-01T01:00:00Z') ?? 0

const status = (name: string, state: ContainerState, rest: Partial<ContainerStatus> = {}): ContainerStatus => ({
  name,
  state,
  ready: false,
  restartCount: 0,
  image: 'app:1',
  imageID: '',
  ...rest,
})

const pod = (spec: Partial<Pod['spec']>, podStatus: PodStatus, metadata: Pod['metadata'] = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', ...metadata },
  spec: { containers: [{ name: 'app', image: 'app:1' }], ...spec },
  status: podStatus,
})

const initContainers = [
  { name: 'first', image: 'init:1' },
  { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' as const },
]

const column = (of: Pod): string[] => {
  const { ready, status: text, restarts } = printPod(of, NOW)
  return [ready, text, restarts]
}

describe('the status of a pod', () => {
  test('is the phase, or the reason of the pod, or the scheduling gate', () => {
    expect(printPod(pod({}, { phase: 'Pending' }), NOW).status).toBe('Pending')
    expect(printPod(pod({}, { phase: 'Failed', reason: 'Evicted' }), NOW).status).toBe('Evicted')
    const gated = [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] as const
    expect(printPod(pod({}, { phase: 'Pending', reason: 'x', conditions: gated }), NOW).status).toBe('SchedulingGated')
  })

  test('tells an init container that failed by reason, signal or exit code', () => {
    const failed = (terminated: ContainerState['terminated']) =>
      printPod(pod({ initContainers }, { initContainerStatuses: [status('first', { terminated })] }), NOW).status
    expect(failed({ exitCode: 1, reason: 'Error' })).toBe('Init:Error')
    expect(failed({ exitCode: 3 })).toBe('Init:ExitCode:3')
    expect(failed({ exitCode: 137, signal: 9 })).toBe('Init:Signal:9')
  })

  test('counts init containers that wait without a reason of their own', () => {
    const waiting = (reason: string | undefined) =>
      printPod(pod({ initContainers }, { initContainerStatuses: [status('first', { waiting: { reason } })] }), NOW)
        .status
    expect(waiting('PodInitializing')).toBe('Init:0/2')
    expect(waiting('')).toBe('Init:0/2')
    expect(waiting(undefined)).toBe('Init:0/2')
    expect(waiting('CrashLoopBackOff')).toBe('Init:CrashLoopBackOff')
  })

  test('shows a sidecar that crashed although the pod had been initialized', () => {
    const statuses = {
      initContainerStatuses: [
        status('first', { terminated: { exitCode: 0, reason: 'Completed' } }),
        status('proxy', { terminated: { exitCode: 1, reason: 'Error' } }, { restartCount: 2, started: false }),
      ],
      containerStatuses: [status('app', { running: {} }, { ready: true, restartCount: 1 })],
    }
    expect(column(pod({ initContainers }, { phase: 'Running', ...statuses }))).toEqual(['0/2', 'Init:Error', '2'])
    const conditions = [{ type: 'Initialized', status: 'True' }] as const
    expect(column(pod({ initContainers }, { phase: 'Running', conditions, ...statuses }))).toEqual([
      '1/2',
      'Init:Error',
      '3',
    ])
  })

  test('of several containers is that of the first one with something to tell', () => {
    const containers = [
      { name: 'a', image: 'a' },
      { name: 'b', image: 'b' },
    ]
    const containerStatuses = [
      status('a', { terminated: { exitCode: 0, signal: 15 } }),
      status('b', { waiting: { reason: 'CrashLoopBackOff' } }),
    ]
    expect(printPod(pod({ containers }, { phase: 'Running', containerStatuses }), NOW).status).toBe('Signal:15')
  })

  test('of a pod that is being deleted is Terminating until it has finished, Unknown on a lost node', () => {
    const deletionTimestamp = '2025-01-01T00:59:00Z'
    expect(printPod(pod({}, { phase: 'Running' }, { deletionTimestamp }), NOW).status).toBe('Terminating')
    expect(printPod(pod({}, { phase: 'Failed' }, { deletionTimestamp }), NOW).status).toBe('Failed')
    expect(printPod(pod({}, { phase: 'Running', reason: 'NodeLost' }, { deletionTimestamp }), NOW).status).toBe(
      'Unknown',
    )
  })
})

describe('restarts', () => {
  const restarted = (finishedAt: string | null, restartCount = 2) =>
    printPod(
      pod(
        {},
        {
          phase: 'Running',
          containerStatuses: [
            status('app', { running: {} }, { restartCount, lastState: { terminated: { exitCode: 1, finishedAt } } }),
          ],
        },
      ),
      NOW,
    ).restarts

  test('come with the time since the last one', () => {
    expect(restarted('2025-01-01T00:59:50Z')).toBe('2 (10s ago)')
  })

  test.each([[null], ['0001-01-01T00:00:00Z'], ['']])('come without a time where none is known: %j', finishedAt => {
    expect(restarted(finishedAt)).toBe('2')
  })

  test('show the zero of the runtime clock as the real time it is', () => {
    expect(restarted('1970-01-01T00:00:00Z')).toBe('2 (55y ago)')
  })

  test('of none are just none', () => {
    expect(restarted('2025-01-01T00:59:50Z', 0)).toBe('0')
  })
})

test('the age of a pod without a creation time is unknown', () => {
  expect(printPod(pod({}, {}), NOW).age).toBe('<unknown>')
  expect(printPod(pod({}, {}, { creationTimestamp: '0001-01-01T00:00:00Z' }), NOW).age).toBe('<unknown>')
  expect(printPod(pod({}, {}, { creationTimestamp: '2025-01-01T00:30:00Z' }), NOW).age).toBe('30m')
})

test('times with zones and fractions are read as instants', () => {
  expect(parseApiTime('2025-01-01T02:00:00.250+02:00')).toBe(250)
  expect(parseApiTime('2024-02-29T00:00:00Z')).toBe(-307 * 86_400_000)
  expect(parseApiTime('yesterday')).toBeUndefined()
})
