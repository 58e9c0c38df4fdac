import type { ConditionStatus } from '../clause.js'
import type { TextReader } from './text-reader.js'

/** The statuses of a condition. */
export const STATUS_WORDS: readonly ConditionStatus[] = ['True', 'False', 'Unknown']

/** Reads `Ready=True`; `expected` says what else may stand there. */
export function conditionStatus(
  reader: TextReader,
  expected = 'a condition such as Ready=True',
): { readonly type: string; readonly status: ConditionStatus } {
  const at = reader.position
  const text = reader.name(expected)
  const equals = text.lastIndexOf('=')
  const status = STATUS_WORDS.find(each => each.toLowerCase() === text.slice(equals + 1).toLowerCase())
  if (equals >= 0 && status !== undefined) return { type: text.slice(0, equals), status }
  const type = equals < 0 ? text : text.slice(0, equals)
  const problem = `expected ${expected}, got ${JSON.stringify(text.slice(0, 60))}`
  return reader.failAt(
    at,
    problem,
    `write one of ${STATUS_WORDS.map(each => `${type.slice(0, 40)}=${each}`).join(', ')}`,
  )
}

/** Reads ` with reason PodFailed and message "…"`, each of which may be missing. */
export function reasonWords(reader: TextReader): { reason?: string; message?: string } {
  if (reader.take('with', 'message')) return { message: reader.quotedPart() }
  if (!reader.take('with', 'reason')) return {}
  const reason = reader.name('a reason')
  return reader.take('and', 'message') ? { reason, message: reader.quotedPart() } : { reason }
}
