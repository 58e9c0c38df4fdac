import type { Profile } from '../../model/index.js'
import type { ClusterChange } from './cluster-change.js'
import type { Plugin, PluginName } from './plugin.js'
import type { PodInfo } from './pod-info.js'

/**
 * Whether a change of the cluster may help a pending pod: one of the plugins that rejected it says so.
 *
 * scheduler: backend/queue/scheduling_queue.go isPodWorthRequeuing, v1.32. Before queueing hints, the kind of change
 * alone decided.
 */
export function isWorthRequeuing(
  plugins: readonly Plugin[],
  { queueingHints }: Pick<Profile, 'queueingHints'>,
  pod: PodInfo,
  index: number,
  rejectedBy: ReadonlySet<PluginName>,
  change: ClusterChange,
): boolean {
  for (const { name, hints = [] } of plugins) {
    if (!rejectedBy.has(name)) continue
    for (const hint of hints) {
      if (hint.resource !== change.resource || (hint.actions & change.actions) === 0) continue
      if (!queueingHints || hint.isHelpful === undefined || hint.isHelpful(pod, index, change)) return true
    }
  }
  return false
}
