import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judgeTable, readConformanceInput } from '../../src/conformance/index.js'
import { type Case, failing, tableOf } from './cases.js'
import { hasRecordings, TABLES } from './recordings.js'

describe.skipIf(!hasRecordings)("upstream's tables", () => {
  const files = hasRecordings ? readdirSync(TABLES) : []

  test('are all ten', () => {
    expect(files).toHaveLength(10)
  })

  test.for(files)('%s: every case is answered as upstream answers it', file => {
    const input = readConformanceInput(file, readFileSync(join(TABLES, file), 'utf8'))
    if (input.kind !== 'table') throw new Error('expected a table')
    expect(`${input.table.kind}.json`).toBe(file)
    const { total, failed } = judgeTable(input.table)
    expect(total).toBe(input.table.cases.length)
    expect(failed).toEqual([])
  })
})

test('a wrong expectation is told beside the answer, and so is an error', () => {
  const right: Case = { table: 'Always', input: { pod: { spec: {} } }, expected: { phase: 'Pending' } }
  const wrong: Case = { ...right, expected: { phase: 'Running' } }
  const broken: Case = { ...right, input: { pod: { spec: { containers: 7 } } } }
  const { total, failed } = judgeTable(tableOf(right, wrong, broken))
  expect(total).toBe(3)
  expect(failed).toEqual([
    { id: 'case-1', expected: { phase: 'Running' }, got: { phase: 'Pending' } },
    { id: 'case-2', expected: { phase: 'Pending' }, got: expect.stringContaining('is not a function') },
  ])
})

describe('effective requests', () => {
  const requests = (spec: object, options: object, expected: object, status: object = {}): Case => ({
    table: 'Requests',
    input: { pod: { spec, status }, options },
    expected: { requests: expected },
  })
  const wants = (cpu: string, name = 'app') => ({ name, resources: { requests: { cpu } } })

  test('take the larger of spec and status in the middle of a resize, and what the node has if it is infeasible', () => {
    const has = (cpu: string) => ({ containerStatuses: [{ name: 'app', resources: { requests: { cpu } } }] })
    const spec = { containers: [wants('4')] }
    const useStatusResources = true
    expect(
      failing(
        requests(spec, { useStatusResources }, { cpu: '4' }, has('2')),
        requests(spec, { useStatusResources }, { cpu: '6' }, has('6')),
        requests(spec, {}, { cpu: '4' }, has('6')),
        requests(spec, { useStatusResources }, { cpu: '2' }, { ...has('2'), resize: 'Infeasible' }),
        requests(
          spec,
          { useStatusResources },
          { cpu: '2' },
          { ...has('2'), conditions: [{ type: 'PodResizePending', reason: 'Infeasible' }] },
        ),
      ),
    ).toEqual([])
  })

  test('of a plain init container are those of its spec, of a sidecar those of the resize', () => {
    const status = { initContainerStatuses: [{ name: 'i', resources: { requests: { cpu: '8' } } }] }
    const spec = (init: object) => ({ initContainers: [{ ...wants('3', 'i'), ...init }], containers: [] })
    const options = { useStatusResources: true }
    expect(
      failing(
        requests(spec({}), options, { cpu: '3' }, status),
        requests(spec({ restartPolicy: 'Always' }), options, { cpu: '8' }, status),
      ),
    ).toEqual([])
  })

  test('of the pod as a whole take the place of its containers, unless told otherwise', () => {
    const spec = {
      resources: { requests: { cpu: '7', 'example.com/x': '1' } },
      containers: [wants('4')],
      overhead: { cpu: '1' },
    }
    expect(
      failing(
        requests(spec, {}, { cpu: '8' }),
        requests(spec, { skipPodLevelResources: true }, { cpu: '5' }),
        requests(spec, { skipPodLevelResources: true, skipContainerLevelResources: true }, { cpu: '1' }),
        requests(spec, { excludeOverhead: true }, { cpu: '7' }),
        { ...requests(spec, {}, { cpu: '4' }), table: 'AggregateContainers' },
      ),
    ).toEqual([])
  })

  test('of containers that say nothing may be assumed, zero is said', () => {
    const spec = { containers: [wants('0'), {}] }
    const options = { nonMissingContainerRequests: { cpu: '100m', memory: '200Mi' } }
    expect(failing(requests(spec, options, { cpu: '100m', memory: '400Mi' }))).toEqual([])
  })
})

describe('fit', () => {
  const node = { status: { allocatable: { cpu: '10', memory: '10Gi', pods: '5' } } }
  const asks = (spec: object, expected: object, more: object = {}): Case => ({
    table: 'EnoughRequests',
    input: { pod: { spec }, node, existingPods: [], ...more },
    expected,
  })
  const wants = (requests: object) => ({ containers: [{ resources: { requests } }] })

  test('ignores extended resources by name or group, but none of Kubernetes own', () => {
    const spec = wants({ 'example.com/gpu': '1', 'kubernetes.io/batch': '1' })
    const expected = { fits: false, reasons: ['Insufficient kubernetes.io/batch'], code: 'Unschedulable' }
    expect(
      failing(
        asks(spec, expected, { args: { ignoredResourceGroups: ['example.com', 'kubernetes.io'] } }),
        asks(spec, expected, { args: { ignoredResources: ['example.com/gpu', 'kubernetes.io/batch'] } }),
      ),
    ).toEqual([])
  })

  test('counts what the pod as a whole asks for, where the gate is on', () => {
    const spec = { ...wants({ cpu: '1' }), resources: { requests: { cpu: '11' } } }
    expect(
      failing(
        asks(spec, { fits: false, reasons: ['Insufficient cpu'] }),
        asks(spec, { fits: true, reasons: [] }, { podLevelResourcesEnabled: false }),
      ),
    ).toEqual([])
  })

  test('refuses sidecars before any node where they are turned off', () => {
    const spec = { initContainers: [{ name: 's', restartPolicy: 'Always' }], containers: [] }
    const reason = 'Pod has a restartable init container and the SidecarContainers feature is disabled'
    const code = 'UnschedulableAndUnresolvable'
    expect(
      failing(
        asks(
          spec,
          { fits: false, reasons: [reason], code, preFilter: { code, reason } },
          { sidecarContainersEnabled: false },
        ),
        asks(spec, { fits: true, reasons: [] }, { sidecarContainersEnabled: true }),
      ),
    ).toEqual([])
  })

  test('finds the nodes that every term names, and terms that contradict themselves', () => {
    const named = (...terms: readonly (readonly string[])[]) => ({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: terms.map(names => ({
              matchFields: names.map(name => ({ key: 'metadata.name', operator: 'In', values: [name] })),
            })),
          },
        },
      },
    })
    const affinity = (spec: object, expected: object): Case => ({ ...asks(spec, expected), table: 'NodeAffinity' })
    expect(
      failing(
        affinity(named(['b'], ['a']), { fits: false, preFilterNodeNames: ['a', 'b'] }),
        affinity(named(['b'], []), { fits: false, preFilterNodeNames: null, preFilter: { code: 'Success' } }),
        affinity(named(['a', 'b']), { fits: false, preFilter: { reason: 'pod affinity terms conflict' } }),
        affinity({}, { fits: true, preFilter: { code: 'Skip' } }),
        affinity(
          { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} } } },
          { fits: false, code: 'UnschedulableAndUnresolvable' },
        ),
      ),
    ).toEqual([])
  })
})
