import type { Labels, Taint } from '../model/index.js'
import { readTaintWord, unknownTaint } from '../scenario/index.js'

/**
 * A node's taints after changes in the words of `kubectl taint`: `key=value:Effect` sets one, `key:Effect-` and `key-` take away.
 *
 * @throws PodwrightError `SCENARIO_INVALID` for what is no such word.
 */
export function changeTaints(taints: readonly Taint[], changes: readonly string[]): Taint[] {
  let next = [...taints]
  for (const text of changes) {
    const word = readTaintWord(text)
    if (word === undefined) throw unknownTaint(text)
    const { key, value, effect, isRemoval } = word
    next = next.filter(taint => taint.key !== key || (effect !== undefined && taint.effect !== effect))
    if (isRemoval || effect === undefined) continue
    next.push(value === undefined || value === '' ? { key, effect } : { key, value, effect })
  }
  return next
}

/** A node's labels after changes; null takes one away. */
export function changeLabels(labels: Labels, changes: Readonly<Record<string, string | null>>): Labels {
  const next: Record<string, string> = { ...labels }
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete next[key]
    else next[key] = value
  }
  return next
}
