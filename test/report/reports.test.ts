import { describe, expect, test } from 'vitest'
import { countRun, divergenceReport, formatInstant, rowSentence, summary, whyReport } from '../../src/report/index.js'
import { causalChain, findRow, firstDivergence, ROW, ROW_KINDS, type RowKind } from '../../src/trace/index.js'
import { APP, crashingWeb, WEB_POD } from '../trace/crashing-web.js'
import { TraceBuilder } from '../trace/trace-builder.js'

const text = (lines: readonly string[]): string => `\n${lines.join('\n')}\n`
const trace = crashingWeb()

describe('whyReport', () => {
  test('walks from a row to the beginning, with the causes that were coalesced', () => {
    const { number } = findRow(trace, 'web Ready=True')
    expect(text(whyReport(trace, causalChain(trace, number)))).toMatchInlineSnapshot(`
      "
      3.010s  web          Ready=True  #35
      2.850s  web          ← also phase Running  #31
      3.000s  web/app      ← readiness probe succeeds (httpGet, 10ms)  #34
      2.000s  web/app      ← started  #29
      2.000s  web/app      ← container created  #28
      1.530s  web/migrate  ← exited 0  #22
      0.530s  web/migrate  ← started  #20
      0.530s  web/migrate  ← container created  #19
      0.530s  web          ← pulled migrate:1  #18
      0.030s  web/migrate  ← pulling migrate:1  #16
      0.030s  web          ← sandbox up with 10.244.0.5  #15
      0.020s  web          ← sandbox asked for  #14
      0.010s  web          ← scheduled to node-1  #4
      0.000s  web          ← created  #1
      0.000s  step 1       ← step 1: create pod/web  #0
              nothing in the run caused that
      "
    `)
  })

  test('shortens a long chain in its middle', () => {
    const t = new TraceBuilder()
    let cause = t.createPod(WEB_POD)
    for (let i = 0; i < 60; i++) cause = t.at(i * 1000, cause).row(ROW.containerStart, APP, i, i)
    const lines = whyReport(t.build(), causalChain(t.build(), cause))
    expect(lines).toHaveLength(26)
    expect(lines[16]).toBe('         … 37 more causes')
  })
})

describe('divergenceReport', () => {
  const other = crashingWeb(t => {
    t.row(ROW.hookStart, APP, 1, 1, 0)
  })

  test('shows what both have, where they part, why, and what follows', () => {
    const divergence = firstDivergence(trace, other, 2)
    if (divergence === undefined) throw new Error('the runs are different')
    expect(text(divergenceReport(divergence, { left: 'a.jsonl', right: 'b.jsonl' }))).toMatchInlineSnapshot(`
      "
      The first 58 rows are the same; at 1m30.010s the runs part.
      They differ in kind.

        1m30.010s  web/app  asked to stop within 30s  #56
        1m30.010s  web/app  SIGTERM  #57

      a.jsonl:
      ▸ 1m30.110s  web/app  exited 143 (Error)  #58
        1m30.010s  web/app  ← SIGTERM  #57
        1m30.010s  web/app  ← asked to stop within 30s  #56
        1m30.000s  web      ← delete requested, grace 30s  #55
        1m30.000s  step 2   ← step 2: delete pod/web  #54
        then
        1m30.850s  web/app  shown as terminated 143 (Error)  #59
        1m30.850s  web/app  does not count as started  #60

      b.jsonl:
      ▸ 1m30.010s  web/app  preStop hook begins (exec)  #58
        1m30.010s  web/app  ← asked to stop within 30s  #56
        1m30.000s  web      ← delete requested, grace 30s  #55
        1m30.000s  step 2   ← step 2: delete pod/web  #54
        then
        1m30.110s  web/app  exited 143 (Error)  #59
        1m30.850s  web/app  shown as terminated 143 (Error)  #60
      "
    `)
  })

  test('says which run ended', () => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    const short = t.build()
    t.at(7, 0).phase('Pod/default/web', 'Failed')
    const long = new TraceBuilder()
    long.createPod(WEB_POD)
    const divergence = firstDivergence(short, long.build(), 1)
    if (divergence === undefined) throw new Error('the runs are different')
    expect(text(divergenceReport(divergence, { left: 'long', right: 'short' }))).toMatchInlineSnapshot(`
      "
      The first row is the same; at 0.007s the runs part.

        0.000s  web  created  #0

      long:
      ▸ 0.007s  web  phase Failed  #1
        0.000s  web  ← created  #0

      short ends here.
      "
    `)
  })
})

describe('summary', () => {
  test('says how a run ended and what it held', () => {
    expect(text(summary(trace))).toMatchInlineSnapshot(`
      "
      Quiet since 1m30.900s: nothing more can happen until the horizon of 10m0s.
      1 pod, 1 of them removed, 1 restart, 2 warning events, 62 rows
      "
    `)
    expect(countRun(trace)).toEqual({ pods: 1, removedPods: 1, restarts: 1, warnings: 2, rows: trace.rows.length })
  })

  test('has words for every outcome', () => {
    const words = (['horizon', 'entryLimit', 'paused'] as const).map(outcome => summary({ ...trace, outcome })[0])
    expect(words).toEqual([
      'Cut at the horizon of 10m0s: more would happen after it.',
      'Stopped at 1m30.900s: the limit of entries was reached, so something keeps the cluster busy without end.',
      'Paused at 1m30.900s.',
    ])
  })
})

test('every kind of row has its sentence', () => {
  const t = new TraceBuilder()
  const sentences = ROW_KINDS.map(({ name, types }, kind) => {
    const value = (i: number): number =>
      types[i] === 'symbol'
        ? t.symbols.intern('text')
        : types[i] === 'statusAndReason'
          ? (t.symbols.intern('text') << 2) | 1
          : 1
    t.row(kind as RowKind, 'x', value(0), value(1), value(2))
    return `${name}: ${rowSentence(t.build().rows.at(kind), t.symbols)}`
  })
  expect(text(sentences)).toMatchInlineSnapshot(`
    "
    step: step 1: text
    created: created
    bound: scheduled to text
    specChanged: spec changed: text
    deletionRequested: delete requested, grace 1s
    removed: gone
    phase: phase text: text, text
    condition: text=True: text, text
    conditionRemoved: condition text removed
    startTime: acknowledged by the kubelet
    podIP: pod IP text
    containerWaiting: waiting: text, text
    containerRunning: shown as running
    containerTerminated: shown as terminated 1 (text): text
    containerLastTerminated: last state terminated 1 (text): text
    containerRestarts: restart count 1
    containerReady: ready
    containerStarted: counts as started
    qosClass: QoS class text
    nominatedNode: nominated to text
    statusReplaced: rejected by the kubelet: its status is replaced
    event: event Warning text: text
    sandboxCreate: sandbox asked for, attempt 1
    sandboxReady: sandbox up with text
    sandboxFailed: sandbox failed: text
    sandboxStop: sandbox stopped
    sandboxDied: sandbox died
    pullStart: pulling text
    pullEnd: pull of text failed: text
    containerCreate: container created (restart 1)
    containerStart: started
    containerStartFailed: failed to start: text
    containerStop: asked to stop within 1s
    signal: SIGHUP
    exit: exited 1 (text)
    hookStart: preStop hook begins (httpGet)
    hookEnd: preStop hook fails
    probe: readiness probe fails (exec, 0ms)
    probeRepeated: readiness probe answered the same 1 more time
    endpoints: endpoints: text
    nodeCondition: text=True: text, text
    refused: refused by the API server: text
    observedGeneration: generation 1 observed
    ownerStatus: text 1
    ownerRevision: revision 1
    nodeChanged: text: text
    ownerText: text text
    proxyRules: rules of text: text
    requestsAnswered: 1 request answered by text
    requestFailed: request refused by text: its process does not listen yet; no ready endpoint for 1ms
    requestRetried: request refused by text: its process does not listen yet; no ready endpoint for 1ms; sent again
    requestsUnderWay: 1 request under way at the end
    "
  `)
})

test.each([
  [0, '0.000s'],
  [850, '0.850s'],
  [90_000, '1m30.000s'],
  [3_600_000, '1h0m0.000s'],
  [86_400_001, '24h0m0.001s'],
])('formatInstant writes %i ms as %s', (instant, written) => {
  expect(formatInstant(instant)).toBe(written)
})
