import type { PodTemplateSpec } from '../../model/index.js'

const texts = new WeakMap<PodTemplateSpec, string>()

/** A template as text, the same for two that differ only in the hash of their ReplicaSet or in the order of fields. */
export function templateText(template: PodTemplateSpec): string {
  let text = texts.get(template)
  if (text === undefined) {
    const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {}
    const { annotations } = template.metadata ?? {}
    text = JSON.stringify(sorted({ ...template, metadata: { ...template.metadata, labels, annotations } }))
    texts.set(template, text)
  }
  return text
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]))
}
