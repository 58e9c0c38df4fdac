import { changeAll, type Framework, forkAll } from '../framework.js'
import type { NodeInfo, PlacedPod } from '../node-info.js'
import { type PodFilter, type Refusal, refusal } from '../plugin.js'
import type { PodInfo } from '../pod-info.js'
import type { Budgets } from './budgets.js'
import { byImportance } from './importance.js'

/** A node where a pod would fit if these pods went; the more important victim first. */
export interface Candidate {
  readonly node: NodeInfo
  readonly victims: readonly PlacedPod[]
  readonly violations: number
}

const NO_VICTIMS = refusal('DefaultPreemption', 'No preemption victims found for incoming pod', false)

/**
 * The fewest and least important pods that would have to leave a node: all of a lower priority go, then those come back that
 * can, the ones that a budget protects first.
 *
 * scheduler: defaultpreemption/default_preemption.go SelectVictimsOnNode, v1.32 (P-3).
 */
export function selectVictims(
  framework: Framework,
  pod: PodInfo,
  index: number,
  node: NodeInfo,
  filters: readonly PodFilter[],
  budgets: Budgets,
  nowSeconds: number,
): Candidate | Refusal {
  const potential = [...node.pods.values()].filter(other => other.info.priority < pod.priority)
  if (potential.length === 0) return NO_VICTIMS
  const trial = node.clone()
  const forks = forkAll(filters)
  const remove = (other: PlacedPod): void => {
    trial.remove(other)
    changeAll(forks, other, trial, -1)
  }
  for (const other of potential) remove(other)
  const refused = framework.refusalOf(pod, index, trial, forks)
  if (refused !== null) return refused
  const order = byImportance(nowSeconds)
  const { violating, others } = budgets.split(potential.sort(order))
  const victims: PlacedPod[] = []
  const reprieve = (other: PlacedPod): boolean => {
    trial.add(other)
    changeAll(forks, other, trial, 1)
    if (framework.refusalOf(pod, index, trial, forks) === null) return true
    remove(other)
    victims.push(other)
    return false
  }
  const violations = violating.filter(other => !reprieve(other)).length
  for (const other of others) reprieve(other)
  if (violating.length > 0 && others.length > 0) victims.sort(order)
  return { node, victims, violations }
}
