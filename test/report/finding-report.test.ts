import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkTrace, parseClause } from '../../src/expect/index.js'
import { findingReport, PLAIN_PALETTE, type ReportedFinding } from '../../src/report/index.js'
import { type SimulateOptions, simulate } from '../../src/spec/simulate.js'
import { ROW, type Trace } from '../../src/trace/index.js'
import { APP, crashingWeb, WEB, WEB_POD } from '../trace/crashing-web.js'
import { TraceBuilder } from '../trace/trace-builder.js'

const run = (example: string, options: SimulateOptions = {}): Trace =>
  simulate(readFileSync(join(import.meta.dirname, '..', '..', 'examples', `${example}.yaml`), 'utf8'), options)

const DRAIN = run('slow-drain')

/** A SIGKILL that comes a millisecond after the grace is over, to a pod whose manifest has places. */
function lateKill(): Trace {
  const t = new TraceBuilder()
  t.at(0).createPod(WEB_POD)
  t.object('Service/default/front', { kind: 'Service', namespace: 'default', name: 'front' })
  const step = t.at(60_000, -1).row(ROW.step, 'Step/1', 1, t.symbols.intern('delete pod/web'))
  const deletion = t.at(60_000, step).row(ROW.deletionRequested, WEB, 30, 90)
  const stop = t.at(60_000, deletion).row(ROW.containerStop, APP, 0, 30)
  t.at(60_000, stop).row(ROW.signal, APP, 0, 15)
  t.at(60_012, deletion).row(ROW.endpoints, 'Service/default/front', 0)
  t.at(90_001, stop).row(ROW.signal, APP, 0, 9)
  const trace = t.build('quiescent', { seed: 0x1f3a })
  const fieldOrigin = (path: readonly (string | number)[]) =>
    path.join('.') === 'spec.terminationGracePeriodSeconds' ? { file: 'web.yaml', line: 21, column: 7 } : undefined
  return { ...trace, manifests: trace.manifests.map(manifest => ({ ...manifest, fieldOrigin })) }
}

/** The report of an expectation about a trace. */
function reported(line: string, trace: Trace, more: Partial<ReportedFinding> = {}): string {
  const clause = parseClause(line)
  const [verdict] = checkTrace([clause], trace)
  return `\n${findingReport({ title: 'it is as it should be', clause, verdict, trace, ...more }).join('\n')}\n`
}

describe('the report of a finding', () => {
  test('shows what came late, the timeline around it, the field that decided it, and how to see it again', () => {
    const title = 'a drain slower than the grace period is cut short'
    const replay = 'npx podwright replay drain.yaml pw1:Ck3'
    const line = 'whenever pod web is deleted, container app is killed with SIGKILL at +30s'
    const note = '17 choices, shrunk from 94 in 3 ms'
    expect(reported(line, lateKill(), { title, note, replay })).toMatchInlineSnapshot(`
      "
      ✗ a drain slower than the grace period is cut short — violated at 1m30.001s
        whenever pod web is deleted (1m0s), container web/app is killed with SIGKILL at +30s
            expected at 1m30s, observed at 1m30.001s: 1 ms late

              0.000s  web      created
            1m0.000s  web      delete requested, grace 30s  by step 1
            1m0.000s  web/app  SIGTERM (30s to stop)        ← delete
            1m0.012s  front    endpoints: none              ← web delete
        ▸  1m30.001s  web/app  SIGKILL                      ← grace period over

        seed 0x1f3a · 17 choices, shrunk from 94 in 3 ms · web.yaml:21:7 terminationGracePeriodSeconds: 30
        replay: npx podwright replay drain.yaml pw1:Ck3
      "
    `)
  })

  test('marks what went another way', () => {
    expect(reported('pod web goes through Pending, Running, Succeeded', DRAIN)).toMatchInlineSnapshot(`
      "
      ✗ it is as it should be — violated at 1m30s
        pod web goes through Pending, Running, Succeeded
            expected Pending, Running, Succeeded; observed Pending, Running, Failed at 1m30s

              3.870s  web      Ready                         ← readiness probe
            1m0.000s  web      delete requested, grace 30s   by step 1
            1m0.000s  web/app  SIGTERM (30s to stop)         ← delete
           1m30.000s  web/app  SIGKILL, exited 137 (Error)   ← grace period over
        ▸  1m30.000s  web      Failed, not Ready: PodFailed  ← exit 137
           1m30.850s  web      gone                          ← delete

        restartPolicy: Always (the default)
      "
    `)
  })

  test('shows the trigger of what never came', () => {
    expect(reported('whenever pod web is deleted, container app starts within 30s', DRAIN)).toMatchInlineSnapshot(`
      "
      ✗ it is as it should be — violated at 1m30s
        whenever pod web is deleted (1m0s), container web/app starts within 30s
            expected within 30s of the deletion at 1m0s (by 1m30s), never observed

              0.850s  web      Running                      ← start
              1.860s  web/app  readiness probe fails ×3
              3.870s  web/app  readiness probe succeeds
              3.870s  web      Ready                        ← readiness probe
        ▸   1m0.000s  web      delete requested, grace 30s  by step 1
            1m0.000s  web/app  SIGTERM (30s to stop)        ← delete
           1m30.000s  web/app  SIGKILL, exited 137 (Error)  ← grace period over
      "
    `)
  })

  test('shows what came up instead where nothing was checked', () => {
    expect(reported('whenever container app exits with 0, pod web is gone', DRAIN)).toMatchInlineSnapshot(`
      "
      ✗ it is as it should be — vacuous
        whenever container web/app exits with 0, pod web is gone
            nothing was checked, for this never came up: container web/app exits with 0; nearest: container web/app exits with 137 at 1m30s

              3.870s  web/app  readiness probe succeeds
              3.870s  web      Ready                         ← readiness probe
            1m0.000s  web      delete requested, grace 30s   by step 1
            1m0.000s  web/app  SIGTERM (30s to stop)         ← delete
        ▸  1m30.000s  web/app  SIGKILL, exited 137 (Error)   ← grace period over
           1m30.000s  web      Failed, not Ready: PodFailed  ← exit 137
           1m30.850s  web      gone                          ← delete

        manifests:23:3 terminationGracePeriodSeconds: 30
      "
    `)
  })

  test('says which horizon would decide', () => {
    const cut = run('slow-drain', { horizon: '70s' })
    expect(reported('whenever pod web is deleted, pod web is gone within 31s', cut)).toMatchInlineSnapshot(`
      "
      ✗ it is as it should be — open: the run was cut at 1m10s
        whenever pod web is deleted (1m0s), pod web is gone within 31s
            expected within 31s of the deletion at 1m0s (by 1m31s); the run was cut at 1m10s, and a horizon of 1m31s would decide it

             0.850s  web      Running                      ← start
             1.860s  web/app  readiness probe fails ×3
             3.870s  web/app  readiness probe succeeds
             3.870s  web      Ready                        ← readiness probe
        ▸  1m0.000s  web      delete requested, grace 30s  by step 1
           1m0.000s  web/app  SIGTERM (30s to stop)        ← delete
      "
    `)
  })

  test('tells a row that the story leaves out in its own words', () => {
    expect(reported('never container app is running', DRAIN)).toMatchInlineSnapshot(`
      "
      ✗ it is as it should be — violated at 850ms
        never container web/app is running
            expected never, observed at 850ms

           0.000s  web      created, scheduled to node-1, sandbox up with 10.244.0.1  by manifests:18:1
           0.000s  web/app  pulling registry.example/web:2                            ← sandbox up
           0.500s  web/app  pulled registry.example/web:2 in 500ms, started
        ▸  0.850s  web/app  shown as running                                          ← start
           0.850s  web      Running                                                   ← start
           1.860s  web/app  readiness probe fails ×3
      "
    `)
  })

  test('leaves lines out where two rows that show it are far apart', () => {
    const line = 'in order: container worker/app becomes waiting with CrashLoopBackOff; container worker/app starts'
    expect(reported(line, run('crash-loop'))).toMatchInlineSnapshot(`
      "
      ✗ it is as it should be — violated at 500ms
        in order: container worker/app becomes waiting with CrashLoopBackOff; container worker/app starts
            expected this order; observed the 2nd at 500ms, the 1st at 25.3s

            0.000s  worker      created, scheduled to node-1, sandbox up with 10.244.0.1  by manifests:5:1
            0.000s  worker/app  pulling registry.example/worker:1                         ← sandbox up
        ▸   0.500s  worker/app  pulled registry.example/worker:1 in 500ms, started
            0.850s  worker      Running, Ready                                            ← start
            5.500s  worker/app  exited 1 (Error)                                          by itself
           …
            5.850s  worker      not Ready                                                 ← exit 1
            6.850s  worker      Ready                                                     ← start
           10.850s  worker/app  exited 1 (Error)                                          by itself
           11.850s  worker      not Ready                                                 ← exit 1
        ▸  25.300s  worker/app  started (restart 2), shown as CrashLoopBackOff (10s)      ← exit 1
           25.850s  worker      Ready                                                     ← start
           30.300s  worker/app  exited 1 (Error)                                          by itself
      "
    `)
  })

  test('shows only the pods concerned', () => {
    const lines = findingReport({
      title: 'no restarts',
      clause: parseClause('container worker/app starts at most 1 times'),
      verdict: checkTrace([parseClause('container worker/app starts at most 1 times')], run('crash-loop'))[0],
      trace: run('crash-loop'),
    })
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      ✗ no restarts — violated at 5.85s
        container worker/app starts at most once
            expected at most once, observed a 2nd time at 5.85s, after 500ms

           0.000s  worker/app  pulling registry.example/worker:1                   ← sandbox up
           0.500s  worker/app  pulled registry.example/worker:1 in 500ms, started
           0.850s  worker      Running, Ready                                      ← start
           5.500s  worker/app  exited 1 (Error)                                    by itself
        ▸  5.850s  worker/app  started (restart 1)                                 ← exit 1
           5.850s  worker      not Ready                                           ← exit 1
           6.850s  worker      Ready                                               ← start

        restartPolicy: Always (the default)
      "
    `)
  })

  test('shows the end of a run where there is no row to show', () => {
    expect(reported('at the end: container app is ready', run('crash-loop'))).toMatchInlineSnapshot(`
      "
      ✗ it is as it should be — open: the run was cut at 20m0s
        at the end: container worker/app is ready
            expected a run that comes to its end; the run was cut at 20m0s, and a later horizon may decide it

           11m38.300s  worker/app  CrashLoopBackOff (5m0s)   ← exit 1
           16m24.300s  worker/app  started (restart 8)       ← exit 1
           16m24.850s  worker      Ready                     ← start
           16m29.300s  worker/app  exited 1 (Error)          by itself
           16m29.850s  worker      not Ready                 ← exit 1
           16m43.300s  worker/app  CrashLoopBackOff (5m0s)   ← exit 1
      "
    `)
  })

  test('says of what holds that it does', () => {
    expect(reported('container app is killed with SIGKILL at 90s', DRAIN)).toMatchInlineSnapshot(`
      "
      ✓ it is as it should be — holds
        container web/app is killed with SIGKILL at 1m30s
            observed at 1m30s

              3.870s  web/app  readiness probe succeeds
              3.870s  web      Ready                         ← readiness probe
            1m0.000s  web      delete requested, grace 30s   by step 1
            1m0.000s  web/app  SIGTERM (30s to stop)         ← delete
        ▸  1m30.000s  web/app  SIGKILL, exited 137 (Error)   ← grace period over
           1m30.000s  web      Failed, not Ready: PodFailed  ← exit 137
           1m30.850s  web      gone                          ← delete
      "
    `)
  })

  test('takes the words of a law', () => {
    const law = {
      title: 'restart-count-never-falls',
      sentence: "A container's restartCount never falls.",
      finding: 'restartCount of app fell from 2 to 1',
      verdict: { kind: 'violated', time: 61_000, row: 41, trigger: -1 },
      trace: crashingWeb(),
    } as const
    expect(`\n${findingReport(law).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      ✗ restart-count-never-falls — violated at 1m1s
        A container's restartCount never falls.
            restartCount of app fell from 2 to 1

              3.000s  web/app  readiness probe succeeds
              3.010s  web      Ready                          ← readiness probe
            1m0.400s  web/app  exited 1 (Error)               by itself
            1m1.000s  web      not Ready                      ← exit 1
        ▸   1m1.000s  web/app  shown as terminated 1 (Error)  ← exit 1
            1m1.010s  web/app  CrashLoopBackOff (10s)         ← exit 1
           1m11.500s  web/app  started (restart 1)            ← exit 1
      "
    `)
  })

  test('paints heads, marks and the rest by the palette', () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`
    const palette = { ...PLAIN_PALETTE, bad: tag('bad'), good: tag('good'), strong: tag('strong'), dim: tag('dim') }
    expect(reported('never container app is killed', DRAIN, { palette })).toMatchInlineSnapshot(`
      "
      <bad>✗ it is as it should be</bad> — violated at 1m30s
        never container web/app is killed with SIGKILL
            <strong>expected never, observed at 1m30s</strong>

              3.870s  web/app  readiness probe succeeds
              3.870s  web      <good>Ready</good>                         ← readiness probe
            1m0.000s  web      delete requested, grace 30s   by step 1
            1m0.000s  web/app  SIGTERM (30s to stop)         ← delete
        <bad>▸</bad>  1m30.000s  web/app  <bad>SIGKILL, exited 137 (Error)</bad>   ← grace period over
           1m30.000s  web      <bad>Failed,</bad> not Ready: PodFailed  ← exit 137
           1m30.850s  web      gone                          ← delete

      <dim>  manifests:23:3 terminationGracePeriodSeconds: 30</dim>
      "
    `)
  })

  test('is safe to print, whatever names and messages say', () => {
    const t = new TraceBuilder()
    t.at(0).createPod(WEB_POD)
    t.at(1000).row(ROW.refused, WEB, t.symbols.intern('no\u001b[31m\n\u202e'))
    const text = reported('never step on pod web is refused', t.build(), {
      title: 'a \u001b[2J title',
      replay: 'npx podwright replay \u0007.yaml',
    })
    for (const unsafe of ['\u001b', '\u0007', '\u202e']) expect(text).not.toContain(unsafe)
    expect(text).toContain('\\x1b')
  })

  test('names the field behind each kind of row', () => {
    const fields = ([line, example, options]: readonly [string, string, SimulateOptions?]): string => {
      const report = reported(line, run(example, options)).split('\n')
      return `${line}: ${report.findLast(text => /^ {2}[a-z]/.test(text))?.trim()}`
    }
    expect(
      `\n${(
        [
          ['never container app is killed', 'slow-drain'],
          ['never pod web is deleted', 'slow-drain'],
          ['never pod web is gone', 'slow-drain'],
          ['never pod web is Failed', 'slow-drain'],
          ['never readiness probe of container app fails', 'slow-drain'],
          ['never Ready of pod web becomes True', 'slow-drain'],
          ['container app starts at most once', 'crash-loop'],
          ['never container app is in CrashLoopBackOff', 'crash-loop'],
          ['never liveness probe of container app fails', 'slow-start'],
          ['never container app gets SIGTERM', 'slow-start'],
          ['never pull for pod missing fails', 'image-pull'],
        ] as const
      )
        .map(fields)
        .join('\n')}\n`,
    ).toMatchInlineSnapshot(`
      "
      never container app is killed: manifests:23:3 terminationGracePeriodSeconds: 30
      never pod web is deleted: manifests:23:3 terminationGracePeriodSeconds: 30
      never pod web is gone: manifests:23:3 terminationGracePeriodSeconds: 30
      never pod web is Failed: restartPolicy: Always (the default)
      never readiness probe of container app fails: readinessProbe.failureThreshold: 3 (the default)
      never Ready of pod web becomes True: manifests:31:9 readinessProbe.periodSeconds: 1
      container app starts at most once: restartPolicy: Always (the default)
      never container app is in CrashLoopBackOff: restartPolicy: Always (the default)
      never liveness probe of container app fails: manifests:29:9 livenessProbe.failureThreshold: 3
      never container app gets SIGTERM: manifests:29:9 livenessProbe.failureThreshold: 3
      never pull for pod missing fails: manifests:31:7 image: registry.example/missing:1
      "
    `)
  })

  test('finds an init container in its own list', () => {
    const t = new TraceBuilder()
    t.at(0).createPod(WEB_POD)
    t.at(1000).row(ROW.pullStart, `${WEB}/migrate`, t.symbols.intern('migrate:1'))
    t.at(2000).waiting(`${WEB}/migrate`, 'ImagePullBackOff')
    expect(reported('never init migrate is waiting with ImagePullBackOff', t.build())).toMatchInlineSnapshot(`
      "
      ✗ it is as it should be — violated at 2s
        never container web/migrate is waiting with ImagePullBackOff
            expected never, observed at 2s

           0.000s  web          created
           1.000s  web/migrate  pulling migrate:1
        ▸  2.000s  web/migrate  ImagePullBackOff

        image: migrate:1
      "
    `)
  })
})
