import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkTrace } from '../../src/expect/check-trace.js'
import { explain } from '../../src/expect/explain.js'
import { evaluateReference } from '../../src/expect/reference/evaluate-reference.js'
import { parseClause } from '../../src/expect/text/parse-clause.js'
import { ROW, SymbolTable, type Trace, type TraceObject } from '../../src/trace/index.js'
import { APP, crashingWeb, WEB, WEB_POD } from '../trace/crashing-web.js'
import { TraceBuilder } from '../trace/trace-builder.js'
import { RandomClauses } from './random-clauses.js'
import { RandomDraws } from './random-draws.js'
import { CONTAINERS, drawTrace, NODES, OBJECTS, PODS, SERVICE } from './random-traces.js'

const TRACE = crashingWeb()

/** Each clause with its verdict and what is said of it. */
function told(clauses: readonly string[], trace: Trace = TRACE): string {
  const lines = clauses.map(text => {
    const clause = parseClause(text)
    const [verdict] = checkTrace([clause], trace)
    const { sentence, finding, at, rows, lateBy } = explain(clause, verdict, trace)
    const late = lateBy === undefined ? '' : `, late by ${lateBy}`
    return `${verdict.kind}: ${sentence}\n    ${finding}\n    at ${at}, rows ${rows.join(', ')}${late}`
  })
  return `\n${lines.join('\n')}\n`
}

describe('explain', () => {
  test('tells of a level that is so within one instant only what asks for it', () => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    t.at(1000).running(APP, 0)
    t.at(20_850).terminated(APP, -1, 137, 'ContainerStatusUnknown')
    t.row(ROW.removed, WEB)
    const words = 'container app is terminated with ContainerStatusUnknown'
    expect(
      told([`eventually ${words}`, `${words} within 30s`, words.replace('is', 'becomes')], t.build()),
    ).toMatchInlineSnapshot(`
      "
      violated: eventually container web/app is terminated with ContainerStatusUnknown
          expected at some time, never observed; nearest: container web/app becomes terminated with ContainerStatusUnknown at 20.85s, so only within that instant: .becomes(), in text "becomes", sees it
          at 20850, rows 2
      violated: container web/app is terminated with ContainerStatusUnknown within 30s
          expected within 30s, never observed; nearest: container web/app becomes terminated with ContainerStatusUnknown at 20.85s, so only within that instant: .becomes(), in text "becomes", sees it
          at 30000, rows 2
      holds: container web/app becomes terminated with ContainerStatusUnknown
          observed at 20.85s
          at 20850, rows 2
      "
    `)
  })

  test('tells when something was due and when it came', () => {
    expect(
      told([
        'container app is killed with SIGKILL at 90s',
        'container app gets SIGTERM at 90s',
        'container app gets SIGTERM at 91s ± 500ms',
        'pod web is Running within 2s',
        'pod web is Running at 1s ± 200ms',
        'container app starts no sooner than 5s',
        'container app starts later than 5s',
        'container app starts later than 2s',
        'container app is killed later than 2s',
        'pod web is Running for 10s',
        'container app exits with 0',
        'eventually pod web is Failed',
        'pod web is Running immediately',
      ]),
    ).toMatchInlineSnapshot(`
      "
      violated: container web/app is killed with SIGKILL at 1m30s
          expected at 1m30s, never observed; nearest: container web/app gets SIGTERM at 1m30.01s
          at 90000, rows 57
      violated: container web/app gets SIGTERM at 1m30s
          expected at 1m30s, observed at 1m30.01s: 10 ms late
          at 90010, rows 57, late by 10
      violated: container web/app gets SIGTERM at 1m31s ± 500ms
          expected at 1m31s ± 500ms, observed at 1m30.01s: 990 ms early
          at 90010, rows 57
      violated: pod web is Running within 2s
          expected within 2s, observed at 2.85s: 850 ms late
          at 2850, rows 31, late by 850
      violated: pod web is Running at 1s ± 200ms
          expected at 1s ± 200ms, observed at 2.85s: 1.85s late
          at 2850, rows 31, late by 1850
      violated: container web/app starts no sooner than 5s
          expected not before 5s, observed at 2s: 3s early
          at 2000, rows 29
      violated: container web/app starts later than 5s
          expected later than 5s, observed at 2s: 3s early
          at 2000, rows 29
      violated: container web/app starts later than 2s
          expected later than 2s, observed at 2s: too early
          at 2000, rows 29
      violated: container web/app is killed with SIGKILL later than 2s
          expected later than 2s, never observed; nearest: container web/app gets SIGTERM at 1m30.01s
          at 90900, rows 57
      violated: pod web is Running for 10s
          expected throughout, from 0s to 10s, observed Pending at 0s
          at 0, rows 2
      violated: container web/app exits with 0
          expected at some time, never observed; nearest: container web/app exits with 1 at 1m0.4s
          at 90900, rows 38
      violated: eventually pod web is Failed
          expected at some time, never observed; nearest: pod web is Running since 2.85s
          at 90900, rows 31
      violated: pod web is Running immediately
          expected at 0s, observed at 2.85s: 2.85s late
          at 2850, rows 31, late by 2850
      "
    `)
  })

  test('tells of which trigger something was not an answer', () => {
    expect(
      told([
        'whenever pod web is deleted, container app gets SIGTERM immediately',
        'whenever container app exits with 1, container app starts within 10s',
        'whenever pod web is deleted, container app is killed with SIGKILL within 30s',
        'whenever container app exits, container app is alive within 15s',
        'whenever container app exits, container app is alive for 1s',
        'whenever container app exits, container app starts',
        'whenever container app gets SIGTERM, container app exits no sooner than 1s',
      ]),
    ).toMatchInlineSnapshot(`
      "
      violated: whenever pod web is deleted (1m30s), container web/app gets SIGTERM immediately
          expected at the instant of the deletion at 1m30s, observed at 1m30.01s: 10 ms late
          at 90010, rows 57, late by 10
      violated: whenever container web/app exits with 1 (1m0.4s), container web/app starts within 10s
          expected within 10s of the exit at 1m0.4s (by 1m10.4s), observed at 1m11.5s: 1.1s late
          at 71500, rows 49, late by 1100
      violated: whenever pod web is deleted (1m30s), container web/app is killed with SIGKILL within 30s
          expected within 30s of the deletion at 1m30s (by 2m0s), never observed; nearest: container web/app gets SIGTERM at 1m30.01s
          at 120000, rows 55
      violated: whenever container web/app exits (1m30.11s), container web/app is alive within 15s
          expected within 15s of the exit at 1m30.11s (by 1m45.11s), never observed
          at 105110, rows 58
      violated: whenever container web/app exits (1m0.4s), container web/app is alive for 1s
          expected throughout, from 1m0.4s to 1m1.4s, observed no process at 1m0.4s
          at 60400, rows 38
      violated: whenever container web/app exits (1m30.11s), container web/app starts
          expected at some time after the exit at 1m30.11s, never observed
          at 90900, rows 58
      violated: whenever container web/app gets SIGTERM (1m30.01s), container web/app exits no sooner than 1s
          expected not before 1m31.01s, observed at 1m30.11s: 900 ms early
          at 90110, rows 58
      "
    `)
  })

  test('tells what something was instead of what it always or never should be', () => {
    expect(
      told([
        'always pod web is Running',
        'always container app is ready',
        'always (pod web is not Failed and container app is running)',
        'never container app exits with 1',
        'never container app is in CrashLoopBackOff',
        'never pod web has Ready=False',
        'whenever container app is ready, it stays so for 60s',
        'container app is ready until pod web is deleted',
        'pod web exists until container app is killed with SIGKILL',
        'pod web is not Running unless container app gets SIGTERM',
      ]),
    ).toMatchInlineSnapshot(`
      "
      violated: always pod web is Running
          expected at every instant, observed Pending at 0s
          at 0, rows 2
      violated: always container web/app is ready
          expected at every instant, observed not ready at 0s
          at 0, rows 
      violated: always pod web is not Failed and container web/app is running
          expected at every instant, observed no status at 0s
          at 0, rows 
      violated: never container web/app exits with 1
          expected never, observed at 1m0.4s
          at 60400, rows 38
      violated: never container web/app is waiting with CrashLoopBackOff
          expected never, observed at 1m1.01s
          at 61010, rows 45
      violated: never pod web has Ready=False
          expected never, observed at 20ms
          at 20, rows 9
      violated: whenever container web/app is ready, it stays so for 1m0s
          expected for 1m0s from 3.01s (until 1m3.01s), observed until 1m1s: 2.01s short
          at 61000, rows 42
      violated: container web/app is ready until pod web is deleted
          expected so until pod web is deleted; observed not ready at 0s, and the deletion only at 1m30s
          at 0, rows 
      violated: pod web exists until container web/app is killed with SIGKILL
          expected so until container web/app is killed with SIGKILL, which has to come; never observed; nearest: container web/app gets SIGTERM at 1m30.01s
          at 90900, rows 57
      violated: pod web is not Running unless container web/app gets SIGTERM
          expected so until container web/app gets SIGTERM; observed Running at 2.85s, and the SIGTERM only at 1m30.01s
          at 2850, rows 31
      "
    `)
  })

  test('tells how often something happened', () => {
    expect(
      told([
        'container app starts exactly once',
        'container app starts at most once',
        'container app starts at least 3 times',
        'container app is killed with SIGKILL exactly twice',
      ]),
    ).toMatchInlineSnapshot(`
      "
      violated: container web/app starts exactly once
          expected exactly once, observed a 2nd time at 1m11.5s, after 2s
          at 71500, rows 49
      violated: container web/app starts at most once
          expected at most once, observed a 2nd time at 1m11.5s, after 2s
          at 71500, rows 49
      violated: container web/app starts at least 3 times
          expected at least 3 times, observed twice, at 2s, 1m11.5s
          at 90900, rows 49
      violated: container web/app is killed with SIGKILL exactly twice
          expected exactly twice, never observed; nearest: container web/app gets SIGTERM at 1m30.01s
          at 90900, rows 57
      "
    `)
  })

  test('tells what came too early', () => {
    expect(
      told([
        'container app starts before container migrate exits',
        'container app is killed with SIGKILL before pod web is gone',
        'no container app starts before container migrate exits with 1',
        'in order: container app starts; container migrate starts; pod web is gone',
        'in order: container app starts; container app is killed with SIGKILL',
        'strictly in order: pod web is created; pod web becomes Pending',
      ]),
    ).toMatchInlineSnapshot(`
      "
      violated: container web/app starts before container web/migrate exits
          expected the first before the second; observed the second at 1.53s, the first only at 2s
          at 1530, rows 22, 29
      violated: container web/app is killed with SIGKILL before pod web is gone
          expected the first before the second; observed the second at 1m30.9s, the first never
          at 90900, rows 61
      violated: no container web/app starts before container web/migrate exits with 1
          expected not before container web/migrate exits with 1; observed at 2s, the exit never
          at 2000, rows 29
      violated: in order: container web/app starts; container web/migrate starts; pod web is gone
          expected this order; observed the 2nd at 530ms, the 1st at 2s
          at 530, rows 20, 29
      violated: in order: container web/app starts; container web/app is killed with SIGKILL
          expected this order; observed the 2nd never; nearest: container web/app gets SIGTERM at 1m30.01s
          at 90900, rows 29
      violated: strictly in order: pod web is created; pod web becomes Pending
          expected this order, at different instants; observed the 1st and the 2nd both at 0s
          at 0, rows 2, 1
      "
    `)
  })

  test('tells what something went through', () => {
    expect(
      told([
        'pod web goes through Pending, Running, Succeeded',
        'pod web goes through Pending, Failed',
        'Ready of pod web goes through False, True',
        'container app goes through waiting, running, terminated Completed',
        'container app goes through waiting, running, terminated, waiting CrashLoopBackOff, running, terminated, running',
        'from container app exits to container app starts: gaps of 10s',
        'from container app exits to container app starts: gaps of 11.1s, 20s',
        'from container app exits to container app starts: gaps of 10s, each up to 1s more',
      ]),
    ).toMatchInlineSnapshot(`
      "
      violated: pod web goes through Pending, Running, Succeeded
          expected Pending, Running, Succeeded; observed Pending, Running by the end at 1m30.9s
          at 90900, rows 31
      violated: pod web goes through Pending, Failed
          expected Pending, Failed; observed Pending, Running at 2.85s
          at 2850, rows 31
      violated: Ready of pod web goes through False, True
          expected False, True; observed False, True, False at 1m1s
          at 61000, rows 39
      violated: container web/app goes through waiting, running, terminated Completed
          expected waiting, running, terminated Completed; observed waiting PodInitializing, running, terminated Error at 1m1s
          at 61000, rows 41
      violated: container web/app goes through waiting, running, terminated, waiting CrashLoopBackOff, running, terminated, running
          expected waiting, running, terminated, waiting CrashLoopBackOff, running, terminated, running; observed waiting PodInitializing, running, terminated Error, waiting CrashLoopBackOff, running, terminated Error by the end at 1m30.9s
          at 90900, rows 59
      violated: from container web/app exits to container web/app starts: gaps of 10s
          expected gaps of 10s; observed 11.1s: the 1st is 1.1s longer at 1m11.5s
          at 71500, rows 38, 49
      violated: from container web/app exits to container web/app starts: gaps of 11.1s, 20s
          expected gaps of 11.1s, 20s; observed 11.1s by the end at 1m30.9s
          at 90900, rows 38, 49
      violated: from container web/app exits to container web/app starts: gaps of 10s, each up to 1s more
          expected gaps of 10s, each up to 1s more; observed 11.1s: the 1st is 1.1s longer at 1m11.5s
          at 71500, rows 38, 49
      "
    `)
  })

  test('tells of the part of the run that a scope is', () => {
    expect(
      told([
        'after container app exits: never container app is running',
        'after pod web is deleted: pod web is gone within 500ms',
        'before pod web is deleted: container app is killed with SIGKILL',
        'before pod web is deleted: pod web is gone',
        'between container app starts and container app exits: container app gets SIGTERM',
        'while pod web is Running: always container app is ready',
        'at the end: pod web exists',
        'at the end: always pod web exists',
      ]),
    ).toMatchInlineSnapshot(`
      "
      violated: after container web/app exits: never container web/app is running
          expected never, observed at 1m0.4s
          at 60400, rows 32
      violated: after pod web is deleted: pod web is gone within 500ms
          expected within 500ms of the beginning of the scope at 1m30s (by 1m30.5s), observed at 1m30.9s: 400 ms late
          at 90900, rows 61, late by 400
      violated: before pod web is deleted: container web/app is killed with SIGKILL
          expected at some time, never observed; nearest: container web/app gets SIGTERM at 1m30.01s
          at 90000, rows 57
      violated: before pod web is deleted: pod web is gone
          expected at some time, observed only at 1m30.9s, when the scope was over
          at 90900, rows 61
      violated: between container web/app starts and container web/app exits: container web/app gets SIGTERM
          expected at some time after the beginning of the scope at 2s, observed only at 1m30.01s, when the scope was over
          at 90010, rows 57
      violated: while pod web is Running: always container web/app is ready
          expected at every instant, observed not ready at 2.85s
          at 2850, rows 
      violated: at the end: pod web exists
          expected at the end, observed no such pod at 1m30.9s
          at 90900, rows 61
      violated: at the end: always pod web exists
          expected at the end, observed no such pod at 1m30.9s
          at 90900, rows 61
      "
    `)
  })

  test('tells which of several expectations decided', () => {
    expect(
      told([
        'all of (pod web is created; container app exits with 3)',
        'for each container of pod web: container it starts at most once',
        'after pod web is deleted: all of (pod web is gone; container app starts)',
      ]),
    ).toMatchInlineSnapshot(`
      "
      violated: container web/app exits with 3
          expected at some time, never observed; nearest: container web/app exits with 1 at 1m0.4s
          at 90900, rows 38
      violated: container web/app starts at most once
          expected at most once, observed a 2nd time at 1m11.5s, after 2s
          at 71500, rows 49
      violated: after pod web is deleted: container web/app starts
          expected at some time after the beginning of the scope at 1m30s, never observed
          at 90900, rows 55
      "
    `)
  })

  test('tells what never came up, and what did', () => {
    expect(
      told([
        'whenever container app exits with 137, pod web is gone',
        'whenever readiness probe of container app fails, pod web is gone',
        'whenever pod web gets event Unhealthy, pod web is gone',
        'whenever container app exits when container app is ready, pod web is gone',
        'whenever container app becomes terminated with OOMKilled, pod web is gone',
        'whenever container app is terminated with OOMKilled, it stays so for 60s',
        'container app exits before container app is killed with SIGKILL',
        'in order: container app is killed with SIGKILL; pod web gets event X',
        'Nix of pod web goes through False, True',
        'from container migrate is killed with SIGKILL to container app starts: gaps of 11.1s',
        'while pod web is Failed: always container app is ready',
        'after step on pod web is refused: pod web exists within 1s',
      ]),
    ).toMatchInlineSnapshot(`
      "
      vacuous: whenever container web/app exits with 137, pod web is gone
          nothing was checked, for this never came up: container web/app exits with 137; nearest: container web/app exits with 1 at 1m0.4s
          at 60400, rows 38
      vacuous: whenever readiness probe of container web/app fails, pod web is gone
          nothing was checked, for this never came up: readiness probe of container web/app fails; nearest: readiness probe of container web/app succeeds at 3s
          at 3000, rows 34
      vacuous: whenever pod web gets event Unhealthy, pod web is gone
          nothing was checked, for this never came up: pod web gets event Unhealthy
          at 90900, rows 
      holds: whenever container web/app exits when container web/app is ready, pod web is gone
          it held for the one trigger
          at 60400, rows 38
      vacuous: whenever container web/app becomes terminated with OOMKilled, pod web is gone
          nothing was checked, for this never came up: container web/app becomes terminated with OOMKilled; nearest: container web/app is terminated with Error and exit code 143 since 1m30.85s
          at 90850, rows 59
      vacuous: whenever container web/app is terminated with OOMKilled, it stays so for 1m0s
          nothing was checked, for this never came up: container web/app is terminated with OOMKilled; nearest: container web/app is terminated with Error and exit code 143 since 1m30.85s
          at 90850, rows 59
      vacuous: container web/app exits before container web/app is killed with SIGKILL
          nothing was checked, for this never came up: container web/app is killed with SIGKILL; nearest: container web/app gets SIGTERM at 1m30.01s
          at 90010, rows 57
      vacuous: in order: container web/app is killed with SIGKILL; pod web gets event X
          nothing was checked, for this never came up: container web/app is killed with SIGKILL or pod web gets event X; nearest: container web/app gets SIGTERM at 1m30.01s
          at 90010, rows 57
      vacuous: Nix of pod web goes through False, True
          nothing was checked, for this never came up: Nix of pod web
          at 90900, rows 
      vacuous: from container web/migrate is killed with SIGKILL to container web/app starts: gaps of 11.1s
          nothing was checked, for this never came up: container web/migrate is killed with SIGKILL
          at 90900, rows 
      vacuous: while pod web is Failed: always container web/app is ready
          nothing was checked, for this never came up: pod web is Failed; nearest: pod web is Running since 2.85s
          at 2850, rows 31
      vacuous: after step on pod web is refused: pod web exists within 1s
          nothing was checked, for this never came up: step on pod web is refused
          at 90900, rows 
      "
    `)
  })

  test('tells what held', () => {
    expect(
      told([
        'container app exits with 1',
        'whenever container app exits, pod web exists',
        'always pod web is not Failed',
        'restart count of container app never falls',
        'Ready of pod web goes through False, True, False',
        'container app starts exactly twice',
        'from container app exits to container app starts: gaps of 11s ± 1s',
        'container migrate exits before container app starts',
        'in order: container migrate exits; container app exits',
        'all of (pod web exists within 1s; never pod web is Failed)',
        'whenever container app exits with 137, pod web is gone or nothing of it happens',
      ]),
    ).toMatchInlineSnapshot(`
      "
      holds: container web/app exits with 1
          observed at 1m0.4s
          at 60400, rows 38
      holds: whenever container web/app exits, pod web exists
          it held for each of 2 triggers
          at 90110, rows 38, 58
      holds: always pod web is not Failed
          it held throughout
          at 90900, rows 
      holds: restart count of container web/app never falls
          it held throughout
          at 90900, rows 
      holds: Ready of pod web goes through False, True, False
          it went through False, True, False
          at 61000, rows 9, 35, 39
      holds: container web/app starts exactly twice
          it happened twice
          at 71500, rows 29, 49
      holds: from container web/app exits to container web/app starts: gaps of 11s ± 1s
          the gaps were these
          at 71500, rows 49
      holds: container web/migrate exits before container web/app starts
          the order was kept
          at 1530, rows 22
      holds: in order: container web/migrate exits; container web/app exits
          the order was kept
          at 60400, rows 22, 38
      holds: all of (pod web exists within 1s; never pod web is Failed)
          all of it held
          at 90900, rows 
      holds: whenever container web/app exits with 137, pod web is gone or nothing of it happens
          nothing of it happened
          at 90900, rows 
      "
    `)
  })

  test('names the horizon that would decide what a horizon has cut', () => {
    const cut = new TraceBuilder()
    cut.at(0).createPod(WEB_POD)
    const deletion = cut.at(1000).row(ROW.deletionRequested, 'Pod/default/web', 30, 31)
    cut.at(2000, deletion).row(ROW.signal, APP, 0, 15)
    const clauses = [
      'whenever pod web is deleted, pod web is gone within 31s',
      'whenever pod web is deleted, pod web is gone',
      'container app exits at 10s ± 1s',
      'whenever pod web exists, it stays so for 1m',
      'container app exits at least once',
      'pod web exists until container app exits',
      'in order: pod web is deleted; pod web is gone',
      'at the end: pod web exists',
      'after pod web is deleted: container app exits within 10s',
    ]
    expect(told(clauses, cut.build('horizon'))).toMatchInlineSnapshot(`
      "
      open: whenever pod web is deleted (1s), pod web is gone within 31s
          expected within 31s of the deletion at 1s (by 32s); the run was cut at 2s, and a horizon of 32s would decide it
          at 2000, rows 1
      open: whenever pod web is deleted (1s), pod web is gone
          expected at some time after the deletion at 1s; the run was cut at 2s, and a later horizon may decide it
          at 2000, rows 1
      open: container web/app exits at 10s ± 1s
          expected at 10s ± 1s; the run was cut at 2s, and a horizon of 11s would decide it
          at 2000, rows 
      open: whenever pod web exists, it stays so for 1m0s
          expected for 1m0s from 0s (until 1m0s); the run was cut at 2s, and a horizon of 1m0s would decide it
          at 2000, rows 0
      open: container web/app exits at least once
          expected at least once; observed none so far; the run was cut at 2s, and a later horizon may decide it
          at 2000, rows 
      open: pod web exists until container web/app exits
          expected so until container web/app exits; the run was cut at 2s, and a later horizon may decide it
          at 2000, rows 
      open: in order: pod web is deleted; pod web is gone
          expected this order; the run was cut at 2s, and a later horizon may decide it
          at 2000, rows 
      open: at the end: pod web exists
          expected a run that comes to its end; the run was cut at 2s, and a later horizon may decide it
          at 2000, rows 
      open: after pod web is deleted: container web/app exits within 10s
          expected within 10s of the beginning of the scope at 1s (by 11s); the run was cut at 2s, and a horizon of 11s would decide it
          at 2000, rows 1
      "
    `)
  })

  test('tells of a restart count that falls', () => {
    const t = new TraceBuilder()
    t.at(0).createPod(WEB_POD)
    t.at(1000).row(ROW.containerRestarts, APP, 2)
    t.at(2000).row(ROW.containerRestarts, APP, 1)
    expect(told(['restart count of container app never falls'], t.build())).toMatchInlineSnapshot(`
      "
      violated: restart count of container web/app never falls
          expected a count that never falls; observed 1 after 2 at 2s
          at 2000, rows 2
      "
    `)
  })

  test('knows objects by the names that people write, and refuses unknown ones', () => {
    const clause = parseClause('container ap exits')
    expect(() => explain(clause, { kind: 'holds' }, TRACE)).toThrow(/app/)
  })

  test('has something to say of every verdict about every clause over random traces', () => {
    const draws = new RandomDraws(fc.readConfigureGlobal().seed ?? 0)
    const clauses = new RandomClauses(draws)
    const kinds = new Set<string>()
    for (let i = 0; i < 3000; i++) {
      const trace = withObjects(drawTrace(draws, new SymbolTable()))
      const clause = clauses.clause()
      const verdict = evaluateReference(clause, trace)
      const { sentence, finding, rows, at } = explain(clause, verdict, trace)
      kinds.add(`${clause.kind} ${verdict.kind}`)
      const context = JSON.stringify({ clause, verdict, finding })
      expect(sentence, context).not.toBe('')
      expect(`${finding} ${at}`, context).not.toMatch(/undefined|NaN|Infinity|\s-\d/)
      for (const row of rows) expect(row >= 0 && row < trace.rows.length, context).toBe(true)
    }
    expect(kinds.size).toBeGreaterThan(50)
  })
})

/** A trace that knows the objects of its rows. */
function withObjects(trace: Trace): Trace {
  const objects = new Map<number, TraceObject>()
  const add = (path: string, object: Omit<TraceObject, 'symbol' | 'path'>): number => {
    const symbol = trace.symbols.intern(path)
    objects.set(symbol, { symbol, path, ...object })
    return symbol
  }
  for (const path of PODS) {
    const [namespace, name] = path.split('/')
    const pod = add(`Pod/${path}`, { kind: 'Pod', namespace, name })
    CONTAINERS.forEach((container, index) => {
      add(`Pod/${path}/${container}`, { kind: 'Container', namespace, name: container, pod, role: 'container', index })
    })
  }
  for (const path of OBJECTS) {
    const [kind, namespace, name] = path.split('/')
    add(path, { kind: kind as TraceObject['kind'], namespace, name })
  }
  for (const name of NODES) add(`Node/${name}`, { kind: 'Node', namespace: '', name })
  const [namespace, name] = SERVICE.split('/')
  add(`Service/${SERVICE}`, { kind: 'Service', namespace, name })
  return { ...trace, objects }
}
