import { nearestWord, type Origin, PodwrightError } from '../errors/index.js'
import { type Bound, isLevel, LEVEL_KINDS, type Level, type Occurrence } from './clause.js'

/** Refuses clauses that make no sense: numbers out of range, kinds that there are not, nesting without end. */
export class ClauseChecker {
  readonly #where: Origin | string | undefined
  #count = 0

  constructor(where: Origin | string | undefined) {
    this.#where = where
  }

  /** Counts one more part of a clause, this deep inside. */
  enter(depth: number): void {
    if (depth > MOST_NESTED) throw this.misuse(`expected a clause nested at most ${MOST_NESTED} deep, got a deeper one`)
    if (++this.#count > MOST_PARTS) throw this.#tooMany()
  }

  /** A clause is to be written out for so many choices of pods. */
  countChoices(count: number): void {
    if (this.#count + count > MOST_PARTS) throw this.#tooMany()
  }

  /** A span of time. */
  span(ms: number, name: string): void {
    if (!Number.isSafeInteger(ms) || ms < 0) {
      throw this.misuse(`expected whole milliseconds, at least 0, for ${name}, got ${String(ms)}`)
    }
  }

  /** A number of times. */
  count(count: number): void {
    if (!Number.isSafeInteger(count) || count < 0)
      throw this.misuse(`expected a whole number, at least 0, got ${String(count)}`)
  }

  /** The number of a step. */
  step(step: number): void {
    if (!Number.isSafeInteger(step) || step < 1)
      throw this.misuse(`expected the number of a step, from 1 on, got ${String(step)}`)
  }

  /** A bound and what it is about. */
  bound(bound: Bound | undefined, what: Level | Occurrence): void {
    if (bound === undefined) return
    if ('ms' in bound) this.span(bound.ms, bound.kind)
    if (bound.kind === 'at' && bound.toleranceMs !== undefined) this.span(bound.toleranceMs, 'the tolerance')
    if (bound.kind === 'for' && !isLevel(what)) {
      throw this.misuse(
        `expected something that can be so for a while, got ${what.kind}, which happens at an instant`,
        'say within, at, after or noSoonerThan of what happens',
      )
    }
  }

  /** The kind of a part, which must be one of these. */
  kind(part: { readonly kind: string } | undefined, expected: string, kinds: Iterable<string>): void {
    const kind: unknown = part?.kind
    const known = [...kinds]
    if (typeof kind === 'string' && known.includes(kind)) return
    const nearest = typeof kind === 'string' ? nearestWord(kind, known) : undefined
    throw this.misuse(
      `expected ${expected}, got ${kind === undefined ? 'none' : JSON.stringify(String(kind).slice(0, MOST_QUOTED))}`,
      nearest === undefined ? `there are: ${known.join(', ')}` : `did you mean ${nearest}?`,
    )
  }

  #tooMany(): PodwrightError {
    return this.misuse(
      `expected clauses of at most ${MOST_PARTS} parts, names written out, got more`,
      'a clause about several workloads is written out for each combination of their pods',
    )
  }

  misuse(problem: string, hint?: string): PodwrightError {
    return new PodwrightError({ code: 'SCENARIO_INVALID', where: this.#where, problem, hint })
  }
}

/** The kinds of `Occurrence`. */
export const OCCURRENCE_KINDS: ReadonlySet<string> = new Set<Occurrence['kind']>([
  'started',
  'exited',
  'signalled',
  'probed',
  'hookStarted',
  'hookEnded',
  'hookFailed',
  'pullStarted',
  'pulled',
  'pullFailed',
  'sandboxCreated',
  'sandboxDied',
  'created',
  'gone',
  'deleted',
  'event',
  'refused',
  'stepRefused',
  'stepDone',
  'objectCreated',
  'objectDeleted',
  'objectGone',
  'objectEvent',
  'objectRefused',
  'requestFailed',
  'requestAnswered',
  'becomes',
  'anyOf',
  'when',
])

/** The kinds of both. */
export const WHAT_KINDS: readonly string[] = [...LEVEL_KINDS, ...OCCURRENCE_KINDS]

const MOST_NESTED = 64
const MOST_PARTS = 100_000
const MOST_QUOTED = 80
