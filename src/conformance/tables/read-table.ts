import { array, looseObject, record, safeParse, string, unknown } from 'valibot'
import { PodwrightError } from '../../errors/index.js'
import { invalidInput } from '../invalid-input.js'
import { TABLE_KINDS, type Table, type TableKind } from './table.js'

const TABLE = looseObject({
  meta: looseObject({}),
  cases: array(
    looseObject({ id: string(), table: string(), input: looseObject({}), expected: record(string(), unknown()) }),
  ),
})

/**
 * Reads a table out of parsed JSON; null: it is something else. A table is known by having `meta` and `cases`, its kind by
 * what its cases expect.
 *
 * @throws PodwrightError `RECORDING_INVALID`, located in the file.
 */
export function readTable(file: string, value: object): Table | null {
  if (!('meta' in value && 'cases' in value)) return null
  const result = safeParse(TABLE, value)
  if (!result.success) throw invalidInput(file, result.issues[0])
  const { cases } = result.output
  const kind = kindOf(cases)
  if (kind !== undefined) return { kind, cases }
  const problem = `expected cases of ${Object.keys(TABLE_KINDS).join(', ')}, got others`
  throw new PodwrightError({ code: 'RECORDING_INVALID', where: file, problem })
}

/** Kinds are tried in order: what a later one expects, an earlier one may expect as well. */
function kindOf(cases: readonly { readonly expected: object }[]): TableKind | undefined {
  const kinds = Object.keys(TABLE_KINDS) as TableKind[]
  return kinds.find(kind => cases.some(({ expected }) => TABLE_KINDS[kind].some(name => name in expected)))
}
