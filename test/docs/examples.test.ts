import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Command, commandsOf, type Example, fencedBlocks, tsdocExamples } from './extract.js'
import { type Failures, runExamples } from './run-examples.js'

const root = join(import.meta.dirname, '..', '..')
const main = join(root, 'dist', 'bin', 'podwright.js')

const documents = ['README.md', ...markdownBelow('docs')].filter(file => existsSync(join(root, file)))
const blocks = documents.flatMap(file => fencedBlocks(file, readFileSync(join(root, file), 'utf8')))
const examples = [...blocks.filter(isTypeScript), ...examplesOfSource()]
const commands = commandsOf(blocks)

function markdownBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names
    .filter(name => name.endsWith('.md'))
    .map(name => join(folder, name))
    .sort()
}

function isTypeScript({ language }: Example): boolean {
  return language === 'ts' || language === 'typescript'
}

function examplesOfSource(): Example[] {
  const doors = ['index.ts', 'fuzz/index.ts'].map(file => join(root, 'src', file))
  const options = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, types: ['node'] }
  const all = doors.flatMap(door => tsdocExamples(door, options))
  return all.map(example => ({ ...example, file: relative(root, example.file) }))
}

const place = ({ file, line }: Example | Command) => `${file}:${line}`

/** Where examples run: the shipped `examples/` and the files that the documents show, so that nothing dirties the checkout. */
const desk = mkdtempSync(join(tmpdir(), 'podwright-docs-'))
const modules = join(root, '.cache', `examples-${process.pid}`)

beforeAll(() => {
  if (!existsSync(main)) throw new Error('dist/ is missing: run `npm run build` first')
  if (existsSync(join(root, 'examples'))) cpSync(join(root, 'examples'), join(desk, 'examples'), { recursive: true })
  for (const { info, code } of blocks) {
    const [, name] = /\bfile=(\S+)/.exec(info) ?? []
    if (name === undefined) continue
    mkdirSync(dirname(join(desk, name)), { recursive: true })
    writeFileSync(join(desk, name), code)
  }
  mkdirSync(join(desk, '.bin'))
  writeFileSync(join(desk, '.bin', 'podwright'), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, {
    mode: 0o755,
  })
})

afterAll(() => {
  rmSync(desk, { recursive: true, force: true })
  rmSync(modules, { recursive: true, force: true })
})

test.skipIf(!existsSync(join(root, 'README.md')))(
  'README.md shows the library and the command line by examples that run',
  () => {
    expect(examples.filter(({ file }) => file === 'README.md')).not.toEqual([])
    expect(commands.filter(({ file }) => file === 'README.md')).not.toEqual([])
  },
)

describe.skipIf(examples.length === 0)('the examples of the documentation', () => {
  let failures: Failures
  beforeAll(() => {
    failures = runExamples(examples, modules, desk)
  }, 400_000)

  test.each(examples.map(example => [place(example), example] as const))('%s holds', (_, example) => {
    expect(failures.get(example)).toBeUndefined()
  })
})

describe.skipIf(commands.length === 0)('the commands of the documentation', () => {
  const path = [join(desk, '.bin'), process.env.PATH].join(delimiter)

  test.each(commands.map(command => [place(command), command.command, command] as const))(
    '%s: %s',
    (_, __, command) => {
      const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command.command}`], {
        cwd: desk,
        env: { ...process.env, PATH: path, NO_COLOR: '1' },
        encoding: 'utf8',
        timeout: 60_000,
      })
      expect(status, `${place(command)}: ${command.command}\n${stdout.slice(-2000)}${stderr.slice(-2000)}`).toBe(
        command.exitCode,
      )
      let from = 0
      for (const line of command.output ?? []) {
        const at = `\n${stdout}`.indexOf(`\n${line}\n`, from)
        expect(at, `${place(command)}: ${line}\nis not, or not there, in\n${stdout}`).toBeGreaterThanOrEqual(0)
        from = at + 1
      }
    },
  )
})
