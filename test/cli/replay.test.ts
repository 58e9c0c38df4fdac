import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ENGINE_VERSION } from '../../src/spec/index.js'
import { POD, podwright, put } from './podwright.js'

put(
  'crash.yaml',
  `apiVersion: podwright.dev/v1
kind: Scenario
metadata: { name: crash }
spec:
  horizon: 2m
  behaviours: ["web/app: crashes after 3s"]
  expect:
    - never container web/app exits
---
${POD}`,
)

/** The replay string of a failing test, and the arguments of its command. */
function failing(...flags: readonly string[]): { readonly args: string[]; readonly string: string } {
  const { out } = podwright(['test', 'crash.yaml', ...flags])
  const [, command] = /replay: npx podwright (.*)/.exec(out) ?? []
  const args = command.split(' ').map(word => word.replace(/^'(.*)'$/, '$1'))
  return { args, string: args[args.length - 1] }
}

describe('podwright replay', () => {
  test('names the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'))
    expect(ENGINE_VERSION).toBe(version)
    expect(failing().string).toContain(`pw1:${version}:1.32:`)
  })

  test('runs the same again, with its options', () => {
    const { args } = failing('--horizon', '1m', '--nodes', '2', '--seed', '11')
    expect(args.slice(0, -1)).toEqual(['replay', 'crash.yaml', '--nodes', '2', '--horizon', '1m'])
    const { code, out } = podwright(args)
    expect(out).toContain('✗ crash — violated')
    expect(code).toBe(1)
  })

  test('shows the run in any form', () => {
    const { args } = failing()
    const { code, out } = podwright([...args, '--output', 'watch'])
    expect(out).toMatch(/^NAME +READY +STATUS/)
    expect(out).toContain('CrashLoopBackOff')
    expect(code).toBe(1)
  })

  test.each<[string, (string: string) => string[]]>([
    ['another plan', string => ['replay', 'crash.yaml', '--horizon', '3m', string]],
    ['another trace', string => ['replay', 'crash.yaml', string.replace(/[0-9a-f]{16}$/, '0123456789abcdef')]],
    ['another engine', string => ['replay', 'crash.yaml', '--horizon', '3m', string.replace(/pw1:[^:]+/, 'pw1:0.0.9')]],
  ])('says what differs with %s', (_, args) => {
    const { code, out, err } = podwright(args(failing().string))
    expect(out).toBe('')
    expect(err).toMatchSnapshot()
    expect(code).toBe(2)
  })

  test.each([
    ['no string', ['replay', 'crash.yaml']],
    ['a recipe', ['replay', 'crash.yaml', 'pw1:tie@#12=7']],
    ['another word', ['replay', 'crash.yaml', 'drain.yaml']],
    ['a long word', ['replay', 'crash.yaml', `pw1:${'x'.repeat(10_000)}`]],
  ])('refuses %s', (_, args) => {
    const { code, err } = podwright(args)
    expect(err).toMatchSnapshot()
    expect(code).toBe(2)
  })
})
