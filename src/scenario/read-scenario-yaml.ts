import { Composer, type Document, isMap, isNode, isPair, isScalar, LineCounter, Parser, visit } from 'yaml'
import { type Origin, PodwrightError } from '../errors/index.js'
import { deepestToken, MOST_NESTING } from '../manifest/index.js'
import type { ScenarioText } from './split-scenarios.js'

/** The keys and indices that lead to a value. */
export type Path = readonly (string | number)[]

/** A Scenario document as plain data whose places are known. */
export interface ScenarioYaml {
  readonly value: unknown
  /** Where the value at a path stands, or its key; for what is not there, the innermost thing that is. */
  readonly place: (path: Path, isKey?: boolean) => Origin
  /** The text of a value with nothing but a comment before it, so that it keeps its line and column. */
  readonly sourceOf: (path: Path) => string
}

/** Nobody writes a longer Scenario by hand. */
export const MOST_SCENARIO_CHARACTERS = 1024 * 1024

/** After so many syntax errors the rest is noise. */
const MOST_MISTAKES = 20

/** So many aliased values: a small text must not become a large value. */
const MOST_ALIASES = 100

/**
 * Reads the YAML, or JSON, of one Scenario document.
 *
 * @throws PodwrightError `YAML_SYNTAX`, `INPUT_TOO_LARGE`; all syntax errors are answered, not only the first.
 */
export function readScenarioYaml({ file, text }: ScenarioText): ScenarioYaml | readonly PodwrightError[] {
  const lines = new LineCounter()
  const at = (offset: number): Origin => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const length = text.trim().length
  if (length > MOST_SCENARIO_CHARACTERS) {
    const problem = `expected a Scenario of at most ${MOST_SCENARIO_CHARACTERS} characters, got ${length}`
    return [new PodwrightError({ code: 'INPUT_TOO_LARGE', where: file, problem })]
  }
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const deep = deepestToken(tokens)
  if (deep !== undefined) {
    const problem = `expected maps and lists at most ${MOST_NESTING} deep, got more`
    return [new PodwrightError({ code: 'INPUT_TOO_LARGE', where: at(deep), problem })]
  }
  const [document] = [...new Composer({ uniqueKeys: false, prettyErrors: false }).compose(tokens, true, text.length)]
  if (document === undefined) return [syntaxError('expected a Scenario, got nothing', at(0))]
  const errors = document.errors.map(({ message, pos: [offset] }) => ({ message, offset }))
  const mistakes = errors.length > 0 ? errors : repeatedKeys(document)
  if (mistakes.length > 0) {
    return mistakes.slice(0, MOST_MISTAKES).map(({ message, offset }) => syntaxError(message, at(offset)))
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES })
    return {
      value,
      place: (path, isKey = false) => at(offsetOf(document, path, isKey)),
      sourceOf: path => sourceOf(document, path, text),
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return [syntaxError(problem, at(unresolvedAlias(document) ?? document.contents?.range?.[0] ?? 0))]
  }
}

const syntaxError = (message: string, where: Origin): PodwrightError =>
  new PodwrightError({ code: 'YAML_SYNTAX', where, problem: message.split('\n')[0] })

/** Where the first alias stands that no anchor belongs to. */
function unresolvedAlias(document: Document): number | undefined {
  let offset: number | undefined
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return undefined
      offset = alias.range?.[0]
      return visit.BREAK
    },
  })
  return offset
}

/** Keys that stand twice in a mapping; the reader's own check compares each with each. */
function repeatedKeys(document: Document): { readonly message: string; readonly offset: number }[] {
  const repeated: { message: string; offset: number }[] = []
  visit(document, {
    Map: (_, { items }) => {
      const known = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (known.has(key.value)) repeated.push({ message: 'Map keys must be unique', offset: key.range?.[0] ?? 0 })
        known.add(key.value)
      }
    },
  })
  return repeated
}

function offsetOf(document: Document, path: Path, isKey: boolean): number {
  for (let length = path.length; length >= 0; length--) {
    const parent: unknown = length === 0 ? undefined : document.getIn(path.slice(0, length - 1), true)
    if ((isKey || length < path.length) && isMap(parent)) {
      const pair = parent.items.find(({ key }) => (isScalar(key) ? key.value : key) === path[length - 1])
      if (isPair(pair) && isNode(pair.key) && pair.key.range) return pair.key.range[0]
    }
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function sourceOf(document: Document, path: Path, text: string): string {
  const node: unknown = document.getIn(path, true)
  if (!isNode(node) || !node.range) return ''
  const [start, end] = node.range
  const before = text.slice(0, start)
  const column = start - (before.lastIndexOf('\n') + 1)
  const lines = before.split('\n').length - 1
  // The comment keeps a manifest in braces from being taken for JSON.
  return (lines > 0 ? '#' : '') + '\n'.repeat(lines) + ' '.repeat(column) + text.slice(start, end)
}
