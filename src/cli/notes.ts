import type { LoadedManifests } from '../manifest/index.js'
import type { Plan } from '../scenario/index.js'
import type { LoadedPlan } from './load-plan.js'
import { note } from './standard-streams.js'

/** Tells on standard error what was assumed, skipped and not modelled: never silence. */
export function printNotes({ plan, scenario, manifests }: LoadedPlan): void {
  if (scenario?.name !== undefined) {
    note(`scenario ${scenario.name}${scenario.description === undefined ? '' : `: ${scenario.description}`}`)
  }
  printSkipped(manifests)
  printCoverage(manifests)
  printAssumptions(plan)
  if (plan.pods.length === 0 && !plan.steps.some(step => step.do === 'create')) {
    note('nothing to run: the manifests hold no pods and no workloads that ask for some')
  }
}

function printAssumptions({ assumptions }: Plan): void {
  if (assumptions.length === 0) return
  note('assumed, because nothing else was said:')
  for (const { subject, text } of assumptions) note(`  ${subject}: ${text}`)
}
