import type { LabelSelector } from '../../model/index.js'

/** Text that stands in a message as it is: what Go prints for a value that is neither a text, a number nor a truth value. */
export interface GoLiteral {
  readonly literal: string
}

/** A value a validation error can quote. */
export type BadValue = string | number | boolean | GoLiteral | null | undefined

/** Prints a value as `field.Error` does: texts quoted, numbers plain, nothing as `null`. */
export function formatBadValue(value: BadValue): string {
  if (value === null || value === undefined) return goQuote('null')
  if (typeof value === 'string') return goQuote(value)
  return typeof value === 'object' ? value.literal : String(value)
}

/** `[]string{"a", "b"}`. */
export const goStrings = (values: readonly string[]): GoLiteral => ({
  literal: `[]string{${values.map(goQuote).join(', ')}}`,
})

/** `map[string]string{"a":"b"}`, keys sorted; nil when absent. */
export const goStringMap = (map: Readonly<Record<string, string>> | undefined): GoLiteral => ({
  literal:
    map === undefined
      ? 'map[string]string(nil)'
      : `map[string]string{${Object.keys(map)
          .sort()
          .map(key => `${goQuote(key)}:${goQuote(map[key])}`)
          .join(', ')}}`,
})

/** `v1.LabelSelector{…}`. */
export function goLabelSelector({ matchLabels, matchExpressions }: LabelSelector): GoLiteral {
  const requirements = matchExpressions?.map(({ key, operator, values }) => {
    const list = values === undefined ? '[]string(nil)' : goStrings(values).literal
    return `v1.LabelSelectorRequirement{Key:${goQuote(key)}, Operator:${goQuote(operator)}, Values:${list}}`
  })
  const list = requirements === undefined ? '(nil)' : `{${requirements.join(', ')}}`
  const labels = goStringMap(matchLabels).literal
  return { literal: `v1.LabelSelector{MatchLabels:${labels}, MatchExpressions:[]v1.LabelSelectorRequirement${list}}` }
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

/** Quotes a text as Go's `strconv.Quote` does. */
export function goQuote(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`
  let quoted = '"'
  for (const character of text) quoted += NAMED_ESCAPES[character] ?? escapeUnprintable(character)
  return `${quoted}"`
}

function escapeUnprintable(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd'
  if (code === 0x20 || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character)) return character
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** The length of a text in bytes, which is what Go's `len` counts. */
export function byteLength(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    // Each half of a surrogate pair stands for two of its four bytes.
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2
  }
  return bytes
}
