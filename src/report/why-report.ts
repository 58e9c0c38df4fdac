import type { CausalLink, Row, Trace } from '../trace/index.js'
import { formatInstant } from './format-instant.js'
import { ObjectNames } from './object-names.js'
import { type Palette, PLAIN_PALETTE } from './palette.js'
import { rowSentence } from './row-sentence.js'

/** Of a longer chain the first and the last links are shown. */
const MOST_LINKS = 24
const LAST_LINKS = 8

/**
 * Tells why a row is there: the row, then its cause, the cause of that, and so on to the beginning. Further causes that were
 * coalesced stand below their row.
 */
export function whyReport(trace: Trace, chain: readonly CausalLink[], palette: Palette = PLAIN_PALETTE): string[] {
  const names = new ObjectNames(trace)
  const isLong = chain.length > MOST_LINKS
  const head = isLong ? chain.slice(0, MOST_LINKS - LAST_LINKS) : chain
  const tail = isLong ? chain.slice(chain.length - LAST_LINKS) : []
  const rows = [...head, ...tail].flatMap(({ row, alsoCausedBy }) => [row, ...alsoCausedBy])
  const widths = widthsOf(rows, names)
  const lines: string[] = []
  const add = ({ row, alsoCausedBy }: CausalLink, arrow: string): void => {
    lines.push(lineOf(trace, row, names, widths, palette, arrow))
    for (const also of alsoCausedBy) lines.push(lineOf(trace, also, names, widths, palette, '← also '))
  }
  head.forEach((link, i) => {
    add(link, i === 0 ? '' : '← ')
  })
  const hidden = chain.length - head.length - tail.length
  if (hidden > 0) lines.push(`${' '.repeat(widths.time)}  ${palette.dim(`… ${hidden} more causes`)}`)
  for (const link of tail) add(link, '← ')
  const first = chain.at(-1)?.row
  if (first !== undefined) lines.push(`${' '.repeat(widths.time)}  ${palette.dim('nothing in the run caused that')}`)
  return lines
}

interface Widths {
  readonly time: number
  readonly object: number
}

/** Columns for rows that are listed with their numbers. */
export const widthsOf = (rows: readonly Row[], names: ObjectNames): Widths => ({
  time: Math.max(0, ...rows.map(({ time }) => formatInstant(time).length)),
  object: Math.max(0, ...rows.map(({ object }) => [...names.of(object)].length)),
})

/** One row on a line: time, object, an arrow, what it says, its number. */
export function lineOf(
  { symbols }: Trace,
  row: Row,
  names: ObjectNames,
  widths: Widths,
  palette: Palette,
  arrow: string,
): string {
  const object = names.of(row.object)
  const blanks = ' '.repeat(widths.object - [...object].length)
  const time = palette.time(formatInstant(row.time).padStart(widths.time))
  const number = palette.dim(`#${row.number}`)
  return `${time}  ${palette.object(object)}${blanks}  ${palette.cause(arrow)}${rowSentence(row, symbols)}  ${number}`
}
