import fc from 'fast-check'
import type { LawFinding } from '../invariant/index.js'
import { EMPTY_DOCUMENT, printScenario, type ScenarioDocument } from '../scenario/index.js'
import { checkPlan, lawNames } from '../spec/index.js'
import type { Trace } from '../trace/index.js'
import { planOf } from './plan-of.js'
import { scenarios } from './scenarios.js'

/** How many scenarios are tried, and from what they are drawn. */
export interface LawCampaignOptions {
  /** Number of scenarios; default 1,000. */
  readonly runs?: number | undefined
  /** A whole number from which scenarios and choices are drawn; default 1. */
  readonly seed?: number | undefined
  /** Laws that are not checked, by name; default none. */
  readonly off?: readonly string[] | undefined
  /** What scenarios are drawn from; default: `scenarios()`. */
  readonly scenarios?: fc.Arbitrary<ScenarioDocument> | undefined
  /** Gets every trace, those of the search for a smaller scenario included. */
  readonly observe?: ((trace: Trace) => void) | undefined
}

/** The smallest scenario found whose run breaks laws. */
export interface LawBreach {
  readonly scenario: ScenarioDocument
  /** The seed of the run's choices. */
  readonly seed: number
  readonly findings: readonly LawFinding[]
  /** The error where the run did not end, in place of findings. */
  readonly error?: unknown
}

/** What came of a campaign. */
export interface LawCampaign {
  /** Scenarios tried, up to and including the first that broke a law. */
  readonly runs: number
  readonly seed: number
  /** Absent: every law held in every run. */
  readonly breach?: LawBreach | undefined
}

/**
 * Runs random scenarios, each with choices of its own, and checks every law in each run; the first scenario that breaks one is
 * made as small as it gets.
 *
 * @throws PodwrightError `USAGE` for a law in `off` that there is not, with the nearest.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { fuzzLaws } from 'podwright/fuzz'
 *
 * assert.equal(fuzzLaws({ runs: 25, seed: 7 }).breach, undefined)
 * ```
 */
export function fuzzLaws(options: LawCampaignOptions = {}): LawCampaign {
  const { runs = 1000, seed = 1, off = [], observe, scenarios: drawn = scenarios() } = options
  const lawsOff = off.map(name => ({ name, where: 'off' }))
  lawNames(lawsOff)
  const holds = (scenario: ScenarioDocument, choices: number): boolean => {
    const { trace, laws } = checkPlan({ plan: planOf(scenario), expectations: [], lawsOff }, { seed: choices })
    observe?.(trace)
    return laws.length === 0
  }
  const details = fc.check(fc.property(drawn, fc.nat(MOST_SEED), holds), { numRuns: runs, seed })
  if (details.counterexample === null) return { runs: details.numRuns, seed }
  const [scenario, choices] = details.counterexample
  return { runs: details.numRuns, seed, breach: breachOf(scenario, choices, lawsOff) }
}

const MOST_SEED = 999_999

type LawsOff = Parameters<typeof checkPlan>[0]['lawsOff']

function breachOf(scenario: ScenarioDocument, seed: number, lawsOff: LawsOff): LawBreach {
  try {
    const { laws } = checkPlan({ plan: planOf(scenario), expectations: [], lawsOff }, { seed })
    return { scenario, seed, findings: laws }
  } catch (error) {
    return { scenario, seed, findings: [], error }
  }
}

/**
 * Tells a breach: the laws that were broken, the scenario as a file that `podwright run` takes, and how to run it.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatLawBreach } from 'podwright/fuzz'
 *
 * const scenario = { manifests: [], objects: [], behaviours: [], steps: [], expect: [] }
 * const findings = [{ law: 'terminal-phase-is-final', time: 5000, row: 7, trigger: -1, object: 'Pod/default/web', text: 'web left Failed at 5s' }]
 * assert.match(formatLawBreach({ scenario, seed: 4, findings }), /^terminal-phase-is-final: web left Failed at 5s$/m)
 * ```
 */
export function formatLawBreach({ scenario, seed, findings, error }: LawBreach): string {
  const told = error === undefined ? findings.map(({ law, text }) => `${law}: ${text}`) : [String(error)]
  return [
    ...told,
    '',
    printScenario({ ...EMPTY_DOCUMENT, ...scenario }).trimEnd(),
    '',
    `podwright run scenario.yaml --seed ${seed}`,
  ].join('\n')
}
