import { GET_COLUMNS, lengthOf } from './align-tabs.js'
import { visible } from './visible.js'

/**
 * Prints tables as `kubectl get` does: columns as wide as their widest cell and three spaces, the last one open.
 *
 * A table remembers its widths, so that lines which are added later, as by `--watch`, stand in the same columns as long as
 * they fit (cli-runtime: pkg/printers/tabwriter.go GetNewTabWriter, RememberWidths).
 */
export class Table {
  readonly #header: readonly string[]
  readonly #widths: number[]
  #isHeaderDue = true

  constructor(header: readonly string[]) {
    this.#header = header
    this.#widths = header.map(() => 0)
  }

  /** The lines of these rows; the first call begins with the header. */
  lines(rows: readonly (readonly string[])[]): string[] {
    const shown = rows.map(row => row.map(visible))
    if (this.#isHeaderDue) shown.unshift([...this.#header])
    this.#isHeaderDue = false
    for (const row of shown) {
      for (let column = 0; column < row.length; column++) {
        const width = Math.max(GET_COLUMNS.minWidth, lengthOf(row[column]) + GET_COLUMNS.padding)
        if (width > this.#widths[column]) this.#widths[column] = width
      }
    }
    return shown.map(row => row.map((cell, column) => this.#padded(cell, column, row.length)).join(''))
  }

  #padded(cell: string, column: number, cells: number): string {
    return column === cells - 1 ? cell : cell + ' '.repeat(this.#widths[column] - lengthOf(cell))
  }
}
