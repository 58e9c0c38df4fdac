import type { Simulation } from '../cluster/index.js'
import { PodwrightError } from '../errors/index.js'
import {
  isLevel,
  type Level,
  mentionsWorkload,
  type Occurrence,
  parseLevel,
  parseOccurrence,
  type Roster,
  resolveClauses,
  rosterOf,
} from '../expect/index.js'
import { planRoster } from '../scenario/index.js'
import { type Milliseconds, readSpan, type Span } from '../time/index.js'

/** What a run may be run until, besides an instant: words of an expectation, their data, or their text. */
export type Awaited = { readonly occurrence: Occurrence } | { readonly level: Level } | Occurrence | Level | string

/** What is waited for, with its names resolved. */
export type Resolved =
  | { readonly kind: 'instant'; readonly at: Milliseconds }
  | { readonly kind: 'occurrence'; readonly occurrence: Occurrence; readonly level?: Level | undefined }

/**
 * Reads what `runUntil` was given.
 *
 * @throws PodwrightError
 */
export function awaitedOf(what: Span | Awaited, simulation: Simulation): Resolved {
  if (typeof what === 'number') return { kind: 'instant', at: readSpan(what, 'runUntil') }
  if (typeof what === 'string' && /^\s*[-+.\d]/.test(what))
    return { kind: 'instant', at: readSpan(what as Span, 'runUntil') }
  const [resolved] = resolveClauses([{ kind: 'never', what: dataOf(what) }], rosterNow(simulation), 'runUntil')
  if (resolved.kind !== 'never' || mentionsWorkload(resolved)) {
    throw new PodwrightError({
      code: 'USAGE',
      where: 'runUntil',
      problem: 'expected one thing to wait for, got a name that means several pods',
      hint: 'name one of them',
    })
  }
  if (!isLevel(resolved.what)) return { kind: 'occurrence', occurrence: resolved.what }
  return { kind: 'occurrence', occurrence: { kind: 'becomes', level: resolved.what }, level: resolved.what }
}

/** Those that the trace knows, and the objects of the plan that are not made yet. */
function rosterNow(simulation: Simulation): Roster {
  const roster = rosterOf(simulation.trace())
  const { objects = [] } = planRoster(simulation.plan())
  return { ...roster, objects: [...(roster.objects ?? []), ...objects] }
}

function dataOf(what: Awaited): Level | Occurrence {
  if (typeof what !== 'string') {
    if ('occurrence' in what && !('kind' in what)) return what.occurrence
    if ('level' in what && !('kind' in what)) return what.level
    return what as Level | Occurrence
  }
  try {
    return parseOccurrence(what, 'runUntil')
  } catch (error) {
    if (!(error instanceof PodwrightError)) throw error
    try {
      return parseLevel(what, 'runUntil')
    } catch {
      throw error
    }
  }
}
