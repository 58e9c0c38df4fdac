/**
 * Words that hold sentences together. As names of pods, containers or reasons they are quoted, so that a missing name is a
 * mistake that can be told, and `waiting until …` is not a wait with the reason `until`.
 */
const GLUE: ReadonlySet<string> = new Set([
  ...['all', 'and', 'any', 'at', 'before', 'after', 'be', 'becomes', 'being', 'between', 'begins', 'cannot'],
  ...['dies', 'does', 'each', 'ends', 'exactly', 'exists', 'exit', 'exits', 'fails', 'for', 'from', 'gets', 'goes'],
  ...['has', 'have', 'immediately', 'in', 'is', 'it', 'joins', 'later', 'leaves', 'no', 'not', 'nothing', 'of', 'on'],
  ...['once', 'or', 'since', 'starts', 'stops', 'succeeds', 'than', 'that', 'the', 'through', 'to', 'twice', 'unless'],
  ...['until', 'when', 'whenever', 'while', 'with', 'within', 'answers', 'never', 'always', 'eventually'],
])

/** Whether a word is one of the language's own and so no name. */
export const isGlue = (word: string): boolean => GLUE.has(word.toLowerCase())

/** Printable ASCII but for quotation marks, parentheses and marks; a colon may stand inside. */
const PLAIN = /^[!#-'*+\--9<-~](?:[!#-'*+\-.-:<-~]*[!#-'*+\--9<-~])?$/

/** A name as the text form writes it: as it is, or quoted as in JSON where it could be read as something else. */
export const wordText = (name: string): string => (PLAIN.test(name) && !isGlue(name) ? name : quoted(name))

/** A text in quotation marks for a complaint: what is safe to print stays as it is. */
export const shown = (text: string): string => JSON.stringify(text).replace(UNSAFE, escaped)

/** A text in quotation marks, in ASCII, so that it is safe to print. */
export const quoted = (text: string): string => JSON.stringify(text).replace(/[^ -~]/g, escaped)

/** Controls, and characters that are invisible or turn the direction of writing. */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
