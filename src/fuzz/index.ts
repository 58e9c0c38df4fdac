/**
 * Random scenarios: for properties of your own over whole runs, and to search for a scenario that breaks a law.
 *
 * @packageDocumentation
 */
export { formatLawBreach, fuzzLaws, type LawBreach, type LawCampaign, type LawCampaignOptions } from './fuzz-laws.js'
export { planOf } from './plan-of.js'
export { scenarios } from './scenarios.js'
export { workloadScenarios } from './workload-scenarios.js'
