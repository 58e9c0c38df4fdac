import type { OwnerReference } from '../../../model/index.js'

/** What became of an owner: it stands, it is gone (or another one has its name), or it waits for its dependents to go. */
export type OwnerState = 'solid' | 'absent' | 'waiting'

/** What the collector does with an object that has owners. */
export type ItemDecision =
  | { readonly do: 'nothing' }
  | { readonly do: 'release'; readonly uids: ReadonlySet<string> }
  | { readonly do: 'delete'; readonly propagationPolicy: 'Background' | 'Foreground' | 'Orphan' }

/** An object as the collector looks at it. */
export interface CollectedItem {
  readonly owners: readonly OwnerReference[]
  readonly finalizers: readonly string[]
  readonly hasDependents: boolean
}

const NOTHING: ItemDecision = { do: 'nothing' }

/**
 * Decides about an object by its owners: one that stands keeps it, without one it goes.
 *
 * controllers: pkg/controller/garbagecollector/garbagecollector.go attemptToDeleteItem, v1.32 (DEL-10).
 */
export function decideItem(item: CollectedItem, stateOf: (owner: OwnerReference) => OwnerState): ItemDecision {
  if (item.owners.length === 0) return NOTHING
  const states = item.owners.map(stateOf)
  if (states.includes('solid')) {
    const uids = item.owners.filter((_, i) => states[i] !== 'solid').map(({ uid }) => uid)
    return uids.length === 0 ? NOTHING : { do: 'release', uids: new Set(uids) }
  }
  if (states.includes('waiting') && item.hasDependents) return { do: 'delete', propagationPolicy: 'Foreground' }
  if (item.finalizers.includes('orphan')) return { do: 'delete', propagationPolicy: 'Orphan' }
  const isForeground = item.finalizers.includes('foregroundDeletion')
  return { do: 'delete', propagationPolicy: isForeground ? 'Foreground' : 'Background' }
}
