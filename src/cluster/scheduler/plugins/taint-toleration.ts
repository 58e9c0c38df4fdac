import type { Profile, Taint, TaintEffect, Toleration } from '../../../model/index.js'
import { firstUntoleratedTaint, toleratesTaint } from '../../predicates/index.js'
import { ACTION } from '../cluster-change.js'
import { type Plugin, type PodFilter, type PodScorer, type Refusal, refusal, SKIP } from '../plugin.js'
import type { PodInfo } from '../pod-info.js'
import { normalizeScores } from './normalize-scores.js'

const NAME = 'TaintToleration'
const WEIGHT = 3
const HARD: readonly TaintEffect[] = ['NoSchedule', 'NoExecute']

/** The first taint that keeps a pod off a node (T-2). */
export const hardTaint = (taints: readonly Taint[] | undefined, pod: PodInfo): Taint | undefined =>
  taints === undefined || taints.length === 0 ? undefined : firstUntoleratedTaint(taints, pod.tolerations, HARD)

const SCORER: PodScorer = {
  weight: WEIGHT,
  score: ({ tolerations }, node) => softTaints(node.record.object.spec.taints, tolerations),
  normalize: scores => normalizeScores(scores, true),
}

/** S-2: only tolerations that are about PreferNoSchedule, or about every effect, count. */
function softTaints(taints: readonly Taint[] = [], tolerations: readonly Toleration[]): number {
  let count = 0
  for (const taint of taints) {
    if (taint.effect !== 'PreferNoSchedule') continue
    if (!tolerations.some(each => isAboutSoft(each) && toleratesTaint(each, taint))) count++
  }
  return count
}

const isAboutSoft = ({ effect }: Toleration): boolean =>
  effect === undefined || (effect as string) === '' || effect === 'PreferNoSchedule'

/**
 * Keeps pods off nodes whose taints they do not tolerate, and prefers nodes without mild ones.
 *
 * scheduler: framework/plugins/tainttoleration/taint_toleration.go, v1.32 (F-3, S-2).
 */
export function createTaintToleration({ untoleratedTaintMessage }: Pick<Profile, 'untoleratedTaintMessage'>): Plugin {
  const refusals = new Map<string, Refusal>()
  const refuse = ({ key, value = '' }: Taint): Refusal => {
    const text = untoleratedTaintMessage.replace('%s', () => `${key}: ${value}`)
    const known = refusals.get(text)
    if (known !== undefined) return known
    const made = refusal(NAME, text, false)
    refusals.set(text, made)
    return made
  }
  const filter: PodFilter = {
    plugin: NAME,
    filter: (pod, node) => {
      const taint = hardTaint(node.record.object.spec.taints, pod)
      return taint === undefined ? null : refuse(taint)
    },
  }
  const pass = { filter }
  return {
    name: NAME,
    preFilter: (_, view) => (view.taintedNodes === 0 ? SKIP : pass),
    // Without mild taints every node gets the same.
    preScore: (_, view) => (view.preferNoScheduleNodes === 0 ? null : SCORER),
    hints: [
      {
        resource: 'node',
        actions: ACTION.add | ACTION.nodeTaint,
        isHelpful: (pod, _, change) => {
          if (change.resource !== 'node' || change.after === null) return false
          const wasRefused = change.before === null || hardTaint(change.before.object.spec.taints, pod) !== undefined
          return wasRefused && hardTaint(change.after.object.spec.taints, pod) === undefined
        },
      },
      {
        resource: 'pod',
        actions: ACTION.podTolerations,
        isHelpful: (_, index, { after }) => after !== null && 'info' in after && after.index === index,
      },
    ],
  }
}
