import { PodwrightError } from '../errors/index.js'
import { MOST_NESTING } from '../manifest/index.js'

/**
 * The same data without fields that hold nothing: what JSON would leave of it.
 *
 * @throws PodwrightError `INPUT_TOO_LARGE` for data that is deeper than a document may be, or holds itself.
 */
export const plainData = <Value>(value: Value): Value => copyOf(value, 0) as Value

function copyOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > MOST_NESTING) {
    const problem = `expected maps and lists at most ${MOST_NESTING} deep, got more`
    throw new PodwrightError({ code: 'INPUT_TOO_LARGE', where: 'scenario', problem })
  }
  if (Array.isArray(value)) return value.map(each => copyOf(each, depth + 1))
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(fields.map(([name, field]) => [name, copyOf(field, depth + 1)]))
}
