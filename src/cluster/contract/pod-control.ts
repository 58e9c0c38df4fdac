import type { PodTemplateSpec } from '../../model/index.js'
import type { ObjectVersion } from './objects.js'
import type { PodIdentity } from './spec.js'
import type { PodVersion } from './store.js'

/** What controllers do with pods. controllers: pkg/controller/controller_utils.go RealPodControl, v1.32. */
export interface PodControl {
  /** Makes a pod of a template, owned by the object; its name is generated (C-7). @throws ApiError Forbidden. */
  create(owner: ObjectVersion, template: PodTemplateSpec, cause: number): PodIdentity
  /** Asks for a pod's deletion with its own grace; false: it is gone already. */
  delete(pod: PodVersion, cause: number): boolean
  /** Makes the object the controller of a pod that has none; false: the pod is gone. */
  adopt(pod: PodVersion, owner: ObjectVersion, cause: number): boolean
  /** Takes owner references away, by UID; false: the pod is gone. */
  release(pod: PodVersion, uids: ReadonlySet<string>, cause: number): boolean
}
