import type { ObjectMeta } from './object-meta.js'

/** What every object of the API has: enough to list, to name and to print it; its kind says what else is in it. */
export interface ApiObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
}
