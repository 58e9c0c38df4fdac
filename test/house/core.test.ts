import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkCore } from '../../scripts/check-core.mjs'

const root = mkdtempSync(join(tmpdir(), 'podwright-core-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function openings(path: string, code: string): string[] {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
  const found = checkCore(root).map(({ line, column, message }) => `${line}:${column} ${message}`)
  rmSync(file)
  return found
}

describe('the closed core', () => {
  test.each([
    ['the clock', 'export const now = Date.now()', '1:20 Date: the core is closed'],
    ['a date as a type', 'export const year = (date: Date) => date', '1:28 Date: the core is closed'],
    ['chance', 'export const chance = Math.random()', '1:23 Math.random: draw a choice instead'],
    ['chance under another name', 'export const { random } = Math', '1:27 Math: write the member with a dot'],
    ['performance', 'export const now = performance.now()', '1:20 performance: the core is closed'],
    ['the locale', "export const order = 'a'.localeCompare('b')", '1:26 localeCompare: depends on the locale'],
    ['a formatter of the locale', 'export const text = new Intl.NumberFormat()', '1:25 Intl: the core is closed'],
    ['a timer', 'setTimeout(() => {}, 1)', '1:1 setTimeout: the core is closed'],
    ['an async function', 'export async function later() {}', '1:8 async: a run is synchronous'],
    ['await', 'await 1\nexport {}', '1:1 await: a run is synchronous'],
    ['a dynamic import', "export const door = import('./door.js')", '1:21 import(): a run is synchronous'],
    ['a Node built-in', "import { readFileSync } from 'node:fs'\nreadFileSync", '1:30 node:fs: no Node built-ins'],
    ['a built-in without its prefix', "export * from 'fs'", '1:15 fs: no Node built-ins'],
    ['the environment', 'export const home = process.env.HOME', '1:21 process: the core is closed'],
    [
      'a declared global',
      'declare const process: { pid: number }\nexport const pid = process.pid',
      '1:15 process: the core is closed',
    ],
    ['the global object', "export const clock = globalThis['Date']", '1:22 globalThis: the core is closed'],
  ])('%s is found', (_, code, expected) => {
    expect(openings('src/scenario/x.ts', code)).toContain(expected)
  })

  test('a rounding that differs between engines is found in the rooms that the digest sees', () => {
    const code = 'export const wait = (n: number) => Math.pow(2, n) + 2 ** n + Math.log2(n)'
    expect(openings('src/cluster/kubelet/x.ts', code)).toEqual([
      '1:36 Math.pow: its rounding differs between engines',
      '1:53 **: its rounding differs between engines',
      '1:62 Math.log2: its rounding differs between engines',
    ])
    expect(openings('src/model/x.ts', code)).toEqual([])
    expect(openings('src/kernel/x.ts', 'export const big = 2n ** 64n + BigInt(Math.imul(2, 3))')).toEqual([])
  })

  test('the words of the domain may have the names of globals', () => {
    const code = `
      export interface Container { readonly process: number; readonly performance: number }
      export type Kind = 'fs' | 'process' | 'Date'
      const process = (container: Container) => container.process + container.performance
      export const table = { Date: process, process, require: 1, localeOf: Math.max(1, 2) }
      export const { performance: speed } = { performance: 1 }`
    expect(openings('src/cluster/runtime/x.ts', code)).toEqual([])
  })

  test('rooms outside the core may use Node', () => {
    expect(openings('src/cli/x.ts', "import 'node:fs'\nexport const now = Date.now()")).toEqual([])
  })
})
