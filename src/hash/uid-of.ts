import { digestText } from './digest.js'

/**
 * The UID of an object: it looks like a random UUID (version 4) and depends on nothing but the object's path and on how
 * many objects of that path there were before.
 */
export function uidOf(path: string, incarnation = 0): string {
  const subject = incarnation === 0 ? path : `${path}#${incarnation}`
  const digits = digestText(subject) + digestText(`${subject}/uid`)
  const variant = '89ab'[Number.parseInt(digits[16], 16) & 3]
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-')
}
