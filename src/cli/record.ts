import { basename, normalize } from 'node:path'
import type { Command } from 'commander'
import { type ReadInput, readInputs } from '../files/index.js'
import { formatInstant } from '../report/index.js'
import {
  type BehaviourRule,
  EMPTY_DOCUMENT,
  parseBehaviourRule,
  parseMetric,
  parseStep,
  parseTraffic,
  printScenario,
  type ScenarioDocument,
  type StatedRule,
  splitScenarios,
} from '../scenario/index.js'
import { recordExpectations, run } from '../spec/index.js'
import { loadPlan } from './load-plan.js'
import { addPlanOptions, type PlanFlags, readPlanSettings } from './plan-settings.js'
import { EXIT } from './report-error.js'
import { note, printLines } from './standard-streams.js'

const DESCRIPTION = `Write down what one run satisfied, as expectations that are ready to edit.

Prints a Scenario with what it said before, but with new expectations: phases and conditions of every
pod, states, starts, exits and signals of every container with their times, and the gaps of a crash loop.
Of manifests without a Scenario it makes one. Delete the lines that do not matter: the rest is your test.`

const EXAMPLES = `
Examples:
  podwright record drain.yaml                        the Scenario with the expectations that its run satisfied
  podwright record web.yaml > web.scenario.yaml      a Scenario of a manifest; then: podwright test web.scenario.yaml
  podwright record web.yaml --behave 'web/app: crashes after 2s, then runs'`

/** Defines `podwright record`. */
export function defineRecord(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('FILE|DIR|-... [options]')
    .argument('<file...>', 'a Scenario file or manifests, directories, or - for standard input')
  addPlanOptions(command)
  command.addHelpText('after', EXAMPLES).action((paths: string[], flags: PlanFlags) => exit(record(paths, flags)))
}

function record(paths: readonly string[], flags: PlanFlags): number {
  const settings = readPlanSettings(paths, flags)
  const inputs = readInputs(paths, { isRecursive: settings.isRecursive })
  const { plan, scenario } = loadPlan(settings, { inputs })
  const trace = run(plan, { seed: settings.seed, recipe: settings.recipe })
  const expect = recordExpectations(trace)
  const home = inputs.find(({ name }) => name === scenario?.where.file)
  // What came from standard input is in no file that could be named.
  const inline = inputs.filter(input => input === home || input.path === '-')
  const others = inputs.filter(input => !inline.includes(input))
  const said = scenario?.document ?? { ...EMPTY_DOCUMENT, name: nameOf(inputs[0]) }
  const document: ScenarioDocument = {
    ...said,
    ...(settings.kubernetes === undefined ? {} : { kubernetes: plan.kubernetes }),
    ...(settings.horizon === undefined ? {} : { horizon: settings.horizon }),
    ...(settings.nodes === undefined || !/^\d+$/.test(settings.nodes) ? {} : { nodes: plan.nodes.length }),
    manifests: [...new Set([...said.manifests, ...others.map(({ label }) => label)])],
    behaviours: [...said.behaviours, ...settings.behave.map(rule => statedRule(parseBehaviourRule(rule, '--behave')))],
    steps: [...said.steps, ...settings.step.map(words => parseStep(words, '--step'))],
    ...(settings.traffic.length === 0
      ? {}
      : { traffic: [...(said.traffic ?? []), ...settings.traffic.map(words => parseTraffic(words, '--traffic'))] }),
    ...(settings.metric.length === 0
      ? {}
      : { metrics: [...(said.metrics ?? []), ...settings.metric.map(words => parseMetric(words, '--metric'))] }),
    expect,
  }
  const text = `${printScenario(document)}${inline.map(manifestsOf).join('')}`
  printLines(text.trimEnd().split('\n'))
  note(`${expect.length} expectations of ${formatInstant(trace.end)}; podwright test checks them`)
  const folder = others.length === 0 ? '.' : folderOf(others[0])
  if (folder !== '.') note(`it names its manifests as files of ${folder}: keep it there`)
  return EXIT.fine
}

const statedRule = ({ target, behaviour }: BehaviourRule): StatedRule => ({ target, behaviour })

/** `k8s/web.yaml` gives `web`. */
const nameOf = ({ label, path }: ReadInput): string =>
  path === '-' ? 'recorded' : basename(label).replace(/\.(json|ya?ml)$/, '')

/** The folder below which an input's label names it. */
const folderOf = ({ label, path }: ReadInput): string =>
  normalize(path.slice(0, -label.length) || '.').replace(/(.)\/$/, '$1')

/** The manifests that stand beside the Scenario, word for word. */
function manifestsOf(home: ReadInput): string {
  const text = splitScenarios([home])
    .manifests.map(each => each.text.trim())
    .join('\n')
  if (text === '') return ''
  return `${text.startsWith('---') ? '' : '---\n'}${text}\n`
}
