import { formatOrigin } from '../errors/index.js'
import type { LoadedManifests, SkippedKind } from '../manifest/index.js'

/** A field that podwright does not model, with its places: the same field of several objects is one line. */
interface Unmodelled {
  readonly path: string
  readonly reason: string
  readonly first: string
  /** Lines of the others, by file. */
  readonly others: string[]
}

/** Lists what the manifests say that podwright does not model, with lines. */
export function coverageLines({ coverage }: LoadedManifests): string[] {
  const found = new Map<string, Unmodelled>()
  for (const { kind, origin, fields } of coverage) {
    for (const field of fields) {
      if (field.coverage !== 'unmodelled') continue
      const { file, line, column } = field.origin ?? origin
      const path = field.path.replace(/\[\d+\]/g, '')
      const key = `${file}\n${kind}\n${path}\n${field.reason}`
      const known = found.get(key)
      if (known !== undefined) known.others.push(String(line))
      else {
        const first = formatOrigin({ file, line, column })
        found.set(key, { path, reason: field.reason ?? '', first, others: [] })
      }
    }
  }
  return [...found.values()].map(({ path, reason, first, others }) => {
    const also = others.length === 0 ? '' : ` (also in line${others.length === 1 ? '' : 's'} ${others.join(', ')})`
    return `${first}: ${path}: ${reason}${also}`
  })
}

/** Says in a line each what was left out: kinds that podwright does not build, and versions that no API server serves any more. */
export function skippedLines({ skipped }: LoadedManifests): string[] {
  const sorted = [...skipped].sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1))
  const unknown = sorted.filter(({ servedAs }) => servedAs === undefined)
  const old = sorted.filter(({ servedAs }) => servedAs !== undefined)
  return [
    ...(unknown.length === 0
      ? []
      : [`skipped, because podwright does not model them: ${unknown.map(countOf).join(', ')}`]),
    ...old.map(
      each =>
        `skipped, because Kubernetes serves ${each.apiVersion} no longer: ${countOf(each)}, write ${each.servedAs} (${formatOrigin(each.origin)})`,
    ),
  ]
}

const countOf = ({ kind, count }: SkippedKind): string => `${count} ${kind}`
