import { type Origin, PodwrightError } from '../errors/index.js'
import { readDocuments } from '../manifest/index.js'
import { isSameData } from '../model/index.js'
import { plainData } from './plain-data.js'
import type { ScenarioDocument } from './scenario-document.js'
import { scenarioFields } from './scenario-fields.js'
import { parseScenario } from './scenario-file.js'
import { type InputText, splitScenarios } from './split-scenarios.js'
import { yamlText } from './yaml-text.js'

/**
 * Writes a scenario as YAML: the Scenario document, and after it the objects that stand in the same file. Reading it again with
 * `parseScenarioDocument` gives the same data. Behaviours and expectations are lines of text where a line says the same.
 *
 * @throws PodwrightError for data that a Scenario file cannot say, such as a horizon of 0.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { EMPTY_DOCUMENT, parseScenarioDocument, printScenario } from 'podwright'
 *
 * const document = { ...EMPTY_DOCUMENT, name: 'drain', steps: [{ at: 60_000, action: 'delete' as const, subject: 'pod/web' }] }
 * const text = printScenario(document)
 * assert.match(text, /- at: 1m\n {6}delete: pod\/web/)
 * assert.deepEqual(parseScenarioDocument(text), document)
 * ```
 */
export function printScenario(document: ScenarioDocument): string {
  const data = plainData(document)
  const text = [scenarioFields(data), ...data.objects].map(yamlText).join('---\n')
  const read = parseScenarioDocument(text, 'scenario')
  const fields = Object.keys({ ...data, ...read }) as (keyof ScenarioDocument)[]
  const other = fields.find(field => !isSameData(data[field], read[field]))
  if (other === undefined) return text
  throw new PodwrightError({
    code: 'SCENARIO_INVALID',
    where: 'scenario',
    problem: `expected ${other} that a Scenario file can say, got other data`,
    hint: 'write it as the words of the fluent form or of a file make it',
  })
}

/**
 * Reads a text with one Scenario and the objects beside it as plain data: names are not looked up, and in the objects nothing is
 * filled in.
 *
 * @throws PodwrightError for the first thing that is wrong, with its place.
 */
export function parseScenarioDocument(text: string, name = 'scenario'): ScenarioDocument {
  const input: InputText = { name, text }
  const { scenarios, manifests } = splitScenarios([input])
  if (scenarios.length !== 1) {
    const where: Origin = { file: name, line: 1, column: 1 }
    const problem = `expected one Scenario, got ${scenarios.length === 0 ? 'none' : scenarios.length}`
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where, problem })
  }
  const { scenario, problems } = parseScenario(scenarios[0])
  if (scenario === undefined) throw problems[0]
  return { ...scenario.document, objects: manifests.flatMap(readDocuments) as object[] }
}
