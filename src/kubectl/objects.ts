import type { ApiObject } from '../model/index.js'
import { toYaml } from './yaml.js'

/** Objects as `kubectl get -o yaml` prints them: one by itself, several as a List. */
export const objectsToYaml = (objects: readonly ApiObject[]): string => toYaml(documentOf(objects))

/** Objects as `kubectl get -o json` prints them: one by itself, several as a List; four spaces, sorted keys. */
export const objectsToJson = (objects: readonly ApiObject[]): string => goJson(documentOf(objects))

/** Objects as a List, as where kubectl is asked for a kind and not for a name. */
export const listToYaml = (objects: readonly ApiObject[]): string => toYaml(listOf(objects))

/** Objects as a List in JSON, as where kubectl is asked for a kind and not for a name. */
export const listToJson = (objects: readonly ApiObject[]): string => goJson(listOf(objects))

const goJson = (document: unknown): string =>
  `${JSON.stringify(sorted(document), null, 4).replace(ESCAPED_BY_GO, escaped)}\n`

const listOf = (objects: readonly ApiObject[]): unknown => ({
  apiVersion: 'v1',
  items: objects,
  kind: 'List',
  metadata: { resourceVersion: '' },
})

const documentOf = (objects: readonly ApiObject[]): unknown => (objects.length === 1 ? objects[0] : listOf(objects))

/** Go's encoder escapes what HTML would read; the control characters above ASCII are for the terminal's sake. */
const ESCAPED_BY_GO = /[<>&\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}
