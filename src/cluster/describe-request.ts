import { formatLabelSelector, KINDS, type ObjectMeta } from '../model/index.js'
import type { ApiRequest } from '../scenario/index.js'
import { formatDuration } from '../time/index.js'

/** One line for the timeline: `delete deployment web, Orphan, as jane`. */
export function describeRequest(request: ApiRequest): string {
  const {
    verb,
    kind,
    namespace,
    as,
    subresource,
    patchType,
    replicas,
    gracePeriodSeconds,
    propagationPolicy,
    selector,
  } = request
  const metadata = (request.object as { readonly metadata?: ObjectMeta } | undefined)?.metadata
  const name = request.name ?? metadata?.name ?? metadata?.generateName ?? ''
  const home = namespace ?? metadata?.namespace ?? 'default'
  const what = kind.toLowerCase()
  const subject = `${KINDS[kind].isNamespaced && home !== 'default' ? `${home}/` : ''}${name}`
  const parts = [
    verb === 'deletecollection'
      ? `delete ${KINDS[kind].resource}${selector === undefined ? '' : ` -l ${formatLabelSelector(selector)}`}`
      : `${verb === 'update' ? 'replace' : verb} ${what} ${subject}${verb === 'scale' ? ` to ${replicas}` : ''}`,
    ...(subresource === undefined ? [] : [`subresource ${subresource}`]),
    ...(patchType === 'apply' ? ['server-side apply'] : []),
    ...(gracePeriodSeconds === undefined ? [] : [`grace ${formatDuration(gracePeriodSeconds * 1000)}`]),
    ...(propagationPolicy === undefined ? [] : [propagationPolicy]),
    ...(as === undefined ? [] : [`as ${as}`]),
  ]
  return parts.join(', ')
}
