import { exitCode } from './exit-code.js'
import { HookWords } from './hook-words.js'
import { SucceedingProbe, TroubledProbe } from './probe-words.js'

/**
 * Says that a probe succeeds: always, or from a time since its container's start on, and fails before.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { succeeds } from 'podwright'
 *
 * assert.deepEqual(succeeds().from('2s').answers, [
 *   { from: 0, result: 'failure' },
 *   { from: 2000, result: 'success' },
 * ])
 * ```
 */
export const succeeds = (): SucceedingProbe => new SucceedingProbe([])

/**
 * Says that a probe fails, always or during a time since its container's start; with an exit code, that a hook does.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` for an exit code outside of 1 to 255.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { fails, preStop, readiness } from 'podwright'
 *
 * assert.deepEqual(fails().between('30s', '50s').answers, [
 *   { from: 30_000, result: 'failure' },
 *   { from: 50_000, result: 'success' },
 * ])
 * assert.deepEqual(readiness(fails()).behaviour, { readiness: [[{ from: 0, result: 'failure' }]] })
 * assert.deepEqual(preStop(fails(1)).behaviour, { preStop: { duration: 100, exitCode: 1 } })
 * ```
 */
export function fails(): TroubledProbe
export function fails(code: number): HookWords
export function fails(code?: number): TroubledProbe | HookWords {
  if (code === undefined) return new TroubledProbe('failure')
  return new HookWords({ exitCode: exitCode(code, 'fails', 1) })
}

/**
 * Says that a probe does not answer, always or during a time since its container's start: `timeoutSeconds` pass.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { fails, hangs } from 'podwright'
 *
 * assert.deepEqual(fails().until('12s').and(hangs().from('60s')).answers, [
 *   { from: 0, result: 'failure' },
 *   { from: 12_000, result: 'success' },
 *   { from: 60_000, result: 'hang' },
 * ])
 * ```
 */
export const hangs = (): TroubledProbe => new TroubledProbe('hang')
