import { alignTabs, DESCRIBE_COLUMNS } from './align-tabs.js'
import { visible } from './visible.js'

/** Collects the lines of `kubectl describe`: two spaces per level, tabs between the cells; texts from outside are escaped. */
export class DescribeText {
  #pending: string[] = []
  readonly #done: string[] = []
  #level = 0

  /** A line with a name and a value: `Image:  nginx`. */
  field(level: number, name: string, value: string | number | boolean): void {
    this.cells(level, `${name}:`, `${value}`)
  }

  /** A line of cells, of which all but the last are columns. */
  cells(level: number, ...cells: readonly string[]): void {
    this.#pending.push('  '.repeat(this.#level + level) + cells.map(visible).join('\t'))
  }

  /** A name with a list of texts, each on a line of its own, `<none>` for none. */
  list(level: number, name: string, values: readonly string[]): void {
    const [first = '<none>', ...others] = values
    this.field(level, name, first)
    for (const other of others) this.cells(level, '', other)
  }

  /** Describes a part of an object so many levels deeper. */
  within(level: number, describe: () => void): void {
    this.#level += level
    describe()
    this.#level -= level
  }

  /** Ends the block of lines whose columns belong together. */
  flush(): void {
    this.#done.push(...alignTabs(this.#pending, DESCRIBE_COLUMNS))
    this.#pending = []
  }

  lines(): string[] {
    this.flush()
    return this.#done
  }
}
