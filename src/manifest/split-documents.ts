import { PodwrightError } from '../errors/index.js'
import { MOST_DOCUMENT_BYTES, MOST_INPUT_BYTES } from './limits.js'

/** A text with a name: a file, or standard input. */
export interface ManifestInput {
  readonly name: string
  readonly text: string
}

/** One document of an input. */
export interface RawDocument {
  readonly file: string
  readonly text: string
  /** How many lines of the input stand before it. */
  readonly linesBefore: number
  readonly isJson: boolean
}

/** The documents of an input, and what is wrong with their separators or sizes. */
export interface SplitInput {
  readonly documents: readonly RawDocument[]
  readonly problems: readonly PodwrightError[]
}

/**
 * Splits an input as kubectl does: what begins with a brace is a sequence of JSON values, all else YAML documents between lines
 * that begin with `---`. Documents without content are left out.
 *
 * apimachinery: pkg/util/yaml/decoder.go YAMLReader and GuessJSONStream, v1.32.
 */
export function splitDocuments({ name, text }: ManifestInput): SplitInput {
  if (text.length > MOST_INPUT_BYTES)
    return { documents: [], problems: [tooLarge(name, 1, 'an input', MOST_INPUT_BYTES)] }
  const content = text.startsWith('\ufeff') ? text.slice(1) : text
  const problems: PodwrightError[] = []
  const all = /^\s*\{/.test(content) ? splitJson(name, content) : splitYaml(name, content, problems)
  const documents = all.filter(document => {
    if (document.text.length <= MOST_DOCUMENT_BYTES) return hasContent(document.text)
    problems.push(tooLarge(name, document.linesBefore + 1, 'a document', MOST_DOCUMENT_BYTES))
    return false
  })
  return { documents, problems }
}

function tooLarge(file: string, line: number, what: string, limit: number): PodwrightError {
  return new PodwrightError({
    code: 'INPUT_TOO_LARGE',
    where: { file, line, column: 1 },
    problem: `expected ${what} of at most ${limit / 1024 / 1024} MiB, got more`,
  })
}

/** Whether there is more than blank lines and comments. */
const hasContent = (text: string): boolean => /^[ \t]*[^#\s]/m.test(text)

function splitYaml(file: string, text: string, problems: PodwrightError[]): RawDocument[] {
  const documents: RawDocument[] = []
  let start = 0
  let line = 0
  let linesBefore = 0
  for (let at = 0; at < text.length; line++) {
    const newline = text.indexOf('\n', at)
    const next = newline === -1 ? text.length : newline + 1
    if (text.startsWith('---', at)) {
      documents.push({ file, text: text.slice(start, at), linesBefore, isJson: false })
      const rest = text.slice(at + 3, next).trim()
      if (rest !== '' && !rest.startsWith('#')) problems.push(badSeparator(file, line + 1, rest))
      start = next
      linesBefore = line + 1
    }
    at = next
  }
  documents.push({ file, text: text.slice(start), linesBefore, isJson: false })
  return documents
}

function badSeparator(file: string, line: number, rest: string): PodwrightError {
  return new PodwrightError({
    code: 'YAML_SYNTAX',
    where: { file, line, column: 1 },
    problem: `invalid Yaml document separator: ${rest.slice(0, 80)}`,
    hint: 'write --- on a line of its own',
  })
}

/** One JSON value after the other; where they do not balance, the rest is one value, and parsing tells what is wrong. */
function splitJson(file: string, text: string): RawDocument[] {
  const documents: RawDocument[] = []
  let depth = 0
  let start = 0
  let linesBefore = 0
  const structure = /["{}[\]]/g
  for (let match = structure.exec(text); match !== null; match = structure.exec(text)) {
    const character = match[0]
    if (character === '"') {
      structure.lastIndex = endOfString(text, match.index)
      continue
    }
    depth += character === '{' || character === '[' ? 1 : -1
    if (depth !== 0) continue
    const part = text.slice(start, structure.lastIndex)
    documents.push({ file, text: part, linesBefore, isJson: true })
    start = structure.lastIndex
    linesBefore += part.split('\n').length - 1
  }
  documents.push({ file, text: text.slice(start), linesBefore, isJson: true })
  return documents
}

/** Where the string that begins at a quote ends. */
function endOfString(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}
