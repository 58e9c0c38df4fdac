import { type Alias, Composer, type CST, type Document, LineCounter, type Node, Parser } from 'yaml'
import { type Origin, PodwrightError } from '../errors/index.js'
import { MOST_NESTING } from './limits.js'
import { NodeProblem, valueOfNode } from './node-value.js'
import type { RawDocument } from './split-documents.js'
import { createUnindentedLexer } from './unindented-lexer.js'

/** A document that was parsed: its JSON form and its nodes, which know where they stand. */
export interface ParsedDocument {
  readonly value: unknown
  readonly root: Node | null
  readonly aliases: ReadonlyMap<Alias, Node>
  readonly originAt: (offset: number) => Origin
}

/**
 * Parses a document with positions.
 *
 * @throws PodwrightError `YAML_SYNTAX`, `INPUT_TOO_LARGE` at the first thing that is wrong.
 */
export function parseDocument(document: RawDocument): ParsedDocument {
  const lines = new LineCounter()
  const originAt = (offset: number): Origin => {
    const { line, col } = lines.linePos(offset)
    return { file: document.file, line: document.linesBefore + Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.isJson) checkJson(document)
  else checkCharacters(document)
  const composed = composeDocument(document.text, lines, originAt)
  throwFirstError(document, composed, originAt)
  const root = (composed[0]?.contents ?? null) as Node | null
  try {
    return { ...valueOfNode(root), root, originAt }
  } catch (error) {
    if (!(error instanceof NodeProblem)) throw error
    const offset = error.node?.range?.[0] ?? 0
    if (error.isLimit) throw problem('INPUT_TOO_LARGE', originAt(offset), error.message)
    throw problem('YAML_SYNTAX', originAt(offset), `yaml: ${error.message}`, templateHint(document, offset))
  }
}

type Composed = readonly Document.Parsed[]

/** Composes a document as the standard has it, or else, where only indentation within quotes and brackets is wrong, as kubectl does. */
function composeDocument(text: string, lines: LineCounter, originAt: (offset: number) => Origin): Composed {
  const strict = composeTokens([...new Parser(lines.addNewLine).parse(text)], text, originAt)
  if (strict.length !== 1 || !strict[0].errors.some(({ code }) => UNINDENTED.has(code))) return strict
  const parser = new Parser()
  const tokens: CST.Token[] = []
  for (const lexeme of createUnindentedLexer().lex(text)) tokens.push(...parser.next(lexeme))
  const lax = composeTokens([...tokens, ...parser.end()], text, originAt)
  return lax.every(({ errors }) => errors.length === 0) ? lax : strict
}

/** What the strict lexer makes of a line that is not indented enough. */
const UNINDENTED: ReadonlySet<string> = new Set(['MISSING_CHAR', 'BAD_INDENT'])

function composeTokens(tokens: readonly CST.Token[], text: string, originAt: (offset: number) => Origin): Composed {
  const deep = deepestToken(tokens)
  if (deep !== undefined) {
    throw problem('INPUT_TOO_LARGE', originAt(deep), `expected maps and lists at most ${MOST_NESTING} deep, got more`)
  }
  return [...new Composer(COMPOSER_OPTIONS).compose(tokens, true, text.length)] as Document.Parsed[]
}

/** Scalars stay texts here; what they stand for, and that keys are unique, is decided as kubectl's reader decides it. */
const COMPOSER_OPTIONS = {
  schema: 'failsafe',
  version: '1.1',
  uniqueKeys: false,
  merge: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const

const problem = (code: 'YAML_SYNTAX' | 'INPUT_TOO_LARGE', where: Origin, text: string, hint?: string): PodwrightError =>
  new PodwrightError({ code, where, problem: text, hint })

/** go-yaml: readerc.go; what may not stand in a YAML text at all. */
function checkCharacters({ text, file, linesBefore }: RawDocument): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for.
  const offset = text.search(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/)
  if (offset === -1) return
  const before = text.slice(0, offset).split('\n')
  const where = { file, line: linesBefore + before.length, column: before[before.length - 1].length + 1 }
  const code = text.charCodeAt(offset).toString(16).padStart(4, '0')
  const hint = `take the character U+${code.toUpperCase()} away, or write it as an escape within double quotes`
  throw problem('YAML_SYNTAX', where, 'yaml: control characters are not allowed', hint)
}

/** kubectl reads what begins with a brace as JSON, so YAML's freedoms end there. */
function checkJson({ text, file, linesBefore }: RawDocument): void {
  try {
    JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const position = /position (\d+)/.exec(message)
    const offset = position === null ? text.length : Number(position[1])
    const before = text.slice(0, offset).split('\n')
    const where = { file, line: linesBefore + before.length, column: before[before.length - 1].length + 1 }
    throw problem('YAML_SYNTAX', where, `expected JSON, as the input begins with "{"; got: ${jsonProblem(message)}`)
  }
}

/** V8's words without the text it quotes. */
const jsonProblem = (message: string): string =>
  message
    .replace(/ in JSON at position \d+.*$/s, '')
    .replace(/, ("|\.\.\.").*$/s, '')
    .replace(/^[A-Z]/, letter => letter.toLowerCase())
    .slice(0, 80)

/**
 * Finds a token that stands deeper than is allowed, without recursion: composing is recursive, and deep enough it would
 * take the process with it.
 */
export function deepestToken(tokens: readonly CST.Token[]): number | undefined {
  const open: { token: CST.Token; depth: number }[] = tokens.map(token => ({ token, depth: 0 }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    if (depth > MOST_NESTING) return token.offset
    if ('value' in token && typeof token.value === 'object' && token.value !== null) {
      open.push({ token: token.value as CST.Token, depth: depth + 1 })
    }
    if (!('items' in token)) continue
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 })
      if (item.value) open.push({ token: item.value, depth: depth + 1 })
    }
  }
  return undefined
}

function throwFirstError(raw: RawDocument, [document]: Composed, originAt: (offset: number) => Origin): void {
  const errors = document === undefined ? [] : [...document.errors].sort((a, b) => a.pos[0] - b.pos[0])
  if (errors.length === 0) return
  const [{ pos, code, message }] = errors
  const hint = templateHint(raw, pos[0]) ?? HINTS[code]
  throw problem('YAML_SYNTAX', originAt(pos[0]), `yaml: ${sentence(message)}`, hint)
}

/** Charts of Helm and their like are no YAML until they are filled in. */
function templateHint({ text }: RawDocument, offset: number): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  const line = text.slice(start, end === -1 ? text.length : end)
  return line.includes('{{') ? 'fill in the template first: what stands between {{ and }} is not YAML' : undefined
}

const sentence = (message: string): string =>
  `${message[0].toLowerCase()}${message.slice(1)}`.replace(/(["'])quote/, '$1')

const HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BLOCK_AS_IMPLICIT_KEY: 'put quotes around a value that contains ": "',
}
