import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Comparison, type Observed, type Recording, Reference, replay } from '../../src/conformance/index.js'
import { COMPARE, hasRecordings, RECORDINGS, readRecordings } from './recordings.js'

const folder = mkdtempSync(join(tmpdir(), 'podwright-agreement-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface OutsideReport {
  readonly name: string
  readonly problems: readonly { readonly aspect: string; readonly problem: string }[]
  readonly wording: readonly string[]
}

/** What the outside tool says, by recording: every difference, and every text. */
function outside(args: readonly string[]): Map<string, string[]> {
  const { stdout, stderr } = spawnSync(process.execPath, [COMPARE, ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  expect(stderr).toBe('')
  const { report } = JSON.parse(stdout) as { report: OutsideReport[] }
  return new Map(report.map(({ name, problems, wording }) => [name, linesOf(problems, wording)]))
}

const linesOf = (
  differences: readonly { readonly aspect: string; readonly problem: string }[],
  wording: readonly string[],
): string[] =>
  [...differences.map(each => `${each.aspect}: ${each.problem}`), ...wording.map(text => `text: ${text}`)].sort()

const ownLines = ({ differences, wording }: Comparison): string[] => linesOf(differences, wording)

/** Writes what is to be judged for the outside tool, and compares its judgement with our own. */
function expectAgreement(name: string, observedOf: (file: string, recording: Recording) => Observed): void {
  const simulated = join(folder, name)
  mkdirSync(simulated)
  const own = new Map<string, string[]>()
  for (const [file, recording] of recordings) {
    const observed = observedOf(file, recording)
    writeFileSync(join(simulated, file), JSON.stringify({ name: recording.name, observed }))
    own.set(recording.name, ownLines(new Reference(recording).compare(observed)))
  }
  expect(own).toEqual(outside([RECORDINGS, simulated]))
}

const recordings = hasRecordings ? readRecordings(RECORDINGS) : new Map<string, Recording>()

describe.skipIf(!hasRecordings)('judges as the outside tool does, difference by difference and text by text', () => {
  test('the canonical runs of the model', () => {
    expectAgreement('canonical', (_, recording) => replay(recording).observed)
  })

  test('seeded runs of the model', () => {
    expectAgreement('seeded', (_, recording) => replay(recording, 7).observed)
  })

  test('the real runs of another recording, which differ in everything', () => {
    const files = [...recordings.keys()]
    expectAgreement('strangers', file => {
      const next = files[(files.indexOf(file) + 1) % files.length]
      return recordings.get(next)?.runs[0] as Observed
    })
  })

  test('each last real run, judged by the others', () => {
    const several = [...recordings.values()].filter(({ runs }) => runs.length > 1)
    const own = several.map(recording => {
      const runs = recording.runs.slice(0, -1)
      const last = recording.runs.at(-1) as Observed
      return [recording.name, ownLines(new Reference(recording, runs).compare(last))] as const
    })
    expect(new Map(own)).toEqual(outside(['--self', RECORDINGS]))
  })
})
