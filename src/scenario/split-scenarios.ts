/** A text that was read: a file or standard input. */
export interface InputText {
  readonly name: string
  readonly text: string
}

/** The text of one Scenario document, at its place in the file: the lines before it are empty. */
export interface ScenarioText {
  readonly file: string
  readonly text: string
}

/** Scenario documents on one side, manifests on the other. */
export interface SplitInputs {
  readonly scenarios: readonly ScenarioText[]
  readonly manifests: readonly InputText[]
}

const SEPARATOR = /^---(?=\s|$)/gm
const YAML_SCENARIO = /^["']?apiVersion["']?[ \t]*:[ \t]*["']?podwright\.dev\//m
const JSON_SCENARIO = /^\s*\{[^{}]*"apiVersion"\s*:\s*"podwright\.dev\//

/**
 * Takes the Scenario documents out of files that may hold manifests beside them. What is left of a file keeps its
 * lines and columns.
 */
export function splitScenarios(inputs: readonly InputText[]): SplitInputs {
  const scenarios: ScenarioText[] = []
  const manifests: InputText[] = []
  for (const input of inputs) {
    if (!input.text.includes('podwright.dev/')) {
      manifests.push(input)
      continue
    }
    let rest = ''
    for (const [start, end] of documentsOf(input.text)) {
      const part = input.text.slice(start, end)
      const isScenario = YAML_SCENARIO.test(part) || JSON_SCENARIO.test(part.replace(/^---/, ''))
      if (isScenario) scenarios.push({ file: input.name, text: blank(input.text.slice(0, start)) + part })
      rest += isScenario ? blank(part) : part
    }
    manifests.push({ name: input.name, text: rest })
  }
  return { scenarios, manifests }
}

/** Where documents begin and end; each begins with its separator, if it has one. */
function documentsOf(text: string): [start: number, end: number][] {
  const starts = [...text.matchAll(SEPARATOR)].map(match => match.index)
  if (starts[0] !== 0) starts.unshift(0)
  return starts.map((start, index) => [start, starts[index + 1] ?? text.length])
}

/** As many lines, empty. */
const blank = (text: string): string => '\n'.repeat(text.split('\n').length - 1)
