import { type Alignment, align, RELIST } from './align.js'
import type { Entry } from './aspects.js'
import type { Difference } from './difference.js'
import { driftOf, type ResyncWaits } from './resync-waits.js'

/** One sequence of a recording, as all real runs showed it. */
export interface RecordedSequence {
  readonly runs: readonly (readonly Entry[])[]
  readonly until: number
  readonly tail: number
  /** How many entries two real runs differ in, at most. */
  readonly noise: number
  /** Per run and entry: how far an instant may be off. */
  readonly allowances: readonly (readonly number[])[]
}

/** Works out how far the real runs are from one another. */
export function recordedSequence(
  runs: readonly (readonly Entry[])[],
  waits: readonly ResyncWaits[],
  until: number,
  tail: number,
): RecordedSequence {
  const alignments = runs.map(run => runs.map(other => (other === run ? undefined : align(run, other, until, tail))))
  let noise = 0
  for (let i = 0; i < runs.length; i++) {
    for (let j = i + 1; j < runs.length; j++) noise = Math.max(noise, alignments[i][j]?.cost ?? 0)
  }
  const allowances = runs.map((run, which) => {
    const counterparts = runs.map((other, i) => instantsIn(other, alignments[which][i]))
    return run.map(({ t }, at) => {
      const instants = counterparts.map(each => each.get(at) ?? t)
      const spread = Math.max(...instants) - Math.min(...instants)
      return RELIST + spread + driftOf(waits[which](t)) * (runs.length > 2 ? 0.7 : 1)
    })
  })
  return { runs, until, tail, noise, allowances }
}

/** When the counterpart of each entry stood in another run. */
const instantsIn = (other: readonly Entry[], alignment: Alignment | undefined): ReadonlyMap<number, number> =>
  new Map((alignment?.pairs ?? []).map(([at, there]) => [at, other[there].t]))

interface Closeness {
  readonly run: readonly Entry[]
  /** Entries that differ beyond those in which real runs differ from one another. */
  readonly cost: number
  /** Seconds by which the worst instant leaves what is allowed, and that pair. */
  readonly late: number
  readonly latePair: readonly [Entry, Entry] | undefined
  readonly alignment: Alignment
}

/** Compares with the real run that is nearest. */
export function compareSequence(
  aspect: string,
  model: readonly Entry[],
  recorded: RecordedSequence,
): readonly Difference[] {
  const closeness = recorded.runs.map((run, which) => closenessTo(model, run, which, recorded))
  const nearest = closeness.reduce((best, each) => (isNearer(each, best) ? each : best))
  const { run, cost, late, latePair } = nearest
  if (cost > 0) {
    const at = firstParting(model, run, nearest.alignment)
    return [{ aspect, problem: 'sequence', at, expected: run, observed: model }]
  }
  if (latePair === undefined) return []
  const [mine, theirs] = latePair
  const problem = `${late.toFixed(1)} s outside the allowed time`
  return [{ aspect, problem, at: Math.min(mine.t, theirs.t), expected: [theirs], observed: [mine] }]
}

function closenessTo(
  model: readonly Entry[],
  run: readonly Entry[],
  which: number,
  { until, tail, noise, allowances }: RecordedSequence,
): Closeness {
  const alignment = align(model, run, until, tail)
  let late = 0
  let latePair: readonly [Entry, Entry] | undefined
  for (const [i, j] of alignment.pairs) {
    const off = Math.abs(model[i].t - run[j].t) - allowances[which][j]
    if (off <= late) continue
    late = off
    latePair = [model[i], run[j]]
  }
  return { run, cost: Math.max(0, alignment.cost - noise), late, latePair, alignment }
}

const isNearer = (a: Closeness, b: Closeness): boolean => a.cost < b.cost || (a.cost === b.cost && a.late < b.late)

/** The first instant at which one of the two has an entry that the other has not. */
function firstParting(model: readonly Entry[], run: readonly Entry[], { pairs }: Alignment): number | null {
  const mine = new Set(pairs.map(([i]) => i))
  const theirs = new Set(pairs.map(([, j]) => j))
  const alone = [...model.filter((_, i) => !mine.has(i)), ...run.filter((_, j) => !theirs.has(j))]
  return alone.length === 0 ? null : Math.min(...alone.map(({ t }) => t))
}
