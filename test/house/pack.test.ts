import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const work = mkdtempSync(join(tmpdir(), 'podwright-pack-'))
const tarballs = join(work, 'tarballs')
const user = join(work, 'user')
afterAll(() => rmSync(work, { recursive: true, force: true }))

const run = (command: string, args: readonly string[], cwd = user) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

// By force: a package may say that its authors pack it with another tool.
const pack = (folder: string) =>
  run('npm', ['pack', '--force', '--silent', '--ignore-scripts', '--pack-destination', tarballs], folder)

/** The folders of the packages that a user's `npm install podwright` brings along. */
function runtimePackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.keys(packages).filter(path => path !== '' && !packages[path].dev && !packages[path].devOptional)
}

beforeAll(() => {
  if (!existsSync(join(root, 'dist', 'index.js'))) throw new Error('dist/ is missing: run `npm run build` first')
  mkdirSync(tarballs)
  mkdirSync(user)
  writeFileSync(join(user, 'package.json'), '{ "private": true, "type": "module" }')
  // Dependencies are packed from node_modules, so that the test needs no registry and a missing dependency still shows.
  for (const folder of ['.', ...runtimePackages()]) pack(join(root, folder))
  const files = readdirSync(tarballs).map(name => join(tarballs, name))
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--no-package-lock', ...files])
}, 120_000)

describe('the package, installed in an empty folder', () => {
  test('brings the command', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(run(join(user, 'node_modules', '.bin', 'podwright'), ['--version'])).toBe(`${version}\n`)
  })

  test('can be imported', () => {
    const code = "console.log(Object.keys(await import('podwright')).length > 0)"
    expect(run(process.execPath, ['--input-type=module', '--eval', code])).toBe('true\n')
  })

  test('has the JSON Schema of a Scenario file', () => {
    const code = "console.log(require('podwright/scenario.schema.json').title)"
    expect(run(process.execPath, ['--input-type=commonjs', '--eval', code])).toBe('Scenario\n')
  })

  test('holds what a user needs, and nothing of the workshop', () => {
    const installed = join(user, 'node_modules', 'podwright')
    const top = readdirSync(installed).sort()
    expect(top).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist', 'package.json']))
    expect(top.filter(name => /^(src|test|specs|scripts|node_modules|\..*)$/.test(name))).toEqual([])
    expect(readdirSync(join(installed, 'dist')).filter(name => name.startsWith('.'))).toEqual([])
  })
})
