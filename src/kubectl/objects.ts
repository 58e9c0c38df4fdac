import type { KubernetesObject } from '../model/index.js'
import { toYaml } from './yaml.js'

/** Objects as `kubectl get -o yaml` prints them: one by itself, several as a List. */
export const objectsToYaml = (objects: readonly KubernetesObject[]): string => toYaml(documentOf(objects))

/** Objects as `kubectl get -o json` prints them: one by itself, several as a List; four spaces, sorted keys. */
export const objectsToJson = (objects: readonly KubernetesObject[]): string =>
  `${JSON.stringify(sorted(documentOf(objects)), null, 4).replace(ESCAPED_BY_GO, escaped)}\n`

const documentOf = (objects: readonly KubernetesObject[]): unknown =>
  objects.length === 1
    ? objects[0]
    : { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }

/** Go's encoder escapes what HTML would read; the control characters above ASCII are for the terminal's sake. */
const ESCAPED_BY_GO = /[<>&\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}
