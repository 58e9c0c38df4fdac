import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EXAMPLES, podwright } from './podwright.js'

const root = join(EXAMPLES, '..')
const files = readdirSync(EXAMPLES).filter(name => name.endsWith('.yaml'))

/** The commands that an example's opening comment proposes, as lists of arguments. */
function commandsOf(file: string): string[][] {
  const lines = readFileSync(join(EXAMPLES, file), 'utf8').split('\n')
  return lines.flatMap(line => {
    const command = /^# {3}podwright (.*)$/.exec(line)?.[1]
    return command === undefined ? [] : [[...command.matchAll(/'([^']*)'|(\S+)/g)].map(match => match[1] ?? match[2])]
  })
}

describe('the examples', () => {
  test('say what to try', () => {
    expect(files).toEqual([
      'crash-loop.yaml',
      'image-pull.yaml',
      'rollout.yaml',
      'shop.yaml',
      'sidecar.yaml',
      'slow-drain.yaml',
      'slow-start.yaml',
    ])
    for (const file of files) expect(commandsOf(file).length).toBeGreaterThanOrEqual(2)
  })

  test.each(files.flatMap(file => commandsOf(file).map(args => [args.join(' '), args] as const)))(
    'podwright %s',
    (_, args) => {
      const { code, out } = podwright(args, { cwd: root })
      expect(code).toBe(0)
      expect(out.length).toBeGreaterThan(50)
    },
  )
})

describe('what the examples promise', () => {
  const table = (file: string, ...args: string[]) => podwright(['run', join(EXAMPLES, file), ...args]).out

  test('a slow drain is cut short, a faster one is not', () => {
    expect(table('slow-drain.yaml')).toMatch(/1m30\.000s +web\/app +SIGKILL, exited 137/)
    const faster = table('slow-drain.yaml', '--behave', 'web/app: stops after 20s on SIGTERM')
    expect(faster).toMatch(/1m20\.000s +web\/app +exited 0/)
    expect(faster).not.toContain('SIGKILL')
  })

  test('a slow start is killed by the liveness probe until that is as patient as the start is slow', () => {
    expect(table('slow-start.yaml')).toMatch(/CrashLoopBackOff \(40s\)/)
    const patient = table('slow-start.yaml', '--behave', 'api/app: liveness fails until 20s; readiness fails until 20s')
    expect(patient).toMatch(/^api +1\/1 +Running +0 /m)
  })

  test('a crash loop backs off up to five minutes', () => {
    const gaps = [...table('crash-loop.yaml').matchAll(/CrashLoopBackOff \((\w+)\)/g)].map(match => match[1])
    expect(gaps).toEqual(['10s', '20s', '40s', '1m20s', '2m40s', '5m0s', '5m0s', '5m0s'])
  })

  test('a sidecar starts before the container of a Job and ends after it, and the Job completes', () => {
    const story = table('sidecar.yaml')
    const order = [
      'proxy +pulled',
      'startup probe succeeds',
      'main +pulled',
      'main +exited 0',
      'proxy +SIGTERM',
      'proxy +exited 0',
      'Succeeded',
    ]
    let from = 0
    for (const each of order) {
      const found = story.slice(from).search(new RegExp(each))
      expect(found, each).toBeGreaterThanOrEqual(0)
      from += found
    }
    expect(story).toMatch(/^report-[a-z0-9]+ +0\/2 +Completed +0 /m)
  })

  test('an image that does not exist is never pulled, one that is late is', () => {
    const pods = table('image-pull.yaml', '--output', 'table')
    expect(pods).toMatch(/^late +1\/1 +Running +0 /m)
    expect(pods).toMatch(/^missing +0\/1 +(ErrImagePull|ImagePullBackOff) +0 /m)
  })
})
