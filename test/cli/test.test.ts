import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BIN, folder, POD, podwright, put, stackFrame } from './podwright.js'

/** A Scenario with the pod `web` beside it. */
const scenario = (name: string, spec: string): string => `apiVersion: podwright.dev/v1
kind: Scenario
metadata: { name: ${name} }
spec:
${spec}
---
${POD}`

const DRAIN = `  horizon: 5m
  behaviours: ["web/app: stops after 45s on SIGTERM"]
  steps:
    - { at: 60s, delete: pod/web, gracePeriod: 30s }`
put(
  'ok/drain.yaml',
  scenario('slow-drain', `${DRAIN}\n  expect:\n    - container web/app is killed with SIGKILL at 90s`),
)
put('ok/laws.yaml', scenario('laws-alone', DRAIN))
put('ok/web.yaml', POD)
put('bad/drain.yaml', scenario('fast-drain', `${DRAIN}\n  expect:\n    - container web/app exits with 0 within 90s`))
put('bad/ok.yaml', scenario('fine', `${DRAIN}\n  expect:\n    - pod web goes through Pending, Running, Failed`))
put('broken/drain.yaml', scenario('broken', '  expect:\n    - container web/ap is killed with SIGKILL at 90s'))
put('broken/ok.yaml', scenario('fine', DRAIN))
put(
  'two.yaml',
  `${scenario('first', DRAIN)}---\n${scenario('second', '  expect:\n    - pod web goes through Pending, Running').split('---')[0]}`,
)

/** What takes time is told on standard error, and nowhere else but for JUnit and JSON. */
const withoutTimes = (text: string): string =>
  text
    .replace(/took \d+ ms/, 'took N ms')
    .replace(/time="[\d.]+"/g, 'time="N"')
    .replace(/"wallMs": [\d.]+/g, '"wallMs": 0')

describe('podwright test', () => {
  test('tells what passed, and how many', () => {
    const { code, out, err } = podwright(['test', 'ok'])
    expect(out).toMatchInlineSnapshot(`
      "✓ slow-drain  ok/drain.yaml, 1 expectation
      ✓ laws-alone  ok/laws.yaml, expects nothing: the laws hold

      2 passed
      "
    `)
    expect(withoutTimes(err)).toMatchInlineSnapshot(`
      "1 file without a Scenario: taken as manifests
      took N ms
      "
    `)
    expect(code).toBe(0)
  })

  test('tells what failed, with the timeline and the command that replays it', () => {
    const { code, out } = podwright(['test', 'bad'])
    expect(out).toMatchInlineSnapshot(`
      "✗ fast-drain — violated at 1m30s
        container web/app exits with 0 within 1m30s
            expected within 1m30s, never observed; nearest: container web/app exits with 137 at 1m30s

              0.500s  web/app  pulled app:1 in 500ms, started
              0.850s  web      Running, Ready                  ← start
            1m0.000s  web      delete requested, grace 30s     by step 1
            1m0.000s  web/app  SIGTERM (30s to stop)           ← delete
        ▸  1m30.000s  web/app  SIGKILL, exited 137 (Error)     ← grace period over
           1m30.000s  web      Failed, not Ready: PodFailed    ← exit 137
           1m30.850s  web      gone                            ← delete

        expected by bad/drain.yaml:10:7 · terminationGracePeriodSeconds: 30 (the default)
        replay: npx podwright replay bad/drain.yaml pw1:0.1.0:1.32:a1ad7e3bb2c5c72a:932bff4116fe2ffd

      ✓ fine  bad/ok.yaml, 1 expectation

      1 passed, 1 failed
      "
    `)
    expect(code).toBe(1)
    const [, command] = /replay: npx podwright (.*)/.exec(out) ?? []
    const replayed = podwright(command.split(' '))
    expect(replayed.code).toBe(1)
    expect(out).toContain(replayed.out.trim())
    expect(replayed.err).toMatch(/^the same run: digest [0-9a-f]{16}\n$/)
  })

  test('goes on after a file that is wrong, which is worse than a failure', () => {
    const { code, out, err } = podwright(['test', 'broken', 'bad'])
    expect(out).toContain('✗ broken — could not be run')
    expect(out.split('\n').slice(0, 6).join('\n')).toMatchInlineSnapshot(`
      "✗ broken — could not be run
        podwright: broken/drain.yaml:6:7: expected a container of pod web, got "ap"
          hint: did you mean app? known: app

      ✓ fine  broken/ok.yaml, expects nothing: the laws hold
      "
    `)
    expect(out).toMatch(/2 passed, 1 failed, 1 could not be run\n$/)
    expect(out + err).not.toMatch(stackFrame)
    expect(code).toBe(2)
  })

  test('runs each Scenario of a file with its manifests', () => {
    const { code, out } = podwright(['test', 'two.yaml'])
    expect(out).toMatchInlineSnapshot(`
      "✓ first  two.yaml, expects nothing: the laws hold
      ✓ second  two.yaml, 1 expectation

      2 passed
      "
    `)
    expect(code).toBe(0)
  })

  test('checks a file of manifests against the laws', () => {
    const { code, out } = podwright(['test', 'ok/web.yaml'])
    expect(out).toMatchInlineSnapshot(`
      "✓ ok/web.yaml  expects nothing: the laws hold
      1 passed
      "
    `)
    expect(code).toBe(0)
  })

  test('does not pass a file that says nothing', () => {
    put('empty.yaml', '# nothing yet\n')
    const { code, out } = podwright(['test', 'empty.yaml'])
    expect(out).toMatchInlineSnapshot(`
      "✗ empty.yaml — could not be run
        podwright: empty.yaml: expected a Scenario or manifests, got neither

      0 passed, 1 could not be run
      "
    `)
    expect(code).toBe(2)
  })

  test('runs the others beside a file that cannot be read', () => {
    put('unreadable/a.yaml', new Uint8Array([0xff, 0xfe, 0xfd, 0x00, 0xe9]))
    put('unreadable/b.yaml', scenario('fine', DRAIN))
    const { code, out } = podwright(['test', 'unreadable'])
    expect(out).toMatch(/^✗ unreadable\/a\.yaml — could not be run\n/)
    expect(out).toMatch(/1 passed, 1 could not be run\n$/)
    expect(code).toBe(2)
  })

  test('tells of steps that the horizon leaves out', () => {
    put('late.yaml', scenario('late', '  horizon: 10s\n  steps:\n    - { at: 60s, delete: pod/web }'))
    expect(podwright(['test', 'late.yaml']).out).toContain(
      'expects nothing: the laws hold; behind the horizon and not carried out: one step\n',
    )
  })

  test('writes an expectation about the end as it is', () => {
    put('end.yaml', scenario('end', '  expect: ["at the end: pod web is Failed"]'))
    expect(podwright(['test', 'end.yaml']).out).toContain('\n  at the end: pod web is Failed\n')
  })

  test('reads standard input', () => {
    const { code, out } = podwright(['test', '-'], { input: scenario('piped', DRAIN) })
    expect(out).toMatchInlineSnapshot(`
      "✓ piped  stdin, expects nothing: the laws hold
      1 passed
      "
    `)
    expect(code).toBe(0)
  })

  test('chooses by name or file', () => {
    expect(podwright(['test', 'ok', 'bad', '--filter', 'DRAIN']).out).toMatch(/1 passed, 1 failed\n$/)
    expect(podwright(['test', 'ok', '--filter', 'laws.y']).out).toMatch(/✓ laws-alone .*\n1 passed\n$/)
    const none = podwright(['test', 'ok', '--filter', 'nothing'])
    expect(none.err).toMatchInlineSnapshot(`
      "podwright: --filter: expected Scenarios whose name or file has "nothing" in it, got none of 2
      "
    `)
    expect(none.code).toBe(2)
  })

  test('draws from a seed, and says it in the command that replays the run', () => {
    const { out } = podwright(['test', 'bad', '--seed', '7', '--filter', 'fast'])
    const [, command] = /replay: npx podwright (.*)/.exec(out) ?? []
    expect(command).toMatch(/^replay bad\/drain\.yaml pw1:\S+:s7$/)
    expect(podwright(command.split(' ')).code).toBe(1)
  })

  test.each([
    ['--reporter junit', ['--reporter', 'junit']],
    ['--reporter json', ['--reporter', 'json']],
    ['--reporter github', ['--reporter', 'github']],
  ])('%s', (_, flags) => {
    const { code, out } = podwright(['test', 'bad', 'broken', ...flags])
    expect(withoutTimes(out)).toMatchSnapshot()
    expect(code).toBe(2)
  })

  test('makes a report that no name can break', () => {
    put('evil/evil.yaml', scenario('"a <b> & \\"c\\" \\u0007 \\u001b[31m ::error:: 100%"', DRAIN))
    const junit = podwright(['test', 'evil', '--reporter', 'junit']).out
    expect(junit).toContain('name="a &lt;b&gt; &amp; &quot;c&quot; \\x07 \\x1b[31m ::error:: 100%"')
    expect(podwright(['test', 'evil', '--reporter', 'github']).out).toBe('1 passed\n')
    expect(JSON.parse(podwright(['test', 'evil', '--reporter', 'json']).out)).toMatchObject({ passed: 1 })
  })

  test.each([
    ['a reporter', ['test', 'ok', '--reporter', 'junitt']],
    ['a law', ['test', 'ok/drain.yaml', '--off', 'sigkill-never-befor-grace']],
    ['a folder without a Scenario', ['test', 'empty']],
    ['a file that there is not', ['test', 'nothing.yaml']],
  ])('refuses %s that is wrong', (_, args) => {
    put('empty/web.yaml', POD)
    const { code, out, err } = podwright(args)
    expect(withoutTimes(out + err)).toMatchSnapshot()
    expect(code).toBe(2)
  })

  test('leaves laws unchecked that are off', () => {
    expect(podwright(['test', 'ok/drain.yaml', '--off', 'all']).code).toBe(0)
  })

  test('runs again when a file changes', async () => {
    put('watched/drain.yaml', scenario('watched', DRAIN))
    const child = spawn(process.execPath, [BIN, 'test', 'watched', '--watch'], { cwd: folder })
    try {
      let seen = ''
      const until = (text: string): Promise<void> =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`never saw ${text} in: ${seen}`)), 15_000)
          const look = (data = ''): void => {
            seen += data
            if (!seen.includes(text)) return
            clearTimeout(timer)
            resolve()
          }
          for (const stream of [child.stdout, child.stderr]) stream.on('data', data => look(String(data)))
          look()
        })
      await until('watching for changes')
      expect(seen).toContain('1 passed')
      seen = ''
      writeFileSync(
        join(folder, 'watched/drain.yaml'),
        scenario('watched', `${DRAIN}\n  expect: [pod web goes through Pending]`),
      )
      await until('watching for changes')
      expect(seen).toContain('drain.yaml changed')
      expect(seen).toContain('0 passed, 1 failed')
    } finally {
      child.kill()
    }
  }, 30_000)
})
