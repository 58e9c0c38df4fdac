import { PodwrightError } from '../../errors/index.js'
import type { Level, Occurrence } from '../clause.js'

/** Words for something that lasts: `web.phase('Running')`. */
export interface WithLevel {
  readonly level: Level
}

/** Words for something that happens: `web.deleted()`, or a level's `.becomes()`. */
export interface WithOccurrence {
  readonly occurrence: Occurrence
}

/** Takes the data out of words for a level; `where` is the word that they were given to. */
export function levelOf(words: WithLevel, where: string): Level {
  return partOf(words, 'level') ?? refuse(words, where, "something that lasts, such as web.phase('Running')")
}

/** Takes the data out of words for an occurrence; `where` is the word that they were given to. */
export function occurrenceOf(words: WithOccurrence, where: string): Occurrence {
  return partOf(words, 'occurrence') ?? refuse(words, where, 'something that happens, such as web.deleted()')
}

/** Takes the data out of words for either. */
export function whatOf(words: WithLevel | WithOccurrence, where: string): Level | Occurrence {
  const what = partOf(words as WithLevel, 'level') ?? partOf(words as WithOccurrence, 'occurrence')
  return what ?? refuse(words, where, "something that lasts or happens, such as web.phase('Running') or web.deleted()")
}

/** The compiler refuses other words already; who writes JavaScript is told here. */
function partOf<Words extends object, Part extends keyof Words>(words: Words, part: Part): Words[Part] | undefined {
  return typeof words === 'object' && words !== null && part in words ? words[part] : undefined
}

function refuse(words: unknown, where: string, expected: string): never {
  const has = (part: string): boolean => typeof words === 'object' && words !== null && part in words
  const isLevel = has('level')
  const got = isLevel
    ? 'something that lasts'
    : has('occurrence')
      ? 'something that happens'
      : has('clause')
        ? 'a whole expectation'
        : `a value of type ${typeof words}`
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected ${expected}, got ${got}`,
    hint: isLevel ? 'write .becomes() behind it: the moment at which it turns so' : undefined,
  })
}
