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
    const trace = run('slow-drain', { seed: 0x1f3a })
    const line = 'whenever pod web is deleted, container app is killed with SIGKILL at +30s'
    const note = '17 choices, shrunk from 94 in 3 ms'
    expect(reported(line, trace, { title, note, replay })).toMatchInlineSnapshot()
  })

  test('marks what went another way', () => {
    expect(reported('pod web goes through Pending, Running, Succeeded', DRAIN)).toMatchInlineSnapshot()
  })

  test('shows the trigger of what never came', () => {
    expect(reported('whenever pod web is deleted, container app starts within 30s', DRAIN)).toMatchInlineSnapshot()
  })

  test('shows what came up instead where nothing was checked', () => {
    expect(reported('whenever container app exits with 0, pod web is gone', DRAIN)).toMatchInlineSnapshot()
  })

  test('says which horizon would decide', () => {
    const cut = run('slow-drain', { horizon: '70s' })
    expect(reported('whenever pod web is deleted, pod web is gone within 31s', cut)).toMatchInlineSnapshot()
  })

  test('tells a row that the story leaves out in its own words', () => {
    expect(reported('never container app is running', DRAIN)).toMatchInlineSnapshot()
  })

  test('leaves lines out where trigger and finding are far apart', () => {
    const line = 'from container app starts to container app is killed with SIGKILL: gaps of 1m'
    expect(reported(line, run('slow-start'))).toMatchInlineSnapshot()
  })

  test('shows only the pods concerned', () => {
    const lines = findingReport({
      title: 'no restarts',
      clause: parseClause('container worker/app starts at most 1 times'),
      verdict: checkTrace([parseClause('container worker/app starts at most 1 times')], run('crash-loop'))[0],
      trace: run('crash-loop'),
    })
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot()
  })

  test('shows the end of a run where there is no row to show', () => {
    expect(reported('at the end: container app is ready', run('crash-loop'))).toMatchInlineSnapshot()
  })

  test('says of what holds that it does', () => {
    expect(reported('container app is killed with SIGKILL at 90s', DRAIN)).toMatchInlineSnapshot()
  })

  test('takes the words of a law', () => {
    const law = {
      title: 'restart-count-never-falls',
      sentence: "A container's restartCount never falls.",
      finding: 'restartCount of app fell from 2 to 1',
      verdict: { kind: 'violated', time: 61_000, row: 41, trigger: -1 },
      trace: crashingWeb(),
    } as const
    expect(`\n${findingReport(law).join('\n')}\n`).toMatchInlineSnapshot()
  })

  test('paints heads, marks and the rest by the palette', () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`
    const palette = { ...PLAIN_PALETTE, bad: tag('bad'), good: tag('good'), strong: tag('strong'), dim: tag('dim') }
    expect(reported('never container app is killed', DRAIN, { palette })).toMatchInlineSnapshot()
  })

  test('is safe to print, whatever names and messages say', () => {
    const t = new TraceBuilder()
    t.at(0).createPod(WEB_POD)
    t.at(1000).row(ROW.refused, WEB, t.symbols.intern('no\u001b[31m\n\u202e'))
    const text = reported('never step on pod web is refused', t.build(), {
      title: 'a \u001b[2J title',
      replay: 'npx podwright replay \u0007.yaml',
    })
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  test('names the field behind each kind of row', () => {
    const fields = ([line, example, options]: readonly [string, string, SimulateOptions?]): string => {
      const report = reported(line, run(example, options)).split('\n')
      return `${line}: ${report.findLast(text => /^ {2}\S/.test(text))?.trim()}`
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
          ['never pod missing has Ready=False', 'image-pull'],
        ] as const
      )
        .map(fields)
        .join('\n')}\n`,
    ).toMatchInlineSnapshot()
  })

  test('marks the container of an init container by its own list', () => {
    const t = new TraceBuilder()
    t.at(0).createPod(WEB_POD)
    t.at(1000).row(ROW.pullStart, `${WEB}/migrate`, t.symbols.intern('migrate:1'))
    t.at(2000).waiting(APP, 'ImagePullBackOff')
    expect(reported('never container app is waiting with ImagePullBackOff', t.build())).toMatchInlineSnapshot()
  })
})
