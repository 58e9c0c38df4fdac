import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const specs = join(import.meta.dirname, 'failing-specs.ts')
const work = mkdtempSync(join(tmpdir(), 'podwright-failing-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

interface Outcome {
  readonly title: string
  readonly status: string
  readonly failureMessages: readonly string[]
}

let outcomes: readonly Outcome[]

beforeAll(() => {
  const report = join(work, 'report.json')
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const flags = [
    'run',
    '--config',
    join(import.meta.dirname, 'failing.config.ts'),
    '--reporter=json',
    `--outputFile=${report}`,
  ]
  const { CI: _, ...env } = process.env
  const { stdout, stderr } = spawnSync(process.execPath, [vitest, ...flags], {
    cwd: root,
    env: { ...env, CI: '1' },
    encoding: 'utf8',
  })
  try {
    outcomes = JSON.parse(readFileSync(report, 'utf8')).testResults[0].assertionResults
  } catch {
    throw new Error(`${stdout}\n${stderr}`)
  }
}, 60_000)

/** The message of a failed test without its stack, and the line of the first frame that is the user's. */
function failureOf(title: string): { readonly message: string; readonly line: string } {
  const [text] = outcomes.find(outcome => outcome.title === title)?.failureMessages ?? ['it did not fail']
  const lines = text.split('\n')
  const frames = lines.findIndex(line => /^ {4}at .*:\d+:\d+\)?$/.test(line))
  const frame = lines.slice(frames).find(line => line.includes(specs)) ?? ''
  const [, number] = /:(\d+):\d+\)?$/.exec(frame) ?? []
  const line = readFileSync(specs, 'utf8').split('\n')[Number(number) - 1] ?? ''
  return {
    message: lines.slice(0, frames).join('\n'),
    line: /\/\/ first frame: (.*)$/.exec(line)?.[1] ?? `${frame} ${line}`,
  }
}

describe('a failing spec', () => {
  test('of a refusal tells that it was accepted', () => {
    expect(failureOf('a pod without a fault is refused')).toEqual({
      message: 'Error: expected the API server to refuse it: Required value\ngot: it was accepted',
      line: 'refused',
    })
  })

  test('tells expected and observed, the timeline around it, and points at the expectation', () => {
    const { message, line } = failureOf('a drain faster than the grace period is not cut short')
    expect(message).toMatchInlineSnapshot(`
      "ExpectationError: ✗ a drain faster than the grace period is not cut short — violated at 1m45s
        container web/app exits with 0 at 1m45s
            expected at 1m45s, never observed; nearest: container web/app exits with 137 at 1m30s

              0.500s  web/app  pulled app:1 in 500ms, started
              0.850s  web      Running, Ready                  ← start
            1m0.000s  web      delete requested, grace 30s     by step 1
            1m0.000s  web/app  SIGTERM (30s to stop)           ← delete
        ▸  1m30.000s  web/app  SIGKILL, exited 137 (Error)     ← grace period over
           1m30.000s  web      Failed, not Ready: PodFailed    ← exit 137
           1m30.850s  web      gone                            ← delete

        terminationGracePeriodSeconds: 30
        replay: npx vitest run test/vitest/failing-specs.ts -t 'a drain faster than the grace period is not cut short'"
    `)
    expect(line).toBe('drain')
  })

  test('is one that proves nothing, too', () => {
    const { message, line } = failureOf('nothing ever triggers this')
    expect(message).toMatchInlineSnapshot(`
      "ExpectationError: ✗ nothing ever triggers this — vacuous
        container web/app exits before container web/app gets SIGTERM
            nothing was checked, for this never came up: container web/app gets SIGTERM

           0.000s  web      created, scheduled to node-1, sandbox up with 10.244.0.1
           0.000s  web/app  pulling app:1                                             ← sandbox up
           0.500s  web/app  pulled app:1 in 500ms, started
           0.850s  web      Running, Ready                                            ← start

        replay: npx vitest run test/vitest/failing-specs.ts -t 'nothing ever triggers this'"
    `)
    expect(line).toBe('vacuous')
  })

  test('is one that the horizon leaves open, too, and names the seed', () => {
    const { message, line } = failureOf('a horizon cuts an obligation')
    expect(message).toMatchInlineSnapshot(`
      "ExpectationError: ✗ a horizon cuts an obligation — open: the run was cut at 1m0s
        container web/app exits with 1 at 1m30s
            expected at 1m30s; the run was cut at 1m0s, and a horizon of 1m30s would decide it

           23.125s  web      not Ready                 ← exit 1
           37.062s  web/app  CrashLoopBackOff (20s)    ← exit 1
           50.090s  web/app  started (restart 3)       ← exit 1
           50.422s  web      Ready                     ← start
           52.090s  web/app  exited 1 (Error)          by itself
           52.444s  web      not Ready                 ← exit 1

        seed 0x7
        replay: npx vitest run test/vitest/failing-specs.ts -t 'a horizon cuts an obligation'"
    `)
    expect(line).toBe('open')
  })

  test('that cannot be built fails by itself', () => {
    expect(failureOf('a container has a name that is none').message).toMatchInlineSnapshot(
      `"PodwrightError: scenario "a container has a name that is none": objects[0]: Pod "web" is invalid: spec.containers[0].name: Invalid value: "App": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"`,
    )
  })

  test('leaves the others alone', () => {
    const passed = outcomes.filter(({ status }) => status === 'passed').map(({ title }) => title)
    expect(passed).toEqual(['the pod web becomes ready', 'the pod api becomes ready'])
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ title }) => title)).toEqual(['is left out'])
  })
})

describe('a failing matcher', () => {
  test.each([
    ['toHavePhases', 'phases'],
    ['toHaveConditions', 'conditions'],
    ['toHaveStates', 'states'],
    ['toSatisfy', 'satisfy'],
    ['toPassThrough', 'pass through'],
    ['toHold', 'hold'],
    ['toMatchTimeline', 'timeline'],
    ['not', 'not'],
    ['what is no pod', 'no pod'],
  ])('%s tells what a spec would tell, and points at its line', (title, place) => {
    const { message, line } = failureOf(title)
    expect(message).toMatchSnapshot()
    expect(line).toBe(place)
  })
})
