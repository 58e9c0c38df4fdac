/** How wide columns become. */
export interface Columns {
  readonly minWidth: number
  /** Spaces between the widest cell of a column and the next column. */
  readonly padding: number
}

/** The columns of `kubectl get` and of `kubectl describe`. */
export const GET_COLUMNS: Columns = { minWidth: 6, padding: 3 }
export const DESCRIBE_COLUMNS: Columns = { minWidth: 0, padding: 2 }

/**
 * Aligns lines whose cells end with tabs, as Go's text/tabwriter does: a column reaches over neighbouring lines that all have
 * a tab there, and what follows the last tab of a line belongs to no column.
 */
export function alignTabs(lines: readonly string[], columns: Columns): string[] {
  const cells = lines.map(line => line.split('\t'))
  const aligned: string[] = []
  alignBlock(cells, 0, cells.length, [], columns, aligned)
  return aligned
}

function alignBlock(
  lines: readonly (readonly string[])[],
  from: number,
  to: number,
  widths: number[],
  columns: Columns,
  aligned: string[],
): void {
  const column = widths.length
  const hasColumn = (line: number): boolean => lines[line].length - 1 > column
  let line = from
  while (line < to) {
    if (!hasColumn(line)) {
      aligned.push(padded(lines[line], widths))
      line++
      continue
    }
    const first = line
    let width = columns.minWidth
    for (; line < to && hasColumn(line); line++) {
      width = Math.max(width, lengthOf(lines[line][column]) + columns.padding)
    }
    widths.push(width)
    alignBlock(lines, first, line, widths, columns, aligned)
    widths.pop()
  }
}

const padded = (cells: readonly string[], widths: readonly number[]): string =>
  cells.map((cell, i) => (i < widths.length ? cell + ' '.repeat(widths[i] - lengthOf(cell)) : cell)).join('')

/** Characters, not code units; wide and combining ones count as one, as in Go. */
export const lengthOf = (text: string): number => (ASCII.test(text) ? text.length : [...text].length)

const ASCII = /^[\x20-\x7e]*$/
