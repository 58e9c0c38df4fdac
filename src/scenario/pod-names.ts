import { hashText } from '../hash/index.js'

/** What generated names are made of: no vowels and no digits that look like them (apimachinery: pkg/util/rand/rand.go). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

/** How many suffixes of five characters there are. */
export const NAME_SUFFIXES = ALPHABET.length ** 5
/** No multiple of three, so that `n` steps from anywhere meet every suffix before one comes again. */
const STEP = 5_171_717

/**
 * The five characters that the API server puts behind a `generateName`: scattered by the text, and no two the same for
 * one text.
 */
export const nameSuffix = (text: string, n: number): string => suffixOf(suffixNumber(text, n))

/** The number of that suffix among all of them. */
export const suffixNumber = (text: string, n: number): number => (hashText(text) + n * STEP) % NAME_SUFFIXES

/** The suffix of a number. */
export function suffixOf(number: number): string {
  let rest = number
  let suffix = ''
  for (let i = 0; i < 5; i++) {
    suffix += ALPHABET[rest % ALPHABET.length]
    rest = Math.floor(rest / ALPHABET.length)
  }
  return suffix
}

/** An object as text that does not hang on the order in which its fields were written. */
export const orderedText = (value: unknown): string =>
  JSON.stringify(value, (_, field: unknown) =>
    typeof field !== 'object' || field === null || Array.isArray(field)
      ? field
      : Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))),
  )

/**
 * A hash of a template as Deployments write it: ten digits of a 32-bit number, each replaced by a letter.
 *
 * apimachinery: pkg/util/rand/rand.go SafeEncodeString; the number itself is podwright's own.
 */
export function templateHash(template: string): string {
  let hash = ''
  for (const digit of String(hashText(template)).padStart(10, '0')) {
    hash += ALPHABET[digit.charCodeAt(0) % ALPHABET.length]
  }
  return hash
}

/** `base-suffix`, the base cut so that the whole is a name of at most 63 characters (apiserver: storage/names/generate.go). */
export const generatedName = (base: string, suffix: string): string =>
  `${`${base}-`.slice(0, 63 - suffix.length)}${suffix}`
