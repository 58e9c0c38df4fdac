import type { Toleration } from './affinity.js'
import type { ObjectMeta } from './object-meta.js'
import type { ResourceList } from './resource-requirements.js'

/** A way to run containers, with what it costs beside them (node.k8s.io/v1 RuntimeClass). */
export interface RuntimeClass {
  readonly apiVersion: 'node.k8s.io/v1'
  readonly kind: 'RuntimeClass'
  readonly metadata: ObjectMeta
  readonly handler: string
  readonly overhead?: { readonly podFixed?: ResourceList }
  readonly scheduling?: RuntimeClassScheduling
}

/** Where pods of a runtime class may go. */
export interface RuntimeClassScheduling {
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly tolerations?: readonly Toleration[]
}
