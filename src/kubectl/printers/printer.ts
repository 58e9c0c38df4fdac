import type { ApiObject, Container } from '../../model/index.js'
import type { Milliseconds } from '../../time/index.js'

/** How the objects of a kind are printed by `kubectl get`. */
export interface Printer {
  readonly columns: readonly string[]
  /** Columns that `-o wide` adds. */
  readonly wideColumns: readonly string[]
  cells(object: ApiObject, now: Milliseconds): readonly Cell[]
  wideCells(object: ApiObject, now: Milliseconds): readonly Cell[]
}

type Cell = string | number | boolean

/** Makes a printer of what it prints of an object of its kind. */
export const printer = <Printed extends ApiObject>(
  columns: string,
  cells: (object: Printed, now: Milliseconds) => readonly Cell[],
  wideColumns = '',
  wideCells: (object: Printed, now: Milliseconds) => readonly Cell[] = () => [],
): Printer => ({
  columns: columns.split('|'),
  wideColumns: wideColumns === '' ? [] : wideColumns.split('|'),
  cells: (object, now) => cells(object as Printed, now),
  wideCells: (object, now) => wideCells(object as Printed, now),
})

/** CONTAINERS and IMAGES: names and images of a template's containers. */
export const containerCells = (containers: readonly Container[]): [string, string] => [
  containers.map(({ name }) => name).join(','),
  containers.map(({ image }) => image).join(','),
]

/** Labels in one line, as Go's labels.FormatLabels does: `a=1,b=2`, `<none>` for none. */
export function formatMap(map: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(map ?? {}).map(([key, value]) => `${key}=${value}`)
  return pairs.length === 0 ? '<none>' : pairs.sort().join(',')
}
