import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Recording, readConformanceInput, replay } from '../../src/conformance/index.js'
import { RECORDINGS } from './recordings.js'

const CLUSTERS = join(RECORDINGS, 'cluster')
const COMPARE = join(RECORDINGS, '..', 'tools', 'compare-cluster.mjs')
const isHere = existsSync(CLUSTERS) && existsSync(COMPARE)
if (!isHere) console.log('skipped: ../shared/conformance/cluster is not here')
const SEEDS = 12

const folder = mkdtempSync(join(tmpdir(), 'podwright-node-faults-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const readRecording = (file: string): Recording => {
  const input = readConformanceInput(file, readFileSync(join(CLUSTERS, file), 'utf8'))
  if (input.kind !== 'recording') throw new Error(`${file}: expected a recording`)
  return input.recording
}

describe.skipIf(!isHere)('what became of real nodes', () => {
  test('every recording is matched, by nearly every seed', { timeout: 60_000 }, () => {
    const files = readdirSync(CLUSTERS).filter(file => file.startsWith('J-'))
    for (const file of files) {
      const recording = readRecording(file)
      for (let seed = 0; seed <= SEEDS; seed++) {
        const { observed } = replay(recording, seed === 0 ? undefined : seed)
        mkdirSync(join(folder, `${seed}`), { recursive: true })
        writeFileSync(join(folder, `${seed}`, file), JSON.stringify({ name: recording.name, observed }))
      }
    }
    const { stdout } = spawnSync(process.execPath, [COMPARE, CLUSTERS, folder, '--json', '--only', 'J-'], {
      encoding: 'utf8',
    })
    const { share, report } = JSON.parse(stdout) as {
      readonly share: number
      readonly report: readonly { readonly name: string; readonly matched: boolean; readonly share: number }[]
    }
    const missed = report.filter(({ matched }) => !matched).map(({ name }) => `${name}.json`)
    expect(missed).toEqual([])
    expect(share / files.length).toBeGreaterThanOrEqual(0.98)
  })
})
