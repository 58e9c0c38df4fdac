import { PodwrightError } from '../../errors/index.js'
import { readDocuments } from '../../manifest/index.js'
import { plainData } from '../plain-data.js'
import { isMapping, quote } from '../schema-parts.js'
import { splitScenarios } from '../split-scenarios.js'
import { ManifestReference } from './manifest.js'

/**
 * Reads what is applied as plain objects: an object as a manifest has it, or a text of YAML or JSON. Nothing is filled in, and
 * fields are checked when the plan is built.
 *
 * @throws PodwrightError `YAML_SYNTAX` for a broken text, `MANIFEST_DECODING` for what is no object, `SCENARIO_INVALID` for a
 * Scenario or a file.
 */
export function appliedObjects(source: string | object): readonly object[] {
  if (source instanceof ManifestReference) {
    throw new PodwrightError({
      code: 'SCENARIO_INVALID',
      where: 'apply',
      problem: `expected an object or its text, got the file ${source.path}`,
      hint: 'files are applied at the beginning; a step applies what stands in the scenario',
    })
  }
  if (typeof source !== 'string') return [objectOf(plainData(source))]
  const input = { name: 'manifest', text: source }
  const { scenarios } = splitScenarios([input])
  if (scenarios.length > 0) {
    throw new PodwrightError({
      code: 'SCENARIO_INVALID',
      where: 'apply',
      problem: 'expected manifests, got a Scenario',
      hint: 'what a Scenario says is said here by words: behave, at, expect',
    })
  }
  const objects = readDocuments(input)
    .filter(each => each !== null)
    .map(objectOf)
  if (objects.length > 0) return objects
  throw new PodwrightError({
    code: 'MANIFEST_DECODING',
    where: 'apply',
    problem: 'expected manifests, got a text without one',
    hint: "a file is named by manifest('web.yaml')",
  })
}

function objectOf(value: unknown): object {
  if (typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value) return value
  const isText = typeof value === 'string'
  const got = isText ? JSON.stringify(value.slice(0, 80)) : isMapping(value) ? 'one without' : quote(value)
  throw new PodwrightError({
    code: 'MANIFEST_DECODING',
    where: 'apply',
    problem: `expected an object with apiVersion and kind, got ${got}`,
    hint: isText ? "a file is named by manifest('web.yaml')" : undefined,
  })
}
