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
  if (error instanceof Problems) {
    for (const problem of error.problems) printProblem(problem)
    return worstOf(error.problems)
  }
  if (error instanceof PodwrightError) {
    printProblem(error)
    return worstOf([error])
  }
  // One line and no stack: a frame would say where in podwright, which is no help to who reads it here.
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const [line] = text.split('\n')
  note(`podwright: internal error: ${line.slice(0, 400)}; please report it with the input that caused it`)
  return EXIT.defect
}

function printProblem({ message, hint }: PodwrightError): void {
  const advice = hint === undefined ? '' : `\n  hint: ${hint}`
  note(`podwright: ${message.slice(0, message.length - advice.length)}`)
  if (hint !== undefined) note(`  hint: ${hint}`)
}

const worstOf = (problems: readonly PodwrightError[]): number =>
  problems.some(({ code }) => code === 'DEFECT') ? EXIT.defect : EXIT.misuse
