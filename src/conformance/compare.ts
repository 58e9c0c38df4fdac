import { RELIST } from './align.js'
import { type Aspect, type Aspects, aspectsOf, type Entry, podsOf } from './aspects.js'
import { compareSequence, type RecordedSequence, recordedSequence } from './compare-sequence.js'
import { compareTexts, type StandingTexts, standingTexts } from './compare-texts.js'
import type { Difference } from './difference.js'
import type { Observed, Recording } from './recording.js'
import { driftOf, type ResyncWaits, resyncWaits } from './resync-waits.js'

/** What a comparison found; a run without differences is no further from the real ones than they are from one another. */
export interface Comparison {
  readonly differences: readonly Difference[]
  /** Messages that people read and that are missing, or that no real run showed. */
  readonly wording: readonly string[]
}

/**
 * A recording, prepared for comparing runs of the model with it.
 *
 * A run matches when it is no further from the real runs than they are from one another: sequences exactly (states shorter
 * than a relist and a batch may be missed), instants within the spread of the real runs, one relist, and the resyncs waited for
 * before; numbers of Events within their range and 15 %.
 */
export class Reference {
  readonly #runs: readonly Observed[]
  readonly #until: number
  readonly #namespace: string
  readonly #aspects: readonly Aspects[]
  readonly #waits: readonly ResyncWaits[]
  /** What stands in so many last seconds may have been cut off. */
  readonly #tail: number
  readonly #texts: readonly StandingTexts[]
  readonly #sequences = new Map<string, RecordedSequence>()

  constructor(recording: Recording, runs: readonly Observed[] = recording.runs) {
    this.#runs = runs
    this.#until = recording.duration
    this.#namespace = recording.manifests[0]?.metadata.namespace ?? 'default'
    this.#aspects = runs.map(run => aspectsOf(run, this.#until))
    this.#waits = runs.map(resyncWaits)
    this.#tail = 2 + driftOf(Math.max(...this.#waits.map(waits => waits(this.#until))))
    this.#texts = runs.map(run => standingTexts(run, this.#until, this.#namespace))
  }

  compare(observed: Observed): Comparison {
    const model = aspectsOf(observed, this.#until)
    const names = new Set([...model.keys(), ...this.#aspects.flatMap(aspects => [...aspects.keys()])])
    const differences = [...names].flatMap(name => this.#compareAspect(name, model.get(name)))
    const wording = compareTexts(standingTexts(observed, this.#until, this.#namespace), this.#texts)
    return { differences, wording }
  }

  #compareAspect(name: string, model: Aspect | undefined): readonly Difference[] {
    const recorded = this.#aspects.map(aspects => aspects.get(name))
    const known = recorded.find(each => each !== undefined)
    if (known === undefined && this.#isNotRecorded(name)) return []
    switch ((model ?? known)?.kind) {
      case 'presence':
        return this.#comparePresence(name, firstAtOf(model), recorded.map(firstAtOf))
      case 'count':
        return compareCount(name, countOf(model), recorded.map(countOf))
      default:
        if (name.endsWith('deleted')) return this.#compareRemoval(name, entriesOf(model), recorded.map(entriesOf))
        return compareSequence(name, this.#seen(model), this.#recordedSequence(name, recorded))
    }
  }

  /** The recorder did not keep statuses of ephemeral containers, and of scenarios with several pods neither events nor calls. */
  #isNotRecorded(name: string): boolean {
    if (name.includes('ephemeral:')) return true
    const isOfEvents = /event|count/.test(name)
    const isOfCalls = !isOfEvents && /runtime|sandbox|pull|hook|probe/.test(name)
    return this.#runs.every(run => podsOf(run).every(pod => (isOfEvents && !pod.events) || (isOfCalls && !pod.runtime)))
  }

  #seen(aspect: Aspect | undefined): readonly Entry[] {
    return entriesOf(aspect).filter(entry => entry.t <= this.#until)
  }

  #recordedSequence(name: string, recorded: readonly (Aspect | undefined)[]): RecordedSequence {
    const known = this.#sequences.get(name)
    if (known !== undefined) return known
    const runs = recorded.map(aspect => this.#seen(aspect))
    const sequence = recordedSequence(runs, this.#waits, this.#until, this.#tail)
    this.#sequences.set(name, sequence)
    return sequence
  }

  /** Which Events were written at all; what came in the last seconds may be missing on either side. */
  #comparePresence(
    aspect: string,
    model: ReadonlyMap<string, number>,
    recorded: readonly ReadonlyMap<string, number>[],
  ): readonly Difference[] {
    const latest = this.#until - this.#tail
    const found: Difference[] = []
    for (const key of new Set([...model.keys(), ...recorded.flatMap(run => [...run.keys()])])) {
      const mine = model.get(key)
      const times = recorded.map(run => run.get(key))
      if (mine === undefined && times.every(t => t !== undefined && t <= latest)) {
        found.push({ aspect, problem: `event missing: ${key}`, at: times[0] ?? null })
      }
      if (mine !== undefined && mine <= latest && times.every(t => t === undefined)) {
        found.push({ aspect, problem: `event not seen in reality: ${key}`, at: mine })
      }
    }
    return found
  }

  /** A recording may end with the object's removal, which is therefore judged apart from the sequences. */
  #compareRemoval(
    aspect: string,
    [mine]: readonly Entry[],
    recorded: readonly (readonly Entry[])[],
  ): readonly Difference[] {
    const times = recorded.flatMap(([removal]) => (removal === undefined ? [] : [removal.t]))
    const different = (problem: string): Difference[] => [{ aspect, problem, at: mine?.t ?? times[0] ?? null }]
    if (times.length === 0) {
      const isEarly = mine !== undefined && mine.t < this.#until - 3
      return isEarly ? different(`removed at ${secondsOf(mine.t)} s, in reality never`) : []
    }
    const inReality = `in reality at ${times.map(secondsOf).join(', ')} s`
    if (mine === undefined) return times.length === recorded.length ? different(`not removed, ${inReality}`) : []
    const waits = Math.max(...this.#waits.map(each => each(this.#until)))
    const allowance = RELIST + driftOf(waits) * 0.7
    const off = Math.max(Math.min(...times) - mine.t, mine.t - Math.max(...times)) - allowance
    return off > 0 ? different(`removed at ${secondsOf(mine.t)} s, ${inReality}`) : []
  }
}

/** How often an Event was written: within the range of the real runs, give or take one and 15 %. */
function compareCount(aspect: string, mine: number, recorded: readonly number[]): readonly Difference[] {
  const most = Math.max(...recorded)
  const least = Math.min(...recorded)
  const slack = 1 + 0.15 * most + (most - least)
  if (mine >= least - slack && mine <= most + slack) return []
  return [{ aspect, problem: `written ${mine} times, in reality ${recorded.join(', ')}`, at: null }]
}

const secondsOf = (t: number): string => t.toFixed(1)

const NOTHING: ReadonlyMap<string, number> = new Map()

const entriesOf = (aspect: Aspect | undefined): readonly Entry[] => (aspect?.kind === 'sequence' ? aspect.entries : [])
const firstAtOf = (aspect: Aspect | undefined): ReadonlyMap<string, number> =>
  aspect?.kind === 'presence' ? aspect.firstAt : NOTHING
const countOf = (aspect: Aspect | undefined): number => (aspect?.kind === 'count' ? aspect.count : 0)
