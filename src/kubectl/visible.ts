/**
 * Makes a text from outside safe to print on one line of a terminal: control characters, escape sequences, line breaks,
 * characters that turn the direction of writing, and halves of surrogate pairs are shown escaped, `\n`, `\x1b`, `\u202e`.
 */
export const visible = (text: string): string => (UNSAFE.test(text) ? text.replace(EVERY_UNSAFE, escaped) : text)

// C0, DEL and C1; soft hyphen to direction marks, line separators, embeddings, isolates; byte-order mark; lone surrogates.
const UNSAFE_CLASS =
  '[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffb]' +
  '|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'
const UNSAFE = new RegExp(UNSAFE_CLASS)
const EVERY_UNSAFE = new RegExp(UNSAFE_CLASS, 'g')

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escaped(character: string): string {
  const short = SHORT.get(character)
  if (short !== undefined) return short
  const code = character.charCodeAt(0)
  const hex = code.toString(16)
  return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`
}
