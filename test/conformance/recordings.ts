import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Observed, type Recording, readConformanceInput, replay } from '../../src/conformance/index.js'

const shared = join(import.meta.dirname, '..', '..', '..', 'shared')

/** Recordings of the real Kubernetes, tables of upstream's unit tests, and the outside comparison. */
export const RECORDINGS = join(shared, 'conformance')
export const TABLES = join(RECORDINGS, 'tables')
export const COMPARE = join(shared, 'tools', 'compare.mjs')

/** Whether they are here; tests that need them are skipped otherwise. */
export const hasRecordings = existsSync(RECORDINGS) && existsSync(COMPARE)
if (!hasRecordings) console.log('skipped: ../shared/conformance is not here')

/** The recordings of a folder, by file. */
export function readRecordings(folder: string): Map<string, Recording> {
  const found = new Map<string, Recording>()
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
    const input = readConformanceInput(file, readFileSync(join(folder, file), 'utf8'))
    if (input.kind === 'recording') found.set(file, input.recording)
  }
  return found
}

const crashing: Omit<Recording, 'runs'> = {
  name: 'A-crashing',
  class: 'A',
  manifests: [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'a-crashing' },
      spec: { containers: [{ name: 'app', image: 'app:1' }] },
    },
  ] as unknown as Recording['manifests'],
  script: { containers: { app: { runs: [{ exitAfter: 2, exitCode: 1 }] } } },
  actions: [{ at: 40, do: 'delete', name: 'p' }],
  duration: 45,
}

/** A recording of a crash loop that is deleted, whose "real" runs are the model's own. */
export function recordingOfTheModel(changes: Partial<Recording> = {}): Recording {
  const recording = { ...crashing, runs: [{} as Observed], ...changes }
  const runs = [undefined, 1].map(seed => replay(recording, seed).observed)
  return { ...recording, runs, ...changes }
}

/** The same observation, everything a while later. */
export function later(observed: Observed, seconds: number): Observed {
  const shift = (key: string, value: unknown): unknown => (key === 't' ? Number(value) + seconds : value)
  return JSON.parse(JSON.stringify(observed, shift)) as Observed
}
