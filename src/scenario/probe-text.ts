import { formatDuration, type Milliseconds } from '../time/index.js'
import type { ProbeBehaviour, ProbeSpan } from './behaviour.js'
import type { WordReader } from './word-reader.js'

/** An answer other than success, from `from` until `to`. */
interface Trouble {
  readonly from: Milliseconds
  readonly to: Milliseconds
  readonly result: 'failure' | 'hang'
}

const VERBS = { fails: 'failure', hangs: 'hang' } as const

/** Reads what a probe answers at successive starts: `fails until 12s and hangs from 60s, then succeeds`. */
export function readProbe(reader: WordReader): ProbeBehaviour[] {
  const starts: ProbeBehaviour[] = []
  do starts.push(readAnswers(reader))
  while (reader.take(',', 'then'))
  return starts
}

function readAnswers(reader: WordReader): ProbeBehaviour {
  if (reader.take('succeeds')) return readSuccess(reader)
  const troubles: Trouble[] = []
  let verb: keyof typeof VERBS | undefined
  do {
    const isAlways = reader.take('always')
    verb = reader.takeOneOf(['fails', 'hangs']) ?? (isAlways ? undefined : verb)
    if (verb === undefined)
      return reader.fail('"succeeds", "fails" or "hangs"', ['succeeds', 'fails', 'hangs', 'always'])
    const [from, to] = isAlways ? [0, Number.POSITIVE_INFINITY] : readSpan(reader)
    troubles.push({ from, to, result: VERBS[verb] })
  } while (reader.take('and'))
  troubles.sort((a, b) => a.from - b.from)
  for (let i = 1; i < troubles.length; i++) {
    if (troubles[i].from < troubles[i - 1].to) reader.failBefore('expected spans that do not overlap, got two that do')
  }
  return spansOf(troubles)
}

/** Reads what follows `succeeds`: nothing, or from when on. */
function readSuccess(reader: WordReader): ProbeBehaviour {
  if (!reader.take('from')) return []
  const to = reader.duration()
  return spansOf(to === 0 ? [] : [{ from: 0, to, result: 'failure' }])
}

/** Reads `until 12s`, `from 30s`, `from 30s to 50s`; nothing is always. */
function readSpan(reader: WordReader): [from: Milliseconds, to: Milliseconds] {
  if (reader.take('until')) {
    const to = reader.duration()
    return to > 0 ? [0, to] : reader.failBefore('expected an instant after the start, got 0')
  }
  if (!reader.take('from')) {
    reader.take('always')
    return [0, Number.POSITIVE_INFINITY]
  }
  const from = reader.duration()
  if (!reader.take('to') && !reader.take('until')) return [from, Number.POSITIVE_INFINITY]
  const to = reader.duration()
  return to > from ? [from, to] : reader.failBefore('expected an end after the beginning')
}

/** Spans of troubles that are in order and do not overlap. */
function spansOf(troubles: readonly Trouble[]): ProbeBehaviour {
  const spans: ProbeSpan[] = []
  for (const { from, to, result } of troubles) {
    spans.push({ from, result })
    if (to !== Number.POSITIVE_INFINITY) spans.push({ from: to, result: 'success' })
  }
  return normalSpans(spans)
}

/** The same answers in the fewest spans: in order of time, neighbours differ, and success at the beginning is not said. */
export function normalSpans(spans: readonly ProbeSpan[]): ProbeBehaviour {
  const normal: ProbeSpan[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (normal.length > 0 && normal[normal.length - 1].from === span.from) normal.pop()
    if ((normal[normal.length - 1]?.result ?? 'success') !== span.result) normal.push(span)
  }
  return normal
}

/** Writes what a probe answers as `readProbe` reads it. */
export const probeWords = (starts: readonly ProbeBehaviour[]): string =>
  starts.map(spans => answerWords(spans)).join(', then ')

function answerWords(spans: ProbeBehaviour): string {
  const normal = normalSpans(spans)
  const troubles = normal.flatMap((span, at) =>
    span.result === 'success' ? [] : [troubleWords(span, normal[at + 1]?.from)],
  )
  return troubles.length === 0 ? 'succeeds' : troubles.join(' and ')
}

function troubleWords({ from, result }: ProbeSpan, to: Milliseconds | undefined): string {
  const verb = result === 'failure' ? 'fails' : 'hangs'
  if (to === undefined) return from === 0 ? `always ${verb}` : `${verb} from ${formatDuration(from)}`
  return from === 0
    ? `${verb} until ${formatDuration(to)}`
    : `${verb} from ${formatDuration(from)} to ${formatDuration(to)}`
}
