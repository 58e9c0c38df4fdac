import * as v from 'valibot'
import { nearestWord, type Origin, PodwrightError } from '../errors/index.js'
import { readQuantity } from '../model/index.js'
import { tryParseDuration } from '../time/index.js'
import { parsePart } from './behaviour-text.js'
import type { WordReader } from './word-reader.js'

/** Separates what is wrong from what to do about it in the message of an issue. */
export const HINT = '\n  hint: '

const withHint = (problem: string, hint: string | undefined): string =>
  hint === undefined ? problem : `${problem}${HINT}${hint}`

/** A value as messages quote it. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a mapping'
  if (value === undefined || value === null) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** True of a YAML mapping, not of a list or null. */
export const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A mapping with these fields and no others; `what` names it, `hints` say what became of fields that do not exist. */
export function fields<const Entries extends v.ObjectEntries>(
  what: string,
  entries: Entries,
  hints: Readonly<Record<string, string>> = {},
) {
  const names = Object.keys(entries)
  return v.pipe(
    v.custom<Record<string, unknown>>(isMapping, issue => `expected ${what}, got ${quote(issue.input)}`),
    v.strictObject(entries, issue => {
      if (issue.expected !== 'never') return `${what} needs the field ${issue.expected}`
      const name = JSON.parse(issue.received) as string
      const known = Object.hasOwn(hints, name) ? hints[name] : undefined
      const nearest = nearestWord(name, names)
      return withHint(
        `unknown field ${JSON.stringify(name)} in ${what}`,
        known ?? (nearest === undefined ? `its fields are ${names.join(', ')}` : `did you mean ${nearest}?`),
      )
    }),
  )
}

/** A text. */
export const text = (what: string) =>
  v.pipe(
    v.string(issue => `expected ${what}, got ${quote(issue.input)}`),
    v.minLength(1, `expected ${what}, got ""`),
  )

/** One of these words; of some other words it is known why they are wrong here. */
export const oneOf = <const Words extends readonly string[]>(
  words: Words,
  hint: (word: string) => string | undefined = () => undefined,
) =>
  v.picklist(words, ({ input }) => {
    const word = typeof input === 'string' ? input : ''
    const nearest = nearestWord(word, words)
    return withHint(
      `expected one of ${words.join(', ')}, got ${quote(input)}`,
      hint(word) ?? (nearest === undefined ? undefined : `did you mean ${nearest}?`),
    )
  })

/** True or false. */
export const flag = v.boolean(issue => `expected true or false, got ${quote(issue.input)}`)

/** A whole number within bounds. */
export const whole = (what: string, least: number, most: number) => {
  const expected = `${what}, a whole number from ${least} to ${most}`
  return v.custom<number>(
    input => typeof input === 'number' && Number.isInteger(input) && input >= least && input <= most,
    issue => `expected ${expected}, got ${quote(issue.input)}`,
  )
}

/** What was probably meant: seconds without their unit, or a duration with blanks in it. */
function durationHint(input: unknown): string | undefined {
  if (typeof input === 'number') return `write ${input}s`
  const text = typeof input === 'string' ? input.replaceAll(/\s/g, '') : ''
  return text !== '' && tryParseDuration(text) !== undefined ? `write ${text}` : undefined
}

/** A duration such as `90s`, as milliseconds. */
export const duration = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, number>(({ dataset, addIssue, NEVER }) => {
    const input = dataset.value
    const ms = typeof input === 'string' ? tryParseDuration(input) : undefined
    if (ms !== undefined) return ms
    const problem = `expected a duration such as 500ms, 5s or 1m30s, got ${quote(input)}`
    addIssue({ message: withHint(problem, durationHint(input)) })
    return NEVER
  }),
)

/** A quantity such as `500m`, `8Gi` or a number, as it is written. */
export const quantity = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, string>(({ dataset, addIssue, NEVER }) => {
    const input = dataset.value
    const read = typeof input === 'string' || typeof input === 'number' ? readQuantity(String(input)) : undefined
    if (read !== undefined && 'text' in read && read.nanos >= 0n) return String(input)
    addIssue({ message: `expected a quantity such as 4, 500m or 8Gi, got ${quote(input)}` })
    return NEVER
  }),
)

/** Words of the one-line language, read by one of its readers. */
export const words = <Part>(read: (reader: WordReader) => Part) => parsed(input => parsePart(input, undefined, read))

/** A text that `parse` understands; what it refuses becomes the issue. */
export const parsed = <Part>(parse: (input: string) => Part) =>
  v.pipe(
    v.string(issue => `expected words, got ${quote(issue.input)}`),
    v.rawTransform<string, Part>(({ dataset, addIssue, NEVER }) => {
      try {
        return parse(dataset.value)
      } catch (error) {
        if (!(error instanceof PodwrightError)) throw error
        addIssue({ message: withHint(error.problem, error.hint) })
        return NEVER
      }
    }),
  )

/** The words if a text was written, the mapping otherwise. */
export const wordsOr = <Part, Mapping extends v.GenericSchema<unknown, Part>>(
  read: (reader: WordReader) => Part,
  mapping: Mapping,
): v.GenericSchema<unknown, Part> =>
  v.lazy(input => (typeof input === 'string' ? (words(read) as v.GenericSchema<unknown, Part>) : mapping))

/** Nobody writes longer lists. */
export const MOST_ITEMS = 10_000

/** A list. */
export const listOf = <Item extends v.GenericSchema>(what: string, item: Item) =>
  v.pipe(
    v.custom<unknown[]>(Array.isArray, issue => `expected ${what}, got ${quote(issue.input)}`),
    v.check(items => items.length <= MOST_ITEMS, `expected ${what} of at most ${MOST_ITEMS}, got more`),
    v.array(item),
  )

/** An issue as an error at its place. */
export function errorOf(issue: v.BaseIssue<unknown>, where: Origin): PodwrightError {
  const [problem, hint] = issue.message.split(HINT)
  return new PodwrightError({ code: 'SCENARIO_INVALID', where, problem, hint })
}
