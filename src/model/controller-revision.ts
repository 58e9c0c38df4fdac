import type { ObjectMeta } from './object-meta.js'
import type { PodTemplateSpec } from './pod.js'

/** A template that a StatefulSet or DaemonSet has or had (apps/v1 ControllerRevision). Only controllers make them. */
export interface ControllerRevision {
  readonly apiVersion: 'apps/v1'
  readonly kind: 'ControllerRevision'
  readonly metadata: ObjectMeta
  /** A strategic merge patch that brings the template back. */
  readonly data: { readonly spec: { readonly template: PodTemplateSpec & { readonly $patch: 'replace' } } }
  /** Greater than those of all revisions before it; a template that comes back gets a new one. */
  readonly revision: number
}
