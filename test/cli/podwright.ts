import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

/** The built command. */
export const BIN = join(import.meta.dirname, '..', '..', 'dist', 'bin', 'podwright.js')
if (!existsSync(BIN)) throw new Error('dist/ is missing: run `npm run build` first')

/** The examples of the repository. */
export const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples')

/** A folder for the files of one test file. */
export const folder = mkdtempSync(join(tmpdir(), 'podwright-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a file below the folder and answers its name. */
export function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return name
}

/** What a command is run with, beyond its arguments. */
export interface Surroundings {
  readonly cwd?: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the built command; colours are off, as for any pipe, unless the surroundings say otherwise. */
export function podwright(args: readonly string[], { cwd = folder, input = '', env = {} }: Surroundings = {}): Answer {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env
  const spawned = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    input,
    env: { ...inherited, ...env },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 60_000,
  })
  return answerOf(spawned)
}

/** What a command answered. */
export interface Answer {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const answerOf = ({ status, stdout, stderr }: SpawnSyncReturns<string>): Answer => ({
  code: status,
  out: stdout,
  err: stderr,
})

/** A pod that runs on. */
export const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: app
      image: app:1
`

/** Looks for a line that somebody could take for a frame of a stack. */
export const stackFrame = /^\s*at .*(:\d+:\d+|node:|<anonymous>)/m
