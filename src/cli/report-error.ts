import { PodwrightError } from '../errors/index.js'
import { note } from './standard-streams.js'

/** Exit codes: design.md §1. */
export const EXIT = { fine: 0, finding: 1, misuse: 2, defect: 3 } as const

/** Several mistakes that were found together. */
export class Problems extends Error {
  readonly problems: readonly PodwrightError[]

  constructor(problems: readonly PodwrightError[]) {
    super(problems.map(problem => problem.message).join('\n'))
    this.problems = problems
  }
}

/** Prints whatever was thrown and answers the exit code: misuse in its own words, anything else as a defect of podwright. */
export function reportError(error: unknown): number {
  const { lines, code } = errorLines(error)
  for (const line of lines) note(line)
  return code
}

/** What there is to say about whatever was thrown, not yet made safe for a terminal, and the exit code. */
export function errorLines(error: unknown): { readonly lines: readonly string[]; readonly code: number } {
  if (error instanceof Problems) return { lines: error.problems.flatMap(problemLines), code: worstOf(error.problems) }
  if (error instanceof PodwrightError) return { lines: problemLines(error), code: worstOf([error]) }
  // One line and no stack: a frame would say where in podwright, which is no help to who reads it here.
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const [line] = text.split('\n')
  const advice = 'please report it with the input that caused it'
  return { lines: [`podwright: internal error: ${line.slice(0, 400)}; ${advice}`], code: EXIT.defect }
}

function problemLines({ message, hint }: PodwrightError): string[] {
  const advice = hint === undefined ? '' : `\n  hint: ${hint}`
  const problem = `podwright: ${message.slice(0, message.length - advice.length)}`
  return hint === undefined ? [problem] : [problem, `  hint: ${hint}`]
}

const worstOf = (problems: readonly PodwrightError[]): number =>
  problems.some(({ code }) => code === 'DEFECT') ? EXIT.defect : EXIT.misuse
