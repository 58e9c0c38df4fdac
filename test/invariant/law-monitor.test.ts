import { describe, expect, test } from 'vitest'
import { Runner, run } from '../../src/cluster/index.js'
import { checkLaws, LAWS, LawMonitor, lawContextOf } from '../../src/invariant/index.js'
import type { Trace } from '../../src/trace/index.js'
import { behaves, plan, planPod } from '../cluster/plans.js'
import { type ArtificialRow, artificialTrace, BY_STEP } from './artificial-trace.js'
import { BEGUN, conditions, starts } from './rows.js'

/** Runs a kept trace's rows through a monitor. */
function watch(monitor: LawMonitor, trace: Trace): void {
  for (let number = 0; number < trace.rows.length; number++) {
    const { time, kind, object, a, b, c, cause } = trace.rows.at(number)
    monitor.row(number, time, kind, object, a, b, c, cause)
  }
}

const TWICE = artificialTrace([...BEGUN, ...starts(0, 'app'), ...starts(1000, 'app', 1)])

test('an image whose name is longer than any may be waits in InvalidImageName, and breaks no law', () => {
  const image = 'a'.repeat(256)
  const long = plan([planPod('web', [{ image }], { app: behaves() })])
  expect(checkLaws(run(long))).toEqual([])
})

describe('the catalogue', () => {
  test('has at least 45 laws with names of their own, each one sentence with a source', () => {
    expect(LAWS.length).toBeGreaterThanOrEqual(45)
    expect(new Set(LAWS.map(({ name }) => name)).size).toBe(LAWS.length)
    for (const { name, sentence, source } of LAWS) {
      expect(name).toMatch(/^[a-z]+(-[a-z0-9]+)+$/)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(source).toMatch(/\(.*[A-Z]+-\d+.*\)$/)
    }
  })

  test('stands in docs/laws.md as it is', async () => {
    await expect(lawsPage()).toMatchFileSnapshot('../../docs/laws.md')
  })
})

describe('a monitor of the laws', () => {
  test('refuses a law that there is not, with the nearest', () => {
    expect(() => checkLaws(TWICE, { off: ['one-instance-at-time'] })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: laws: expected the name of a law, got "one-instance-at-time"
        hint: did you mean one-instance-at-a-time?]
    `)
    expect(() => checkLaws(TWICE, { off: ['zzz'] })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: laws: expected the name of a law, got "zzz"
        hint: docs/laws.md lists them]
    `)
  })

  test('tells who, what, when and which row', () => {
    expect(checkLaws(TWICE)).toMatchInlineSnapshot(`
      [
        {
          "law": "one-instance-at-a-time",
          "object": "Pod/default/web/app",
          "row": 11,
          "text": "container app of pod default/web starts although its instance of 0s runs",
          "time": 1000,
          "trigger": 9,
        },
      ]
    `)
  })

  test('keeps at most ten findings of one law', () => {
    const rows: ArtificialRow[] = [...BEGUN]
    for (let i = 0; i < 50; i++) rows.push([i * 1000, 'bound', 'pod', 'node-1'])
    expect(checkLaws(artificialTrace(rows))).toHaveLength(10)
  })

  test('begins anew after a reset', () => {
    const monitor = new LawMonitor(lawContextOf(TWICE))
    watch(monitor, TWICE)
    const first = monitor.finish(TWICE.end, 'horizon')
    monitor.reset()
    expect(monitor.finish(0, 'horizon')).toEqual([])
    monitor.reset()
    watch(monitor, TWICE)
    expect(monitor.finish(TWICE.end, 'horizon')).toEqual(first)
  })

  test('watches a runner run after run, patches included', () => {
    const patch = { spec: { containers: [{ name: 'app', image: 'app:2' }] } }
    const runner = new Runner(
      plan([planPod('web', [{}], {})], {
        steps: [
          { at: 10_000, do: 'patch', pod: 'default/web', patch, type: 'strategic' },
          { at: 30_000, do: 'delete', pod: 'default/web' },
        ],
      }),
    )
    const monitor = new LawMonitor(runner.lawContext)
    for (let seed = 0; seed < 20; seed++) {
      monitor.reset()
      const { end } = runner.run({ seed, listener: monitor })
      expect(monitor.finish(end, 'quiescent')).toEqual([])
    }
  })

  test('compares the transition times of the conditions that are left with what the rows say', () => {
    const trace = run(plan([planPod('web', [{}], {})], { horizon: 60_000 }))
    expect(checkLaws(trace)).toEqual([])
    const monitor = new LawMonitor(lawContextOf(trace))
    watch(monitor, trace)
    // The same rows as another clock would date them: what is shown is not what was written.
    const shifted = { ...trace, header: { ...trace.header, clockOffset: 5000 } }
    const [finding] = monitor.finish(trace.end, 'horizon', shifted)
    expect(finding).toMatchInlineSnapshot(`
      {
        "law": "transition-time-moves-with-status",
        "object": "Pod/default/web",
        "row": 29,
        "text": "PodReadyToStartContainers of pod default/web has changed at 850ms, 2025-01-01T00:00:00Z, for the last time; its lastTransitionTime is 2025-01-01T00:00:05Z",
        "time": 850,
        "trigger": -1,
      }
    `)
  })

  test('leaves alone what a step sets by hand', () => {
    const byStep: ArtificialRow[] = [
      [1000, 'step', 'Step/1', 1, 'patch pod web'],
      [1000, 'condition', 'pod', 'Ready', 'True', '', BY_STEP],
    ]
    expect(checkLaws(artificialTrace([...BEGUN, ...byStep])).map(({ law }) => law)).toEqual([])
    expect(checkLaws(artificialTrace([...BEGUN, ...conditions(1000, { Ready: 'True' })])).length).toBeGreaterThan(0)
  })

  test('does not take the containers of a pod that was deleted by force for those of its successor', () => {
    const trace = artificialTrace([
      ...BEGUN,
      ...starts(0, 'app'),
      [1000, 'step', 'Step/1', 1, 'delete pod web, grace 0s'],
      [1000, 'deletionRequested', 'pod', 0, 1, BY_STEP],
      [1000, 'removed', 'pod'],
      ...BEGUN.map((row): ArtificialRow => [1000, ...(row.slice(1) as [string, string])]),
      ...starts(1000, 'app'),
      [3000, 'exit', 'app', 0, 137, 'Error'],
    ])
    expect(checkLaws(trace).filter(({ law }) => law !== 'deletion-timestamp-is-a-grace-away')).toEqual([])
  })
})

/** docs/laws.md: run vitest with `-u` after a change of the catalogue. */
function lawsPage(): string {
  const lines = [
    '# Laws',
    '',
    'What holds in every run of every scenario, whatever the pods, behaviours, steps and choices. Every spec and every',
    '`podwright run` checks them all; a law that is broken is a finding, and exit code 1. They say what the real kubelet',
    'does, exceptions included: each holds in all recorded runs of it, as far as the recordings show what it is about.',
    '',
    'A Scenario switches a law off with `laws: { off: [NAME] }`, the command line with `--off NAME`.',
    '',
    'This page is generated from `src/invariant`; a test keeps it current.',
  ]
  for (const family of new Set(LAWS.map(each => each.family))) {
    lines.push('', `## ${family[0].toUpperCase()}${family.slice(1)}`, '')
    for (const { name, sentence, source } of LAWS.filter(each => each.family === family))
      lines.push(`- **${name}**: ${sentence}`, `  *${source}*`)
  }
  return `${lines.join('\n')}\n`
}
