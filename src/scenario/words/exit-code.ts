import { PodwrightError } from '../../errors/index.js'

/** Refuses what is no exit code: processes have those from 0 to 255, failures those from 1. */
export function exitCode(code: number, where: string, least: 0 | 1 = 0): number {
  if (Number.isInteger(code) && code >= least && code <= 255) return code
  throw new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where,
    problem: `expected an exit code from ${least} to 255, got ${String(code).slice(0, 80)}`,
  })
}
