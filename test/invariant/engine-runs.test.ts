import { describe, expect, test } from 'vitest'
import { type Recording, replay } from '../../src/conformance/index.js'
import { checkTrace } from '../../src/expect/index.js'
import { checkLaws, LAWS } from '../../src/invariant/index.js'
import type { Pod } from '../../src/model/index.js'
import { ROW, type Trace } from '../../src/trace/index.js'
import { hasRecordings, RECORDINGS, readRecordings } from '../conformance/recordings.js'
import { artificialTrace } from './artificial-trace.js'
import { CASES } from './cases/index.js'

const SEEDS = [undefined, 1]

describe.skipIf(!hasRecordings)('the engine, given what the recordings were given,', () => {
  const recordings = hasRecordings ? [...readRecordings(RECORDINGS).values()] : []
  const everySeventh = recordings.filter((_, i) => i % 7 === 0)

  test('breaks no law', () => {
    expect(recordings.flatMap(recording => SEEDS.flatMap(seed => brokenBy(recording, seed)))).toEqual([])
  }, 120_000)

  test('breaks no clause that says a law', () => {
    expect(everySeventh.flatMap(recording => brokenClauses(replay(recording).trace))).toEqual([])
  }, 120_000)
})

describe('a law said as clauses', () => {
  test.each(CASES)(
    '$law: a clause that is violated is a finding, too',
    ({ law, options, lawful, broken, brokenOptions }) => {
      const traces = [artificialTrace(lawful, options), artificialTrace(broken, brokenOptions ?? options)]
      for (const trace of traces) {
        const found = new Set(checkLaws(trace).map(each => each.law))
        expect(brokenClauses(trace).filter(each => !found.has(each))).toEqual([])
      }
      const [, brokenTrace] = traces
      if (law in SAID_IN_FULL) expect(brokenClauses(brokenTrace)).toContain(law)
    },
  )
})

/** Laws whose case is found by their clauses as well. */
const SAID_IN_FULL: Readonly<Record<string, true>> = {
  'init-containers-one-at-a-time': true,
  'init-containers-in-order': true,
  'init-before-containers': true,
  'no-start-after-terminal': true,
  'restart-count-never-falls': true,
  'sigterm-before-sigkill': true,
  'sigkill-exits-137': true,
  'prestop-before-sigterm': true,
  'ready-needs-containers-ready': true,
  'containers-ready-needs-every-container': true,
  'containers-ready-needs-initialized': true,
  'ready-needs-phase-running': true,
  'finished-pod-is-not-ready': true,
  'ready-after-gates': true,
  'initialized-means-inits-done': true,
  'scheduled-means-bound': true,
  'phase-begins-pending': true,
  'terminal-phase-is-final': true,
  'succeeded-means-all-zero': true,
  'running-state-of-a-started-instance': true,
  'probes-of-a-started-instance': true,
  'never-pulls-nothing': true,
}

function brokenBy(recording: Recording, seed: number | undefined): string[] {
  return checkLaws(replay(recording, seed).trace).map(
    ({ law, time, text }) => `${recording.name}, seed ${seed}, ${time} ms: ${law}: ${text}`,
  )
}

/** The laws of which a clause about a pod of the trace is violated; clauses speak of names, so each pod has to be the only one of its. */
function brokenClauses(trace: Trace): string[] {
  const created = new Map<number, number[]>()
  for (let row = 0; row < trace.rows.length; row++) {
    if (trace.rows.kindOf(row) !== ROW.created) continue
    const object = trace.rows.objectOf(row)
    created.set(object, [...(created.get(object) ?? []), trace.rows.at(row).a])
  }
  const broken: string[] = []
  for (const manifests of created.values()) {
    if (manifests.length > 1) continue
    const pod = trace.manifests[manifests[0]].object
    if (pod.kind !== 'Pod') continue
    for (const { name, clausesFor } of LAWS) {
      const clauses = clausesFor?.(pod as Pod) ?? []
      if (checkTrace(clauses, trace).some(({ kind }) => kind === 'violated')) broken.push(name)
    }
  }
  return broken
}
