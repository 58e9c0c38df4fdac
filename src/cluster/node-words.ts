import { PodwrightError } from '../errors/index.js'
import type { Labels, Taint, TaintEffect } from '../model/index.js'

const TAINT = /^([^=:\s]+?)(?:=([^:\s]*))?(?::(NoSchedule|PreferNoSchedule|NoExecute))?(-)?$/

/**
 * A node's taints after changes in the words of `kubectl taint`: `key=value:Effect` sets one, `key:Effect-` and `key-` take away.
 *
 * @throws PodwrightError `SCENARIO_INVALID` for what is no such word.
 */
export function changeTaints(taints: readonly Taint[], changes: readonly string[]): Taint[] {
  let next = [...taints]
  for (const word of changes) {
    const [, key, value, effect, dash] = TAINT.exec(word) ?? []
    if (key === undefined || (dash === undefined && effect === undefined)) throw unknownTaint(word)
    const isMeant = (taint: Taint): boolean => taint.key === key && (effect === undefined || taint.effect === effect)
    next = next.filter(taint => !isMeant(taint))
    if (dash === undefined) {
      next.push({ key, ...(value === undefined || value === '' ? {} : { value }), effect: effect as TaintEffect })
    }
  }
  return next
}

const unknownTaint = (word: string): PodwrightError =>
  new PodwrightError({
    code: 'SCENARIO_INVALID',
    where: 'taint',
    problem: `expected key=value:Effect, or key- to take it away, got ${JSON.stringify(word.slice(0, 80))}`,
    hint: 'the effects are NoSchedule, PreferNoSchedule, NoExecute',
  })

/** A node's labels after changes; null takes one away. */
export function changeLabels(labels: Labels, changes: Readonly<Record<string, string | null>>): Labels {
  const next: Record<string, string> = { ...labels }
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete next[key]
    else next[key] = value
  }
  return next
}
