import type { Divergence, DivergingSide, Row } from '../trace/index.js'
import { formatInstant } from './format-instant.js'
import { ObjectNames } from './object-names.js'
import { type Palette, PLAIN_PALETTE } from './palette.js'
import { lineOf, widthsOf } from './why-report.js'

/** What the two runs are called in the report. */
export interface DivergenceNames {
  readonly left: string
  readonly right: string
}

/** So many links of each causal chain are shown. */
const MOST_LINKS = 6

/** Tells where two runs part: the rows before that both have, the first row that differs in each, what caused it, what follows. */
export function divergenceReport(
  { number, fields, before, left, right }: Divergence,
  names: DivergenceNames,
  palette: Palette = PLAIN_PALETTE,
): string[] {
  const at = formatInstant(
    Math.min(left.row?.time ?? Number.POSITIVE_INFINITY, right.row?.time ?? Number.POSITIVE_INFINITY),
  )
  const common = number === 1 ? 'The first row is' : `The first ${number} rows are`
  const head = number === 0 ? 'The runs differ from their first row on.' : `${common} the same; at ${at} the runs part.`
  const lines = [palette.strong(head)]
  if (fields.length > 0) lines.push(`They differ in ${fields.join(', ')}.`)
  lines.push('', ...listed(left, before, '  ', palette), ...sideLines(left, names.left, palette))
  lines.push(...sideLines(right, names.right, palette))
  return lines
}

function sideLines({ trace, row, chain, after }: DivergingSide, name: string, palette: Palette): string[] {
  const lines = ['', `${palette.strong(name)}${row === undefined ? ' ends here.' : ':'}`]
  if (row === undefined) return lines
  const objects = new ObjectNames(trace)
  const causes = chain.slice(1, MOST_LINKS + 1)
  const widths = widthsOf([row, ...causes.map(link => link.row), ...after], objects)
  lines.push(`▸ ${lineOf(trace, row, objects, widths, palette, '')}`)
  for (const link of causes) lines.push(`  ${lineOf(trace, link.row, objects, widths, palette, '← ')}`)
  if (chain.length - 1 > causes.length)
    lines.push(palette.dim(`  … and ${chain.length - 1 - causes.length} more causes`))
  if (after.length > 0) lines.push(palette.dim('  then'))
  return [...lines, ...after.map(next => `  ${lineOf(trace, next, objects, widths, palette, '')}`)]
}

function listed({ trace }: DivergingSide, rows: readonly Row[], indent: string, palette: Palette): string[] {
  const objects = new ObjectNames(trace)
  const widths = widthsOf(rows, objects)
  return rows.map(row => `${indent}${lineOf(trace, row, objects, widths, palette, '')}`)
}
