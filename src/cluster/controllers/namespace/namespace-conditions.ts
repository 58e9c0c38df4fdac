import type { NamespaceCondition } from '../../../model/index.js'
import type { NamespaceContent } from '../../contract/index.js'

/**
 * What a namespace says of its deletion: how far it has come, and what keeps it.
 *
 * controllers: pkg/controller/namespace/deletion/status_condition_utils.go, v1.32.
 */
export function namespaceConditions(
  { counts, finalizers }: NamespaceContent,
  before: readonly NamespaceCondition[],
  now: string,
): readonly NamespaceCondition[] {
  const listed = (amounts: ReadonlyMap<string, number>, word: (name: string, count: number) => string): string =>
    [...amounts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => word(name, count))
      .join(', ')
  const remaining = listed(counts, (name, count) => `${name} has ${count} resource instances`)
  const held = listed(finalizers, (name, count) => `${name} in ${count} resource instances`)
  const wanted: readonly NamespaceCondition[] = [
    fine('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
    fine(
      'NamespaceDeletionGroupVersionParsingFailure',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    fine(
      'NamespaceDeletionContentFailure',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    remaining === ''
      ? fine('NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed')
      : said('NamespaceContentRemaining', 'SomeResourcesRemain', `Some resources are remaining: ${remaining}`),
    held === ''
      ? fine('NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished')
      : said(
          'NamespaceFinalizersRemaining',
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${held}`,
        ),
  ]
  return wanted.map(condition => {
    const old = before.find(({ type }) => type === condition.type)
    const isSame =
      old?.status === condition.status && old.reason === condition.reason && old.message === condition.message
    return isSame ? old : { ...condition, lastTransitionTime: now }
  })
}

const fine = (type: string, reason: string, message: string): NamespaceCondition => ({
  type,
  status: 'False',
  reason,
  message,
})
const said = (type: string, reason: string, message: string): NamespaceCondition => ({
  type,
  status: 'True',
  reason,
  message,
})
