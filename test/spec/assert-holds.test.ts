import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { assertHolds, checkScenario, ExpectationError, manifest, runs, scenario } from '../../src/index.js'
import { failureLines } from '../../src/spec/index.js'

const folder = mkdtempSync(join(tmpdir(), 'podwright-spec-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: app, image: app:1 }]
`
const text = (expectation: string): string => `apiVersion: podwright.dev/v1
kind: Scenario
metadata: { name: from-a-text }
spec:
  behaviours: ["web/app: exits 1 after 5s, then runs"]
  expect:
    - ${expectation}
---
${POD}`

function thrownBy(act: () => unknown): ExpectationError {
  try {
    act()
  } catch (error) {
    if (error instanceof ExpectationError) return error
    throw error
  }
  throw new Error('it threw nothing')
}

/** The first line of a stack that is a frame. */
const firstFrame = ({ stack = '' }: Error): string =>
  stack.split('\n').find(line => /^ {4}at .*:\d+:\d+\)?$/.test(line)) ?? ''

describe('assertHolds', () => {
  test('answers the run of what holds', () => {
    expect(assertHolds(text('container web/app exits with 1 at 5.5s')).pod('web').phases).toEqual([
      'Pending',
      'Running',
    ])
  })

  test('throws the whole report, and points at the expectation', () => {
    const broken = scenario('a pod that runs succeeds', s =>
      s.pod('web', pod => pod.container('app', runs())).expect(({ web }) => [web.phases('Pending', 'Succeeded')]),
    )
    const error = thrownBy(() => assertHolds(broken))
    expect(error.message).toMatchInlineSnapshot(`
      "✗ a pod that runs succeeds — violated at 850ms
        pod web goes through Pending, Succeeded
            expected Pending, Succeeded; observed Pending, Running at 850ms

           0.000s  web      created, scheduled to node-1, sandbox up with 10.244.0.1
           0.000s  web/app  pulling app:1                                             ← sandbox up
           0.500s  web/app  pulled app:1 in 500ms, started
        ▸  0.850s  web      Running, Ready                                            ← start

        replay: run(), without a seed"
    `)
    expect(firstFrame(error)).toContain('assert-holds.test.ts')
    const line = Number(/:(\d+):\d+\)?$/.exec(firstFrame(error))?.[1])
    const [, called] =
      /:(\d+):\d+\)?$/.exec(
        error
          .stack!.split('\n')
          .filter(each => each.includes('assert-holds.test.ts'))
          .at(-1)!,
      ) ?? []
    expect(line).toBeLessThan(Number(called))
  })

  test('points at its own line where the expectation is a text', () => {
    const error = thrownBy(() => assertHolds(text('container web/app exits with 0')))
    expect(firstFrame(error)).toContain('assert-holds.test.ts')
    expect(error.message).toMatchInlineSnapshot(`
      "✗ from-a-text — violated at 6.85s
        container web/app exits with 0
            expected at some time, never observed; nearest: container web/app exits with 1 at 5.5s

           0.000s  web      created, scheduled to node-1, sandbox up with 10.244.0.1  by scenario:9:1
           0.000s  web/app  pulling app:1                                             ← sandbox up
           0.500s  web/app  pulled app:1 in 500ms, started
           0.850s  web      Running, Ready                                            ← start
        ▸  5.500s  web/app  exited 1 (Error)                                          by itself
           5.850s  web/app  started (restart 1)                                       ← exit 1
           5.850s  web      not Ready                                                 ← exit 1

        expected by scenario:7:7
        replay: run(), without a seed"
    `)
  })

  test('takes a path, and prints the command that replays the file', () => {
    const path = join(folder, 'broken.yaml')
    writeFileSync(path, text('never container web/app exits'))
    const { message } = thrownBy(() => assertHolds(path))
    expect(message).toContain(`replay: npx podwright replay ${path} pw1:`)
  })

  test('reads manifests beside the file that names them', () => {
    writeFileSync(join(folder, 'web.yaml'), POD)
    const built = scenario('from a manifest', s =>
      s
        .apply(manifest(join(folder, 'web.yaml')))
        .behave('web/app', runs())
        .expect(({ pod }) => [pod('web').container('app').running().within('2s')]),
    )
    assertHolds(built)
    const missing = scenario('from nothing', s => s.apply(manifest('nothing.yaml')))
    const near = relative(process.cwd(), join(import.meta.dirname, 'nothing.yaml'))
    expect(() => missing.run()).toThrow(`${near}: no such file or directory`)
  })

  test('speaks of the pods of a workload before and after the run', () => {
    const template = { metadata: { labels: { app: 'api' } }, spec: { containers: [{ name: 'main', image: 'main:1' }] } }
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api' },
      spec: { replicas: 2, selector: { matchLabels: { app: 'api' } }, template },
    }
    const line = 'each pod of deployment/api goes through Pending, Running'
    const run = assertHolds(
      scenario('x', s => s.apply(deployment).expect(({ pod }) => [pod('deployment/api').phases('Pending', 'Running')])),
    )
    expect(run.check(line)).toMatchObject([{ verdict: { kind: 'holds' } }])
  })

  test('refuses what cannot be run, with the nearest word', () => {
    const misspelt = scenario('misspelt', s =>
      s.pod('web', pod => pod.container('app', runs())).expect(({ pod }) => [pod('wbe').gone()]),
    )
    expect(() => assertHolds(misspelt)).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: scenario "misspelt": expect[0]: expected a pod, got "wbe"
        hint: did you mean web? known: web]
    `)
    expect(() => assertHolds(text('pod web is runing'))).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: scenario:7:7: "pod web is runing", column 12: expected created, deleted, gone, Pending, Running, Succeeded, Failed, Unknown, terminating, scheduled, nominated or in service, got "runing"
        hint: did you mean Running?]
    `)
  })
})

describe('misuse', () => {
  const stackOf = (act: () => unknown): string => {
    try {
      act()
    } catch (error) {
      return error instanceof Error ? (error.stack ?? '') : ''
    }
    return 'it threw nothing'
  }
  const own = /\/src\/(?:spec|expect|scenario|files)\//

  test.each<[string, () => unknown]>([
    ['an unknown pod', () => scenario('x', s => s.expect(({ pod }) => [pod('wbe').gone()])).run()],
    ['a file that is not there', () => scenario('x', s => s.apply(manifest('nothing.yaml'))).run()],
    // @ts-expect-error as a program without types writes it
    ['a law that there is not', () => scenario('x', s => s.withoutLaw('nothing')).run()],
    ['a broken text', () => assertHolds(text('pod web is runing'))],
    ['a broken text for a run', () => checkScenario(text('container app starts')).check('container web/ap starts')],
  ])('points at the program, not at podwright: %s', (_, act) => {
    const stack = stackOf(act)
    expect(stack).toContain('assert-holds.test.ts:')
    expect(stack).not.toMatch(own)
  })

  test('points at the expectation that names nobody', () => {
    const misspelt = scenario('x', s =>
      s
        .pod('web', pod => pod.container('app', runs()))
        .expect(({ web, pod }) => [
          web.ready(), //
          pod('wbe').gone(),
        ]),
    )
    const [, line] = /assert-holds\.test\.ts:(\d+):/.exec(stackOf(() => misspelt.run())) ?? []
    expect(readFileSync(import.meta.filename, 'utf8').split('\n')[Number(line) - 1]).toContain("pod('wbe').gone()")
  })

  test.each([undefined, null, 3, {}, []])('is what is no scenario: %j', input => {
    expect(() => assertHolds(input as unknown as string)).toThrow(
      'expected a scenario, its plain data, its YAML or the path of its file, got ',
    )
  })

  test('names the nearest container of a pod', () => {
    const web = checkScenario(text('container app starts')).pod('web')
    expect(() => web.container('ap')).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: container: expected a container of pod web, got "ap"
        hint: did you mean app?]
    `)
  })

  test('of the name of a law shows those that are alike', () => {
    // @ts-expect-error as a program without types writes it
    const built = scenario('x', s => s.withoutLaw('sigkill-too-early'))
    expect(() => built.run()).toThrow(/hint: there are [a-z-]*sigkill/)
  })
})

describe('a report', () => {
  const { trace } = checkScenario(text('container web/app exits with 1 at 5.5s'))

  test('tells of a broken law', () => {
    const row = trace.rows.length - 1
    const laws = [
      {
        law: 'sigkill-not-before-grace',
        time: trace.end,
        row,
        trigger: -1,
        object: 'Pod/default/web/app',
        text: 'container web/app got SIGKILL after 3s, its grace is 30s',
      },
    ]
    const lines = failureLines({ title: 'drain', result: { trace, expectations: [], laws }, command: 'podwright …' })
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "✗ law sigkill-not-before-grace — violated at 6.85s
        SIGKILL comes no sooner than the grace after the kill began, and no sooner than 2 s after SIGTERM; the grace is the pod’s, that of the deletion, that of the probe that failed, or 1 s after a forced deletion.
            container web/app got SIGKILL after 3s, its grace is 30s

           5.500s  web/app  exited 1 (Error)          by itself
           5.850s  web/app  started (restart 1)       ← exit 1
           5.850s  web      not Ready                 ← exit 1
           6.850s  web      Ready                     ← start
        ▸  6.850s  web      ContainersReady=True      ← start

        restartPolicy: Always (the default)
        replay: podwright …"
    `)
  })

  test('of many findings tells the first at length', () => {
    const clauses = Array.from({ length: 8 }, (_, code) => `container web/app exits with ${code + 2}`)
    const run = checkScenario(text('container web/app exits with 1 at 5.5s'))
    const expectations = run.check(...clauses)
    const lines = failureLines({ title: 'exits', result: { trace, expectations, laws: [] }, command: 'again' })
    expect(lines.filter(line => line.startsWith('✗'))).toMatchInlineSnapshot(`
      [
        "✗ exits — violated at 6.85s",
        "✗ exits — violated at 6.85s",
        "✗ exits — violated at 6.85s",
        "✗ exits — violated at 6.85s",
        "✗ exits — violated at 6.85s",
        "✗ container web/app exits with 7: violated",
        "✗ container web/app exits with 8: violated",
        "✗ container web/app exits with 9: violated",
      ]
    `)
    expect(lines.at(-1)).toBe('  replay: again')
  })

  test('names what is spelled alike, and what was so in time', () => {
    const finding = (expectation: string): string => {
      const run = checkScenario(text('container app starts'))
      const lines = failureLines({ title: 'x', result: { trace, expectations: run.check(expectation), laws: [] } })
      return lines[2].trim()
    }
    expect([
      finding('pod web gets event Puled'),
      finding('Raedy of pod web goes through False, True'),
      finding('pod web is Failed within 3s'),
      finding('no container app starts before container app exits with 7'),
    ]).toMatchInlineSnapshot(`
      [
        "expected at some time, never observed; nearest: pod web gets event Pulled at 500ms",
        "nothing was checked, for this never came up: Raedy of pod web; nearest: Ready of pod web, since 0s",
        "expected within 3s, never observed; nearest: pod web is Running since 850ms",
        "expected not before container web/app exits with 7; observed at 500ms, the exit never",
      ]
    `)
  })
})
