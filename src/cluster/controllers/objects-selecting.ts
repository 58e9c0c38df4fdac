import { type LabelSelector, type Labels, matchesLabelSelector, type OwnerKind } from '../../model/index.js'
import type { ObjectCache } from '../client/index.js'
import type { ObjectVersion } from '../contract/index.js'

/** The kinds whose objects adopt what has their labels. */
type SelectingKind = Extract<
  OwnerKind,
  'DaemonSet' | 'Deployment' | 'Job' | 'ReplicaSet' | 'ReplicationController' | 'StatefulSet'
>

/** The objects of a kind and namespace that could adopt something with these labels: each looks at an orphan. */
export function* objectsSelecting<Kind extends SelectingKind>(
  objects: ObjectCache,
  kind: Kind,
  namespace: string,
  labels: Labels,
): Iterable<ObjectVersion<Kind>> {
  for (const version of objects.all(kind, namespace))
    if (matchesLabelSelector(selectorOf(version), labels)) yield version
}

/** Which labels an object asks for: a ReplicationController says it in the old way, or only by its template. */
export function selectorOf({ kind, object }: ObjectVersion<SelectingKind>): LabelSelector {
  if (kind !== 'ReplicationController') return object.spec.selector as LabelSelector
  const { selector, template } = object.spec
  return { matchLabels: (selector as Readonly<Record<string, string>> | undefined) ?? template.metadata?.labels ?? {} }
}
