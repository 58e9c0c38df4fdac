import * as v from 'valibot'
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import { type Origin, PodwrightError } from '../errors/index.js'
import { type Node, profileOf } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { BehaviourRule } from './behaviour-rule.js'
import { type ScenarioData, scenarioSchema } from './scenario-schema.js'
import { errorOf } from './schema-parts.js'
import type { ScenarioText } from './split-scenarios.js'
import type { StatedStep } from './step-schema.js'

/** A step of a Scenario file, with its place and, for `apply`, the text of the manifest at its place. */
export interface ScenarioStep extends StatedStep {
  readonly where: Origin
  /** What stands before the manifest in the file is left out, but not its lines. */
  readonly manifest?: string | undefined
}

/** What a Scenario file says: plain data, names not yet looked up. */
export interface Scenario {
  readonly name: string | undefined
  readonly description: string | undefined
  readonly where: Origin
  readonly kubernetes: string | undefined
  /** Files beside the scenario's own. */
  readonly manifests: readonly { readonly path: string; readonly where: Origin }[]
  readonly nodes: readonly Node[] | undefined
  readonly horizon: Milliseconds | undefined
  readonly behaviours: readonly BehaviourRule[]
  readonly steps: readonly ScenarioStep[]
}

/** A Scenario, or everything that is wrong with it. */
export interface ParsedScenario {
  readonly scenario: Scenario | undefined
  readonly problems: readonly PodwrightError[]
}

/**
 * Parses a Scenario document (apiVersion podwright.dev/v1). Every mistake is told with its line and column, what was
 * expected, and the nearest valid word.
 */
export function parseScenario({ file, text }: ScenarioText): ParsedScenario {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const at = (offset: number): Origin => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  if (document.errors.length > 0) {
    return failed(document.errors.map(error => syntaxError(error.message, at(error.pos[0]))))
  }
  const value = readValue(document, at)
  if (value instanceof PodwrightError) return failed([value])
  const place = (path: Path, isKey: boolean) => at(offsetOf(document, path, isKey))
  const result = v.safeParse(scenarioSchema, value)
  if (!result.success) {
    return failed(
      result.issues.map(issue => errorOf(issue, place(pathOf(issue), issue.path?.at(-1)?.origin === 'key'))),
    )
  }
  try {
    return { scenario: scenarioOf(result.output, document, text, path => place(path, false)), problems: [] }
  } catch (error) {
    if (error instanceof PodwrightError) return failed([error])
    throw error
  }
}

type Path = readonly (string | number)[]

const failed = (problems: readonly PodwrightError[]): ParsedScenario => ({ scenario: undefined, problems })

const syntaxError = (message: string, where: Origin): PodwrightError =>
  new PodwrightError({ code: 'YAML_SYNTAX', where, problem: message.split('\n')[0] })

/** The document as plain data; aliases are counted, so that a small text cannot become a large value. */
function readValue(document: Document, at: (offset: number) => Origin): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown
  } catch (error) {
    const problem = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return syntaxError(problem, at(document.contents?.range?.[0] ?? 0))
  }
}

const pathOf = (issue: v.BaseIssue<unknown>): Path => (issue.path ?? []).map(({ key }) => key as string | number)

/** Where the value at a path stands, or its key; for what is not there, the innermost thing that is. */
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

function scenarioOf(data: ScenarioData, document: Document, text: string, place: (path: Path) => Origin): Scenario {
  const { kubernetes, manifests = [], nodes, horizon, behaviours = [], steps = [] } = data.spec
  if (kubernetes !== undefined) checkVersion(kubernetes, place(['spec', 'kubernetes']))
  if (horizon === 0) {
    const problem = 'expected a horizon after the beginning, got 0'
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where: place(['spec', 'horizon']), problem })
  }
  const behaviourPlace = (index: number) => place(['spec', 'behaviours', index])
  return {
    name: data.metadata?.name,
    description: data.metadata?.description,
    where: place([]),
    kubernetes,
    manifests: manifests.map((path, index) => ({ path, where: place(['spec', 'manifests', index]) })),
    nodes: nodes as readonly Node[] | undefined,
    horizon,
    behaviours: behaviours.map((rule, index) => ({ ...rule, where: behaviourPlace(index) })),
    steps: steps.map((step, index) => ({
      ...step,
      where: place(['spec', 'steps', index]),
      manifest: step.action === 'apply' ? sourceOf(document, ['spec', 'steps', index, 'apply'], text) : undefined,
    })),
  }
}

function checkVersion(version: string, where: Origin): void {
  try {
    profileOf(version)
  } catch (error) {
    if (!(error instanceof PodwrightError)) throw error
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where, problem: error.problem, hint: error.hint })
  }
}

/** The text of a value with nothing but a comment before it, so that it keeps its line and column. */
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
