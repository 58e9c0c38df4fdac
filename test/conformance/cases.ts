import { judgeTable, readConformanceInput, type Table } from '../../src/conformance/index.js'

/** One case in the form of a table's file. */
export interface Case {
  readonly table: string
  readonly input: object
  readonly expected: object
}

/** Cases as a table, read as a file would be. */
export function tableOf(...cases: readonly Case[]): Table {
  const file = { meta: {}, cases: cases.map((each, i) => ({ id: `case-${i}`, ...each })) }
  const input = readConformanceInput('table.json', JSON.stringify(file))
  if (input.kind !== 'table') throw new Error('expected a table')
  return input.table
}

/** The cases that are answered otherwise than expected. */
export const failing = (...cases: readonly Case[]) => judgeTable(tableOf(...cases)).failed
