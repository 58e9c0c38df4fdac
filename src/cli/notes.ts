import type { ReactionStep } from '../scenario/index.js'
import { coverageLines, skippedLines } from './coverage-lines.js'
import type { LoadedPlan } from './load-plan.js'
import { note } from './standard-streams.js'

/** Tells on standard error what was skipped, not modelled and assumed: never silence. */
export function printNotes({ plan, scenario, manifests }: LoadedPlan): void {
  if (scenario?.name !== undefined) {
    note(`scenario ${scenario.name}${scenario.description === undefined ? '' : `: ${scenario.description}`}`)
  }
  for (const line of skippedLines(manifests)) note(line)
  const unmodelled = coverageLines(manifests)
  list('not modelled (--strict makes it an error):', unmodelled)
  list(
    'assumed, because nothing else was said:',
    plan.assumptions.map(({ subject, text }) => `${subject}: ${text}`),
  )
  const isRun = ({ do: what }: ReactionStep): boolean => what === 'create' || what === 'createObject'
  const hasPods = plan.pods.length > 0 || (plan.workloads ?? []).length > 0 || plan.steps.some(isRun)
  if (!hasPods) note('nothing to run: there are no pods, nor workloads that ask for some')
}

function list(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return
  note(title)
  for (const line of lines) note(`  ${line}`)
}
