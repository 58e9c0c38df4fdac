/**
 * How a text is written as a YAML scalar by the library behind kubectl, sigs.k8s.io/yaml with go-yaml 2: plain where a YAML 1.1
 * reader takes it for the same text, else in quotes; texts with line breaks as literal blocks.
 */
export interface ScalarPlace {
  /** Column of the block that the scalar stands in; its further lines are indented by two more. */
  readonly indent: number
  /** Columns of the line that are already taken. */
  readonly column: number
  readonly isKey: boolean
}

/** Writes a text as a scalar; the answer may have several lines. */
export function yamlScalar(text: string, place: ScalarPlace): string {
  const traits = traitsOf(text)
  if (text.includes('\n')) {
    return place.isKey || !traits.canBeBlock ? doubleQuoted(text, place) : literal(text, place)
  }
  if (isTakenForAnother(text)) return doubleQuoted(text, place)
  if (traits.canBePlain) return folded(text, place, 0)
  return traits.canBeSingle ? singleQuoted(text, place) : doubleQuoted(text, place)
}

/** The column after which a line is broken at the next space. */
const BEST_WIDTH = 80

// go-yaml: resolve.go and encode.go stringv, v2.4: what an unquoted text would be read as.
const WORDS = new Set([
  ...['y', 'yes', 'on', 'true', 'n', 'no', 'off', 'false', 'null'].flatMap(word => [
    word,
    word.toUpperCase(),
    word[0].toUpperCase() + word.slice(1),
  ]),
  ...['', '~', '.nan', '.NaN', '.NAN'],
  ...['.inf', '.Inf', '.INF'].flatMap(word => [word, `+${word}`, `-${word}`]),
])
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[0-9]+)$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const TIMESTAMP =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/

function isTakenForAnother(text: string): boolean {
  if (WORDS.has(text)) return true
  if (!/^[-+.0-9]/.test(text)) return false
  const digits = text.replaceAll('_', '')
  return INTEGER.test(digits) || FLOAT.test(digits) || BASE_60.test(text) || TIMESTAMP.test(text)
}

interface Traits {
  readonly canBePlain: boolean
  readonly canBeSingle: boolean
  readonly canBeBlock: boolean
}

/** Which styles keep the text whole (libyaml: yaml_emitter_analyze_scalar). */
function traitsOf(text: string): Traits {
  const isWhole = PRINTABLE.test(text) && !text.includes(' \n')
  const hasOuterSpace = /^[ \n]|[ \n]$/.test(text)
  const hasIndicator =
    /^(?:[#,[\]{}&*!|>'"%@`]|---|\.\.\.|[-?:](?:[ \n]|$))/.test(text) || /:(?:[ \n]|$)|[ \n]#/.test(text)
  return {
    canBePlain: isWhole && !text.includes('\n') && !hasOuterSpace && !hasIndicator && text !== '',
    canBeSingle: isWhole && !text.includes('\n '),
    canBeBlock: isWhole && text !== '' && !text.endsWith(' '),
  }
}

/**
 * Texts that need no escapes. Characters beyond the basic plane count as unprintable, as in go-yaml 2; line separators and
 * direction marks do for the sake of terminals.
 */
const PRINTABLE = /^[\n\x20-\x7e\u00a0-\u200a\u2010-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/

const isPrintable = (character: string): boolean => character !== '\n' && PRINTABLE.test(character)

/** Breaks a text at the first single space after the best width, unless it is a key. `edge`: no break this near to either end. */
function folded(text: string, { indent, column, isKey }: ScalarPlace, edge: number): string {
  if (isKey || column + text.length <= BEST_WIDTH) return text
  let written = ''
  let at = column
  for (let i = 0; i < text.length; i++) {
    const isBreak =
      text[i] === ' ' &&
      at > BEST_WIDTH &&
      text[i - 1] !== ' ' &&
      text[i + 1] !== ' ' &&
      i >= edge &&
      i < text.length - edge
    if (isBreak) {
      written += `\n${' '.repeat(indent + 2)}`
      at = indent + 2
    } else {
      written += text[i]
      at++
    }
  }
  return written
}

const singleQuoted = (text: string, place: ScalarPlace): string =>
  `'${folded(text.replaceAll("'", "''"), { ...place, column: place.column + 1 }, 1)}'`

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '0'],
  ['\x07', 'a'],
  ['\b', 'b'],
  ['\t', 't'],
  ['\n', 'n'],
  ['\v', 'v'],
  ['\f', 'f'],
  ['\r', 'r'],
  ['\x1b', 'e'],
  ['"', '"'],
  ['\\', '\\'],
  ['\u0085', 'N'],
  ['\u2028', 'L'],
  ['\u2029', 'P'],
])

function doubleQuoted(text: string, { indent, column, isKey }: ScalarPlace): string {
  const characters = [...text]
  let written = '"'
  let at = column + 1
  const put = (piece: string): void => {
    written += piece
    at += piece.length
  }
  let wasSpace = false
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]
    if (character !== ' ') {
      const isPlain = character !== '"' && character !== '\\' && isPrintable(character)
      put(isPlain ? character : escaped(character))
      wasSpace = false
      continue
    }
    if (!isKey && !wasSpace && at > BEST_WIDTH && i > 0 && i < characters.length - 1) {
      written += `\n${' '.repeat(indent + 2)}`
      at = indent + 2
      if (characters[i + 1] === ' ') put('\\')
    } else {
      put(character)
    }
    wasSpace = true
  }
  return `${written}"`
}

function escaped(character: string): string {
  const short = ESCAPES.get(character)
  if (short !== undefined) return `\\${short}`
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** A literal block: the hints say whether it begins with a space and how it ends. */
function literal(text: string, { indent }: ScalarPlace): string {
  const indentHint = /^[ \n]/.test(text) ? '2' : ''
  const chomping = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : ''
  const body = text.endsWith('\n') ? text.slice(0, -1) : text
  const lines = body.split('\n').map(line => (line === '' ? '' : ' '.repeat(indent + 2) + line))
  return `|${indentHint}${chomping}\n${lines.join('\n')}`
}
