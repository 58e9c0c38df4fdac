import { describe, expect, test } from 'vitest'
import type { Recording } from '../../src/conformance/index.js'
import { type LawFinding, LawMonitor, lawContextOf } from '../../src/invariant/index.js'
import type { Container, Pod } from '../../src/model/index.js'
import type { Trace } from '../../src/trace/index.js'
import { hasRecordings, RECORDINGS, readRecordings } from '../conformance/recordings.js'
import { artificialTrace } from './artificial-trace.js'
import { observedRows } from './observed-trace.js'

describe.skipIf(!hasRecordings)('what the real kubelet was seen to do', () => {
  const recordings = hasRecordings ? [...readRecordings(RECORDINGS).values()] : []

  test.each([...new Set(recordings.map(each => each.class))])('breaks no law in class %s', name => {
    const broken = recordings.filter(each => each.class === name).flatMap(brokenBy)
    expect(broken).toEqual([])
  })
})

function brokenBy(recording: Recording): string[] {
  // Two pods, or a second pod of one name, were recorded without telling whose rows they are.
  if (recording.runs[0]?.pods !== undefined || recording.actions?.some(({ do: what }) => what === 'create')) return []
  const off = notRecorded(recording)
  return recording.runs.flatMap((observed, run) => {
    const { rows, manifests } = observedRows(recording, observed)
    const trace = artificialTrace(rows, { manifests, end: Math.round(recording.duration * 1000) })
    return brokenLaws(trace, off).map(
      ({ law, time, text }) => `${recording.name}, run ${run}, ${time} ms: ${law}: ${text}`,
    )
  })
}

/** Calls, events and statuses were seen some milliseconds after what they tell. */
const LATENCY_MS = 60

function brokenLaws(trace: Trace, off: readonly string[]): readonly LawFinding[] {
  const monitor = new LawMonitor({ ...lawContextOf(trace), toleranceMs: LATENCY_MS }, { off })
  for (let number = 0; number < trace.rows.length; number++) {
    const { time, kind, object, a, b, c, cause } = trace.rows.at(number)
    monitor.row(number, time, kind, object, a, b, c, cause)
  }
  return monitor.finish(trace.end, 'horizon')
}

/** Laws about what the recorder did not see: probes and hooks that are no commands, and times that no API object shows. */
function notRecorded({ manifests, actions }: Recording): string[] {
  const { spec } = manifests.find(({ kind }) => kind === 'Pod') as Pod
  const containers: readonly Container[] = [...(spec.initContainers ?? []), ...spec.containers]
  const probes = containers.flatMap(each => [each.livenessProbe, each.readinessProbe, each.startupProbe])
  const hooks = containers.flatMap(({ lifecycle }) => [lifecycle?.postStart, lifecycle?.preStop])
  const areProbesSeen = probes.every(probe => probe === undefined || probe.exec !== undefined)
  const areHooksSeen = hooks.every(hook => hook === undefined || hook.exec !== undefined)
  const hasDeadline = JSON.stringify([spec, actions]).includes('activeDeadlineSeconds')
  return [
    // Where in a second of the wall clock the recording began is not known, and initial delays count from whole seconds.
    'probe-waits-initial-delay',
    // When the deadline began to count is the kubelet's secret: startTime was not recorded.
    ...(hasDeadline ? BY_DEADLINES : []),
    // Neither address nor startTime of a pod was recorded.
    'running-container-has-an-address',
    // Events reach the API up to some seconds after what they tell.
    'kill-is-told',
    'start-is-told',
    ...(areProbesSeen ? [] : BY_PROBES),
    ...(areHooksSeen ? [] : BY_HOOKS),
  ]
}

const BY_PROBES = [
  'restart-policy-obeyed',
  'readiness-never-restarts',
  'started-needs-startup-success',
  'ready-needs-readiness-success',
  'startup-gates-probes',
  'sidecar-before-what-follows',
  'liveness-failure-stops',
  'startup-failure-stops',
  'unready-needs-its-threshold',
  'readiness-catches-up',
  'probes-are-made',
]
const BY_HOOKS = ['readiness-never-restarts', 'prestop-before-sigterm', 'prestop-within-grace']
const BY_DEADLINES = [
  'readiness-never-restarts',
  'deadline-not-early',
  'deadline-is-enforced',
  'phase-follows-containers',
  'containers-ready-follows-containers',
]
