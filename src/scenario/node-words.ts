import { PodwrightError } from '../errors/index.js'
import { readQuantity, type TaintEffect } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'

/** How long a machine is down that is rebooted, unless something else is said. */
export const DEFAULT_REBOOT: Milliseconds = 30_000

/** One word of `kubectl taint`. */
export interface TaintWord {
  readonly key: string
  readonly value: string | undefined
  /** Absent: of any effect. */
  readonly effect: TaintEffect | undefined
  readonly isRemoval: boolean
}

const TAINT = /^([^=:\s]+?)(?:=([^:\s]*))?(?::(NoSchedule|PreferNoSchedule|NoExecute))?(-)?$/

/** Reads `key=value:Effect`, `key:Effect-` or `key-`; undefined: it is no such word. */
export function readTaintWord(word: string): TaintWord | undefined {
  const [, key, value, effect, dash] = TAINT.exec(word) ?? []
  if (key === undefined || (dash === undefined && effect === undefined)) return undefined
  return { key, value, effect: effect as TaintEffect | undefined, isRemoval: dash !== undefined }
}

/** Whether a text is a quantity, or a share such as `5%`. */
export const isAmount = (text: string): boolean => {
  if (text.endsWith('%')) return /^(?:100|\d{1,2}(?:\.\d+)?)%$/.test(text)
  const read = readQuantity(text)
  return 'text' in read && read.nanos >= 0n
}

export const unknownTaint = (word: string): PodwrightError =>
  new PodwrightError({
    code: 'SCENARIO_INVALID',
    where: 'taint',
    problem: `expected key=value:Effect, or key- to take it away, got ${JSON.stringify(word.slice(0, 80))}`,
    hint: 'the effects are NoSchedule, PreferNoSchedule, NoExecute',
  })
