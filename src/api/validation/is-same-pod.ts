import type { Pod } from '../../model/index.js'
import { differencesOf } from './differences.js'
import { FieldPath } from './field-path.js'

/**
 * Whether an update of a pod changes nothing of its metadata and spec, so that the API server writes none (API-11). Both are complete
 * with defaults; the version is the store's to say.
 */
export function isSamePod(before: Pod, after: Pod): boolean {
  const metadata = { ...after.metadata, resourceVersion: before.metadata.resourceVersion }
  return (
    differencesOf('ObjectMeta', before.metadata, metadata, FieldPath.root('metadata')).length === 0 &&
    differencesOf('PodSpec', before.spec, after.spec, FieldPath.root('spec')).length === 0
  )
}
