/** The parts of RFC 3339 in the order Go reads them: the layout's element, what matches it, and its largest value. */
const PARTS: readonly {
  readonly layout: string
  readonly pattern: RegExp
  readonly range?: readonly [number, number, string]
}[] = [
  { layout: '2006', pattern: /\d{4}/y },
  { layout: '-', pattern: /-/y },
  { layout: '01', pattern: /\d{2}/y, range: [1, 12, 'month'] },
  { layout: '-', pattern: /-/y },
  { layout: '02', pattern: /\d{2}/y, range: [1, 31, 'day'] },
  { layout: 'T', pattern: /T/y },
  { layout: '15', pattern: /\d{2}/y, range: [0, 23, 'hour'] },
  { layout: ':', pattern: /:/y },
  { layout: '04', pattern: /\d{2}/y, range: [0, 59, 'minute'] },
  { layout: ':', pattern: /:/y },
  { layout: '05', pattern: /\d{2}(?:[.,]\d+)?/y, range: [0, 59, 'second'] },
  { layout: 'Z07:00', pattern: /Z|[+-]\d{2}:\d{2}/y },
]

/**
 * Says in the words of Go's `time.Parse` why a text is no timestamp, or undefined if it is one.
 *
 * Days are checked against 31, not against the month.
 */
export function timeProblem(text: string, isMicro: boolean): string | undefined {
  const layout = isMicro ? '2006-01-02T15:04:05.000000Z07:00' : '2006-01-02T15:04:05Z07:00'
  const quoted = JSON.stringify(text)
  let at = 0
  for (const part of PARTS) {
    part.pattern.lastIndex = at
    const match = part.pattern.exec(text)
    if (match === null) {
      const rest = JSON.stringify(text.slice(at))
      return `parsing time ${quoted} as "${layout}": cannot parse ${rest} as "${part.layout}"`
    }
    const value = Number.parseInt(match[0], 10)
    if (part.range !== undefined && (value < part.range[0] || value > part.range[1])) {
      return `parsing time ${quoted}: ${part.range[2]} out of range`
    }
    at = part.pattern.lastIndex
  }
  return at < text.length ? `parsing time ${quoted}: extra text: ${JSON.stringify(text.slice(at))}` : undefined
}
