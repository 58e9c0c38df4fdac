import { describe, expect, test } from 'vitest'
import { type Case, failing } from './cases.js'

describe('a probe worker', () => {
  const sequence = (
    probeType: string,
    steps: readonly object[],
    expected: readonly object[],
    more: object = {},
  ): Case => ({
    table: 'Sequence',
    input: { probeType, probe: { periodSeconds: 1, successThreshold: 1, failureThreshold: 1 }, steps, ...more },
    expected: { steps: expected },
  })
  const probes = (probeReturns: string) => ({ op: 'doProbe', probeReturns })

  test('is on hold after a liveness failure until the container has another ID', () => {
    const steps = [
      probes('failure'),
      probes('success'),
      { op: 'setContainerID', containerID: 'test://another' },
      probes('success'),
    ]
    const expected = [
      { result: 'failure', onHold: true },
      { result: 'failure', onHoldBefore: true },
      {},
      { continue: true, result: 'success', onHold: false },
    ]
    expect(failing(sequence('liveness', steps, expected, { containerStarted: true }))).toEqual([])
  })

  test('of a startup probe is on hold after its success, too', () => {
    const expected = [{ result: 'success', onHold: true, resultRun: 0 }, { onHoldBefore: true }]
    expect(failing(sequence('startup', [probes('success'), probes('failure')], expected))).toEqual([])
  })

  test('throws away the result of a call that was an error', () => {
    const expected = [{ continue: true, result: 'failure', resultRun: 0 }]
    expect(failing(sequence('readiness', [probes('unknown')], expected, { containerStarted: true }))).toEqual([])
  })
})

describe('other decisions', () => {
  test('a static pod keeps its phase when it is terminal', () => {
    const pod = (annotations: object) => ({
      metadata: { annotations },
      spec: { restartPolicy: 'Always', containers: [{ name: 'a' }] },
      status: { containerStatuses: [{ name: 'a', state: { terminated: { exitCode: 0 } } }] },
    })
    const phase = (annotations: object, expected: string): Case => ({
      table: 'Always',
      input: { pod: pod(annotations), podIsTerminal: true },
      expected: { phase: expected },
    })
    expect(failing(phase({ 'kubernetes.io/config.source': 'file' }, 'Running'), phase({}, 'Succeeded'))).toEqual([])
  })

  test('two ready sandboxes, or one of another network, make a third', () => {
    const actions = (spec: object, sandboxes: readonly object[], expected: object): Case => ({
      table: 'Regular',
      input: { pod: { spec: { containers: [{ name: 'a' }], ...spec } }, runtimeStatus: { sandboxes, containers: [] } },
      expected: { killPod: true, createSandbox: true, containersToStart: [0], ...expected },
    })
    const ready = (id: string, attempt: number) => ({ id, state: 'READY', attempt, ip: '10.0.0.1' })
    expect(
      failing(
        actions({}, [ready('b', 1), ready('a', 0)], { sandboxID: 'b', attempt: 2 }),
        actions({ hostNetwork: true }, [ready('a', 0)], { sandboxID: '', attempt: 1 }),
      ),
    ).toEqual([])
  })

  test('a deletion grace is a container grace, whatever the reason', () => {
    const pod = {
      metadata: { deletionGracePeriodSeconds: 5 },
      spec: {
        terminationGracePeriodSeconds: 60,
        containers: [{ name: 'a', livenessProbe: { terminationGracePeriodSeconds: 9 } }],
      },
    }
    const grace = (metadata: object, gracePeriodSeconds: number): Case => ({
      table: 'KillGracePeriod',
      input: { pod: { ...pod, metadata }, container: 'a', reason: 'LivenessProbe' },
      expected: { gracePeriodSeconds },
    })
    expect(failing(grace(pod.metadata, 5), grace({}, 9))).toEqual([])
  })

  test('sidecars wait no longer than their grace for the others', () => {
    const spec = {
      initContainers: [{ name: 's', image: 's:1', restartPolicy: 'Always' }],
      containers: [{ name: 'main', image: 'main:1' }],
    }
    const stop = {
      s: { graceSeconds: 4, runsAfterTurnSeconds: 1 },
      main: { graceSeconds: 4, runsAfterTurnSeconds: 30 },
    }
    const order: Case = {
      table: 'TerminationOrdering',
      input: { pod: { spec }, stop },
      expected: { waitSeconds: { s: 4, main: 0 } },
    }
    expect(failing(order)).toEqual([])
  })

  test('a class of service that was given is kept', () => {
    const given: Case = {
      table: 'GetPodQOS',
      input: { pod: { status: { qosClass: 'Burstable' } } },
      expected: { qosClass: 'Burstable' },
    }
    const ofPod: Case = {
      table: 'ComputePodQOS',
      input: {
        podLevelResourcesEnabled: true,
        pod: { spec: { resources: { requests: { cpu: '1' } }, containers: [{ name: 'a' }] } },
      },
      expected: { qosClass: 'Burstable' },
    }
    expect(failing(given, ofPod)).toEqual([])
  })
})
