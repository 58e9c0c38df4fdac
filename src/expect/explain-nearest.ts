import { formatDuration } from '../time/index.js'
import { PROBE_RESULTS, REQUEST_FAILURES, type Row, type SymbolTable, unpackResultAndDuration } from '../trace/index.js'
import { isLevel, type Level, type Occurrence } from './clause.js'
import type { Nearest } from './explain-account.js'
import { conditionLike, eventLike, objectConditionLike, objectEventLike } from './explain-alike.js'
import type { ExplainedRun, Part } from './explain-run.js'
import { latestOf } from './explain-values.js'

/**
 * Finds what did happen that is most like something that did not: another exit code, another signal, the phase that a pod
 * stayed in.
 */
export function nearestTo(what: Level | Occurrence, run: ExplainedRun, part: Part = run.whole): Nearest | undefined {
  if (isLevel(what)) return nearestToLevel(what, run, part)
  switch (what.kind) {
    case 'anyOf':
      return firstFound(what.occurrences, each => nearestTo(each, run, part))
    case 'when': {
      const [row] = run.rowsOf(what.occurrence, part)
      if (row === undefined) return nearestTo(what.occurrence, run, part)
      const time = run.timeOf(row)
      return { words: `${run.text(what.occurrence)} at ${formatDuration(time)}, when that is not so`, row, time }
    }
    case 'becomes':
      return nearestToLevel(what.level, run, part)
    default:
      return firstFound(alternativesTo(what, run), ({ occurrence, exactly }) => {
        const [number] = run.rowsOf(occurrence, part)
        if (number === undefined) return undefined
        const row = run.trace.rows.at(number)
        const actual = exactly?.(row, run.trace.symbols) ?? occurrence
        return { words: `${run.text(actual)} at ${formatDuration(row.time)}`, row: number, time: row.time }
      })
  }
}

function nearestToLevel(level: Level, run: ExplainedRun, part: Part): Nearest | undefined {
  if (level.kind === 'once' || level.kind === 'since') return nearestTo(level.what, run, part)
  if (level.kind === 'or') return firstFound(level.levels, each => nearestToLevel(each, run, part))
  const flash = flashOf(level, run, part)
  if (flash !== undefined) return flash
  const latest = latestOf(level, run, part.end) ?? latestOf(level, run)
  if (latest !== undefined) return latest
  if (level.kind === 'objectCondition') return objectConditionLike(level.object, level.type, run)
  return level.kind === 'condition' ? conditionLike(level.pod, level.type, run) : undefined
}

/** Where a level comes true and is over within one instant: it is no level's time then, and only `becomes` sees it. */
function flashOf(level: Level, run: ExplainedRun, part: Part): Nearest | undefined {
  const row = run.rowsOf({ kind: 'becomes', level }, part).find(each => run.timeOf(each) <= part.end)
  if (row === undefined || run.firstOf(level, part) !== undefined) return undefined
  const time = run.timeOf(row)
  const seen = `${run.text({ kind: 'becomes', level })} at ${formatDuration(time)}`
  return { words: `${seen}, so only within that instant: .becomes(), in text "becomes", sees it`, row, time }
}

function firstFound<Item>(items: readonly Item[], find: (item: Item) => Nearest | undefined): Nearest | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** Something like what was meant, and how the row that did it is called exactly. */
interface Alternative {
  readonly occurrence: Occurrence
  readonly exactly?: ((row: Row, symbols: SymbolTable) => Occurrence) | undefined
}

type Simple = Exclude<Occurrence, { kind: 'anyOf' | 'when' | 'becomes' }>

/** What is like an occurrence, the most like first. */
function alternativesTo(it: Simple, run: ExplainedRun): readonly Alternative[] {
  switch (it.kind) {
    case 'exited': {
      const { container } = it
      const anyExit: Alternative = {
        occurrence: { kind: 'exited', container },
        exactly: ({ b }) => ({ kind: 'exited', container, code: b }),
      }
      return [...(it.code === undefined ? [] : [anyExit]), { occurrence: { kind: 'started', container } }]
    }
    case 'signalled':
      return (['SIGTERM', 'SIGKILL'] as const)
        .filter(signal => signal !== it.signal)
        .map(signal => ({ occurrence: { ...it, signal } }))
    case 'probed': {
      const { container, probe, result } = it
      if (result === undefined) return []
      const anyAnswer: Alternative = {
        occurrence: { kind: 'probed', container, probe },
        exactly: ({ c }) => ({ ...it, result: PROBE_RESULTS[unpackResultAndDuration(c).result] }),
      }
      return [anyAnswer]
    }
    case 'hookFailed':
    case 'hookEnded':
      return (['hookEnded', 'hookStarted'] as const)
        .filter(kind => kind !== it.kind)
        .map(kind => ({ occurrence: { ...it, kind } }))
    case 'pullStarted':
    case 'pulled':
    case 'pullFailed': {
      const others = (['pulled', 'pullFailed', 'pullStarted'] as const).filter(kind => kind !== it.kind)
      const ofAnyImage: Alternative = {
        occurrence: { kind: it.kind, pod: it.pod },
        exactly: ({ a }, symbols) => ({ kind: it.kind, pod: it.pod, image: symbols.text(a) }),
      }
      return [...(it.image === undefined ? [] : [ofAnyImage]), ...others.map(kind => ({ occurrence: { ...it, kind } }))]
    }
    case 'objectGone':
      return [{ occurrence: { kind: 'objectDeleted', object: it.object } }]
    case 'objectEvent': {
      const like = objectEventLike(it, run)
      return like === undefined ? [] : [{ occurrence: like }]
    }
    case 'refused':
    case 'objectRefused':
    case 'stepRefused': {
      if (it.message === undefined) return []
      const anyRefusal: Alternative = {
        occurrence: { ...it, message: undefined },
        exactly: ({ a }, symbols) => ({ ...it, message: symbols.text(a) }),
      }
      return [anyRefusal]
    }
    case 'requestFailed': {
      const { service } = it
      const anyRace: Alternative = {
        occurrence: { kind: 'requestFailed', service },
        exactly: ({ a }) => ({ kind: 'requestFailed', service, race: REQUEST_FAILURES[a]?.race }),
      }
      return it.race === undefined ? [] : [anyRace]
    }
    case 'gone':
      return [{ occurrence: { kind: 'deleted', pod: it.pod } }]
    case 'event': {
      const ofPod: Alternative[] =
        it.container === undefined ? [] : [{ occurrence: { kind: 'event', pod: it.pod, reason: it.reason } }]
      const like = eventLike(it, run)
      return like === undefined ? ofPod : [...ofPod, { occurrence: like }]
    }
    default:
      return []
  }
}
