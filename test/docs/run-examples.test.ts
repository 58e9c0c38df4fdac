import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Example } from './extract.js'
import { runExamples } from './run-examples.js'

const folder = join(import.meta.dirname, '..', '..', '.cache', `run-examples-${process.pid}`)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const example = (line: number, code: string, info = ''): Example => ({
  file: 'guide.md',
  line,
  language: 'ts',
  info,
  code,
})

test('examples that hold have nothing to tell; the others tell where and why', () => {
  const holds = example(10, 'const one: number = 1\n')
  const typo = example(20, 'const one = 1\nconst two: string = one\n')
  const throws = example(30, "const broken: boolean = true\n\nif (broken) throw new Error('no pod')\n")
  const notRun = example(40, "throw new Error('only type-checked')\n", 'no-run')
  const hangs = { ...example(50, 'await new Promise(() => {})\n'), file: 'other.md' }
  const failures = runExamples([holds, typo, throws, notRun, hangs], folder, folder)
  expect([...failures.keys()]).toEqual([typo, throws, hangs])
  expect(failures.get(typo)).toBe("guide.md:21: Type 'number' is not assignable to type 'string'.")
  expect(failures.get(throws)).toMatch(/^guide\.md:32: Error: no pod\n/)
  expect(failures.get(hangs)).toBe('other.md:50: it ended the process, or hung')
})
