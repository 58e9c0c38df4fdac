import { formatOrigin, type Origin } from './origin.js'

/** The stable codes of misuse; a code never changes its meaning between releases. */
export type ErrorCode =
  | 'INPUT_UNREADABLE'
  | 'INPUT_TOO_LARGE'
  | 'YAML_SYNTAX'
  | 'MANIFEST_DECODING'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_CONFLICT'
  | 'UNMODELLED_FIELD'
  | 'SCENARIO_INVALID'
  | 'BEHAVIOUR_INVALID'
  | 'EXPECTATION_INVALID'
  | 'RECIPE_INVALID'
  | 'REPLAY_DIFFERS'
  | 'TRACE_UNREADABLE'
  | 'RECORDING_INVALID'
  | 'USAGE'
  | 'UNKNOWN_OBJECT'
  | 'DEFECT'

/** What a `PodwrightError` is made from. */
export interface ErrorDetails {
  readonly code: ErrorCode
  /** Where the mistake is: an origin in a file, or words such as `--horizon`. */
  readonly where?: Origin | string
  /** `expected X, got Y`, or the API server's own words. */
  readonly problem: string
  /** What to do about it; the nearest valid word, for instance. */
  readonly hint?: string | undefined
}

/**
 * Misuse of podwright: bad input, an impossible scenario, a wrong flag.
 *
 * The message has the shape `where: problem` and, when there is advice, a second line `hint: …`.
 */
export class PodwrightError extends Error {
  override readonly name = 'PodwrightError'
  readonly code: ErrorCode
  readonly where: Origin | string | undefined
  readonly problem: string
  readonly hint: string | undefined

  constructor(details: ErrorDetails) {
    super(renderError(details))
    this.code = details.code
    this.where = details.where
    this.problem = details.problem
    this.hint = details.hint
  }
}

function renderError({ where, problem, hint }: ErrorDetails): string {
  const place = where === undefined ? '' : `${typeof where === 'string' ? where : formatOrigin(where)}: `
  return `${place}${problem}${hint === undefined ? '' : `\n  hint: ${hint}`}`
}
