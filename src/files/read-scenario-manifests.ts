import { realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { type Origin, PodwrightError } from '../errors/index.js'
import { unreadable } from './read-bytes.js'
import { type ReadInput, readInputs } from './read-inputs.js'

/**
 * Reads the files that a Scenario names under `manifests:`. They are relative to the Scenario's own file and cannot
 * leave its folder, not even by a symbolic link.
 *
 * @throws PodwrightError `SCENARIO_INVALID` where a path leaves the folder; `INPUT_UNREADABLE`.
 */
export function readScenarioManifests(
  scenarioPath: string,
  manifests: readonly { readonly path: string; readonly where: Origin | string }[],
): ReadInput[] {
  const folder = scenarioPath === '-' ? '.' : dirname(scenarioPath)
  return manifests.flatMap(({ path, where }) => {
    const refuse = () => new PodwrightError({ code: 'SCENARIO_INVALID', where, ...LEAVES, problem: leaves(path) })
    if (isAbsolute(path) || path === '-' || leadsOut(path)) throw refuse()
    const file = join(folder, path)
    if (leadsOut(relative(real(folder), real(file, where)))) throw refuse()
    return readInputs([file]).map(input => ({
      ...input,
      label: path.endsWith(input.label) ? path : `${path}/${input.label}`,
    }))
  })
}

const leaves = (path: string): string => `expected a file in the Scenario's folder, got ${JSON.stringify(path)}`
const LEAVES = { hint: 'give it on the command line instead: podwright run scenario.yaml ../web.yaml' }

/** True of a relative path that goes up and out, whatever it comes back through. */
function leadsOut(path: string): boolean {
  let depth = 0
  for (const part of path.split(sep)) {
    if (part === '..') depth--
    else if (part !== '.' && part !== '') depth++
    if (depth < 0) return true
  }
  return isAbsolute(path)
}

function real(path: string, where?: Origin | string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    const { problem } = unreadable(path, error)
    throw new PodwrightError({ code: 'INPUT_UNREADABLE', where: where ?? path, problem: `${path}: ${problem}` })
  }
}
