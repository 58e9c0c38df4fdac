import { formatOrigin } from '../errors/index.js'
import type { Verdict } from '../expect/index.js'
import { LAWS, type LawFinding } from '../invariant/index.js'
import { visible } from '../kubectl/index.js'
import { findingReport, type Palette, PLAIN_PALETTE } from '../report/index.js'
import type { CheckedExpectation, CheckResult } from './check-plan.js'
import type { ScenarioRun } from './scenario-run.js'
import type { StatedExpectation } from './stated-expectation.js'

/** What a report of a failure is made of. */
export interface Failure {
  readonly title: string
  readonly result: Pick<CheckResult, 'trace' | 'expectations' | 'laws'>
  /** The command, or words, that run the same again. */
  readonly command?: string | undefined
  readonly palette?: Palette | undefined
}

/** So many are told with the timeline around them; one mistake often breaks many expectations. */
const MOST_TOLD = 5

/** Tells everything that a run broke: each expectation and law with the timeline around it, and how to run it again. */
export function failureLines({ title, result, command, palette = PLAIN_PALETTE }: Failure): string[] {
  const { trace, expectations, laws } = result
  const broken = expectations.filter(({ verdict }) => verdict.kind !== 'holds')
  const findings = [
    ...broken.map(each => ({ ...ofExpectation(title, each), line: `${each.text}: ${each.verdict.kind}` })),
    ...laws.map(each => ({ ...ofLaw(each), line: `law ${each.law}: ${each.text}` })),
  ]
  const told = findings.slice(0, MOST_TOLD)
  const lines = told.flatMap(({ line: _, ...finding }, index) => {
    const replay = index === findings.length - 1 ? command : undefined
    return [...(index > 0 ? [''] : []), ...findingReport({ ...finding, trace, palette, replay })]
  })
  const others = findings.slice(MOST_TOLD)
  if (others.length === 0) return lines
  lines.push('', ...others.map(({ line }) => `${palette.bad('✗')} ${visible(line)}`))
  if (command !== undefined) lines.push('', `  replay: ${visible(command)}`)
  return lines
}

function ofExpectation(title: string, { clause, verdict, where }: CheckedExpectation) {
  return { title, clause, verdict, note: typeof where === 'object' ? `expected by ${formatOrigin(where)}` : undefined }
}

function ofLaw({ law, text, time, row, trigger }: LawFinding) {
  const verdict: Verdict = { kind: 'violated', time, row, trigger }
  const sentence = LAWS.find(({ name }) => name === law)?.sentence
  return { title: `law ${law}`, sentence, finding: text, verdict }
}

/** The report of a run that is not passed; `command` is what runs it again, where somebody knows better than the run. */
export function runFailure(run: ScenarioRun, command = run.replayWords()): string[] {
  return failureLines({ title: run.title, result: run.result, command })
}

/** The report on further expectations of a run; undefined where all of them hold. */
export function statedFailure(run: ScenarioRun, stated: readonly StatedExpectation[]): string[] | undefined {
  const expectations = run.check(...stated)
  if (expectations.every(({ verdict }) => verdict.kind === 'holds')) return undefined
  const { trace } = run
  return failureLines({ title: run.title, result: { trace, expectations, laws: [] }, command: run.replayWords() })
}
