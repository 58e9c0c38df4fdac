import type { ShutdownPods } from './plan.js'
import type { StatedShutdown } from './stated-step.js'

/** The least priority of critical pods. */
const CRITICAL = 2_000_000_000

/**
 * The groups of pods that a shutdown ends one after the other: as said by priority, or the critical pods after all others.
 *
 * kubelet: pkg/kubelet/nodeshutdown/nodeshutdown_manager_linux.go migrateConfig, v1.32.
 */
export function shutdownGroups({ grace = 0, criticalPods = 0, byPodPriority }: StatedShutdown): ShutdownPods[] {
  if (byPodPriority !== undefined) return [...byPodPriority].sort((a, b) => a.priority - b.priority)
  if (grace === 0) return []
  const seconds = Math.trunc((grace - criticalPods) / 1000)
  return [
    { priority: 0, seconds },
    { priority: CRITICAL, seconds: Math.trunc(criticalPods / 1000) },
  ]
}

/** What is wrong with a shutdown; undefined: nothing. */
export function shutdownMistake({ grace = 0, criticalPods = 0, byPodPriority }: StatedShutdown): string | undefined {
  if (byPodPriority !== undefined && grace + criticalPods > 0)
    return 'expected grace and criticalPods, or byPodPriority, got both'
  return criticalPods > grace ? 'expected criticalPods within grace, got more' : undefined
}
