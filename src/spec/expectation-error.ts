import { userFrames } from './user-frames.js'

/**
 * A run that broke an expectation or a law, for test runners: `message` is the whole report, and `stack` begins at the user's line,
 * that of the broken expectation where it is known.
 */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError'

  /** `stacks` are asked in order; the frames of podwright itself are left out. */
  constructor(report: string, stacks: readonly string[]) {
    super(report)
    const frames = [...new Set(stacks.flatMap(userFrames))]
    this.stack = [`${this.name}: ${report}`, ...frames].join('\n')
  }
}
