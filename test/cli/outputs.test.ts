import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BIN, EXAMPLES, folder, POD, podwright, put, stackFrame } from './podwright.js'

const shop = join(EXAMPLES, 'shop.yaml')
const machineForms = ['json', 'jsonl', 'yaml'] as const

describe('what a machine reads', () => {
  const here = Object.fromEntries(machineForms.map(form => [form, podwright(['run', shop, '--output', form])]))

  test.each(machineForms)('%s is all of standard output, and parses', form => {
    const { code, out } = here[form]
    expect(code).toBe(0)
    if (form === 'json') expect(JSON.parse(out).items).toHaveLength(2)
    if (form === 'jsonl') for (const line of out.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
    if (form === 'yaml') expect(out).toMatch(/^apiVersion: v1\nitems:\n- apiVersion: v1\n/)
  })

  test('the trace is a header and a line per row', () => {
    const [header, ...rows] = here.jsonl.out
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(header).toMatchObject({ podwright: 'trace', version: 1, kubernetes: '1.32', rows: rows.length })
    expect(rows.map(({ row }) => row)).toEqual(rows.map((_, index) => index))
    expect(here.jsonl.err).toContain(`digest ${header.digest}`)
  })

  const elsewhere = join(folder, 'elsewhere')
  mkdirSync(elsewhere)
  test.each(machineForms)('%s is the same from any working directory, time zone and locale', form => {
    const env = { TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', COLUMNS: '40' }
    const there = podwright(['run', shop, '--output', form], { cwd: elsewhere, env })
    expect(there.out).toBe(here[form].out)
    const relative = podwright(['run', './shop.yaml', '--output', form], { cwd: EXAMPLES, env })
    expect(relative.out).toBe(here[form].out)
  })

  test('files of a directory keep their way below it', () => {
    put('nested/deep/web.yaml', POD)
    const [above, within] = [
      podwright(['run', 'nested', '-R', '--output', 'jsonl']),
      podwright(['run', '.', '-R', '--output', 'jsonl'], { cwd: join(folder, 'nested') }),
    ]
    expect(above.out).toBe(within.out)
    expect(above.out).toContain('"file":"deep/web.yaml"')
  })

  test('equal seeds give equal traces, other seeds others, and a recipe replays', () => {
    const run = (...args: string[]) => podwright(['run', shop, '--output', 'jsonl', ...args]).out.split('\n')
    const [first, again, other] = [run('--seed', '7'), run('--seed', '0x7'), run('--seed', '8')]
    expect(again).toEqual(first)
    const digestOf = ([header]: string[]): string => JSON.parse(header).digest
    expect(digestOf(other)).not.toBe(digestOf(first))
    const recipe = put('recipe.txt', `${JSON.parse(first[0]).recipe}\n`)
    const replayed = run('--recipe', `@${join(folder, recipe)}`)
    expect(digestOf(replayed)).toBe(digestOf(first))
  })
})

describe('what a person reads', () => {
  test('a timeline, the pods, and how the run ended; the rest on standard error', () => {
    const { code, out, err } = podwright(['run', shop])
    expect(code).toBe(0)
    expect(out).toMatch(/^ {3}0\.000s {2}web-[a-z0-9-]+ {2,}created, scheduled to node-1/m)
    expect(out).toMatch(/CrashLoopBackOff \(10s\)/)
    expect(out).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE$/m)
    expect(out).toMatch(/^promo-[a-z0-9-]+ +0\/1 +CrashLoopBackOff +5 \(\d+s ago\) +5m$/m)
    expect(out).toMatch(/^seed-[a-z0-9]+ +0\/1 +Completed +1 +5m$/m)
    expect(err).toMatch(/^scenario shop: /)
    expect(err).toMatch(/^assumed, because nothing else was said:$/m)
    expect(err).toMatch(/^digest [0-9a-f]{16}, took \d+ ms$/m)
  })

  test('the objects at an instant', () => {
    const pod = put('web.yaml', POD)
    expect(podwright(['run', pod, '--at', '0.4s']).out).toContain('reason: ContainerCreating')
    expect(podwright(['run', pod, '--at', '5s']).out).toMatch(/running:\n +startedAt: "2025-01-01T00:00:00Z"/)
    expect(podwright(['run', pod, '--at', '5s', '--output', 'table']).out).toMatch(/^web +1\/1 +Running +0 +5s$/m)
  })

  test('the trace up to an instant is a whole trace', () => {
    const at = podwright(['run', shop, '--at', '30s', '--output', 'jsonl'])
    const file = put('at.jsonl', at.out)
    expect(podwright(['diff', file, file])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^no difference: \d+ rows/),
    })
  })

  test('what kubectl get pods -w would have printed', () => {
    const { out } = podwright([
      'run',
      put('crash.yaml', POD),
      '--behave',
      'web/app: exits 1 after 5s',
      '--output',
      'watch',
    ])
    const states = out.split('\n').map(line => line.split(/ {2,}/)[2])
    expect(states.slice(0, 8)).toEqual([
      ...['STATUS', 'Pending', 'Pending', 'ContainerCreating', 'Running', 'Error', 'Running', 'Error'],
    ])
  })

  test('descriptions with their Events', () => {
    const { out } = podwright(['run', put('web.yaml', POD), '--output', 'describe'])
    expect(out).toMatch(/^Name: +web\n/)
    expect(out).toMatch(/^ {2}Normal +Scheduled .* Successfully assigned default\/web to node-1$/m)
  })

  test('none prints nothing', () => {
    expect(podwright(['run', shop, '--output', 'none'])).toMatchObject({ code: 0, out: '' })
  })

  test('the causes of something, alone or below another form', () => {
    const crash = put('crash.yaml', POD)
    const args = [
      'run',
      crash,
      '--behave',
      'web/app: exits 1 after 5s',
      '--why',
      'web/app waiting=CrashLoopBackOff @1m',
    ]
    const { code, out } = podwright(args)
    expect(code).toBe(0)
    expect(out.split('\n')[0]).toMatch(/^ *\d+\.\d+s +web\/app .*CrashLoopBackOff/)
    const below = podwright([...args, '--output', 'table']).out
    expect(below).toMatch(/^NAME/)
    expect(below.endsWith(out)).toBe(true)
    const machine = podwright([...args, '--output', 'json'])
    expect(() => JSON.parse(machine.out)).not.toThrow()
    expect(machine.err).toContain(out.split('\n')[0])
  })
})

describe('colours', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
  const colour = /\x1b\[/
  const args = ['run', shop]

  test('are not for pipes', () => {
    expect(podwright(args).out).not.toMatch(colour)
  })

  test('come with FORCE_COLOR and go with NO_COLOR or --no-color', () => {
    const FORCE_COLOR = '1'
    expect(podwright(args, { env: { FORCE_COLOR } }).out).toMatch(colour)
    expect(podwright(args, { env: { FORCE_COLOR, NO_COLOR: '1' } }).out).not.toMatch(colour)
    expect(podwright([...args, '--no-color'], { env: { FORCE_COLOR } }).out).not.toMatch(colour)
    for (const form of machineForms) {
      expect(podwright([...args, '--output', form], { env: { FORCE_COLOR } }).out).not.toMatch(colour)
    }
  })
})

describe('diff', () => {
  test('finds nothing between two equal runs', () => {
    expect(podwright(['diff', shop, shop])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^no difference: \d+ rows, digest [0-9a-f]{16}\n$/),
    })
  })

  test('finds where one input parts under two settings, with causes', () => {
    const pod = put('web.yaml', POD)
    const { code, out } = podwright([
      'diff',
      pod,
      '--behave',
      'web/app: exits 1 after 5s',
      '--against',
      'behave=web/app: exits 1 after 6s',
    ])
    expect(code).toBe(1)
    expect(out).toMatch(/at 5\.500s the runs part/)
    expect(out).toMatch(/^web\.yaml behave=web\/app: exits 1 after 6s:$/m)
    // What both say at their ends is not repeated.
    expect(out.slice(out.indexOf('\nAt their ends'))).toMatchInlineSnapshot(`
      "
      "
    `)
  })

  test('compares a trace that was kept with a run set up like it', () => {
    const trace = put('kept.jsonl', podwright(['run', shop, '--seed', '3', '--horizon', '2m', '--output', 'jsonl']).out)
    expect(podwright(['diff', trace, shop])).toMatchObject({ code: 0 })
    expect(podwright(['diff', trace, shop, '--seed', '4'])).toMatchObject({ code: 1 })
  })

  test('refuses what is no trace, with its line', () => {
    const answer = podwright(['diff', put('no.jsonl', '{"podwright":"trace"}\n'), shop])
    expect(answer).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^podwright: no\.jsonl/) })
  })
})

describe('hostile text', () => {
  const hostile = 'a\\e[31mred\\a\\u202eb\\u0085c\\n    at Object.<anonymous> (/x/y.js:1:2)'
  const file = put(
    'hostile.yaml',
    `${POD.replace('name: web', `name: web\n  annotations: { note: "${hostile}" }`)}      args: ["${hostile}"]
      livenessProbe: { exec: { command: ["${hostile}"] }, periodSeconds: 1 }
`,
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
  const unsafe = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/

  test.each(['timeline', 'table', 'watch', 'json', 'jsonl', 'yaml', 'describe'])('is shown escaped in %s', form => {
    const { code, out, err } = podwright(['run', file, '--output', form, '--behave', 'web/app: liveness fails'])
    expect(code).toBe(0)
    expect(out).not.toMatch(unsafe)
    expect(err).not.toMatch(unsafe)
    expect(`${out}\n${err}`).not.toMatch(stackFrame)
  })

  test('is shown escaped in messages', () => {
    const answers = [
      podwright(['run', 'no\x1b[31m\nat x (y.js:1:2)']),
      podwright(['run', file, '--behave', `web/app: \x1b[31m\u202e`]),
      podwright(['run', file, '--seed', '\x07']),
      podwright(['run', put('key.yaml', `${POD}"${hostile}": 1\n`)]),
      podwright(['run', put('kind.yaml', `apiVersion: "${hostile}"\nkind: "${hostile}"\n`)]),
    ]
    expect(answers.map(({ code }) => code).slice(0, 4)).toEqual([2, 2, 2, 2])
    for (const { err } of answers) {
      expect(err).not.toMatch(unsafe)
      expect(err).not.toMatch(stackFrame)
    }
  })
})

describe('the surroundings', () => {
  test('a reader that has seen enough ends the program without a word', () => {
    const piped = `"${process.execPath}" "${BIN}" run "${shop}" --output jsonl | head -n 1 | wc -l`
    const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', piped], { encoding: 'utf8' })
    expect(stdout.trim()).toBe('1')
    expect(stderr).not.toMatch(/EPIPE|Error/)
    expect(stderr).not.toMatch(stackFrame)
    expect(status).toBe(0)
  })

  test('a long output arrives whole in a pipe', () => {
    const bytes = execFileSync(process.execPath, [BIN, 'run', shop, '--output', 'jsonl', '--horizon', '24h'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 256 * 1024 * 1024,
      encoding: 'utf8',
    })
    const lines = bytes.trimEnd().split('\n')
    expect(JSON.parse(lines[0]).rows).toBe(lines.length - 1)
  })

  test('starts with few files and packages: reading modules is what start-up is made of', () => {
    const bin = dirname(realpathSync(BIN))
    const seen = new Set<string>()
    const packages = new Set<string>()
    const visit = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      const code = readFileSync(join(bin, file), 'utf8')
      for (const [, name] of code.matchAll(/^import[^'"]*["']([^'"]+)["'];?$/gm)) {
        if (name.startsWith('./')) visit(name.slice(2))
        else if (!name.startsWith('node:')) packages.add(name)
      }
    }
    const entry = readFileSync(BIN, 'utf8').match(/import\("\.\/(run-[^"]+)"\)/)?.[1]
    visit('podwright.js')
    visit(entry ?? 'run.js')
    expect([...packages].sort()).toEqual(['commander', 'picocolors', 'ts-pattern', 'valibot', 'yaml'])
    expect(seen.size).toBeLessThan(21)
  })
})
