import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { replay } from '../../src/conformance/index.js'
import { COMPARE, RECORDINGS, readRecordings } from './recordings.js'

const TOOL = join(dirname(COMPARE), 'compare-cluster.mjs')
const CLUSTERS = join(RECORDINGS, 'cluster')
const folder = mkdtempSync(join(tmpdir(), 'podwright-clusters-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SEEDS = 6
/** Of 85: those that some seed matches, and those that the average seed matches. */
const FLOOR = { matched: 83, share: 75 }

test.skipIf(!existsSync(TOOL))(
  'workloads of every kind do what they did in the recorded clusters',
  () => {
    const real = join(folder, 'real')
    mkdirSync(real)
    const recordings = [...readRecordings(CLUSTERS)].filter(([, recording]) => recording.class === 'L')
    for (const [file, recording] of recordings) {
      copyFileSync(join(CLUSTERS, file), join(real, file))
      for (let seed = 0; seed <= SEEDS; seed++) {
        const { observed } = replay(recording, seed === 0 ? undefined : seed)
        mkdirSync(join(folder, 'model', `${seed}`), { recursive: true })
        writeFileSync(join(folder, 'model', `${seed}`, file), JSON.stringify({ name: recording.name, observed }))
      }
    }
    const { stdout, stderr } = spawnSync(process.execPath, [TOOL, real, join(folder, 'model'), '--json'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    expect(stderr).toBe('')
    const { matched, share, total } = JSON.parse(stdout) as Record<'matched' | 'share' | 'total', number>
    expect(total).toBe(recordings.length)
    expect(matched).toBeGreaterThanOrEqual(FLOOR.matched)
    expect(share).toBeGreaterThanOrEqual(FLOOR.share)
  },
  180_000,
)
