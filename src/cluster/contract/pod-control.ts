import type { Labels, PodSpec, PodTemplateSpec } from '../../model/index.js'
import type { ObjectVersion } from './objects.js'
import type { PodIdentity } from './spec.js'
import type { PodVersion } from './store.js'

/** What one pod has of its own, beside its template. */
export interface PodShape {
  /** Absent: it is generated. */
  readonly name?: string | undefined
  readonly labels?: Labels | undefined
  readonly spec?: Partial<PodSpec> | undefined
  /** Which revision of its owner's template it is made of, for rules that go by it; absent: the owner says so, or the first. */
  readonly revision?: number | undefined
}

/** What controllers do with pods. controllers: pkg/controller/controller_utils.go RealPodControl, v1.32. */
export interface PodControl {
  /**
   * Makes a pod of a template, owned by the object; its name is generated (C-7) from the owner's, or from another base.
   * Templates are told apart by identity: what differs in anything but the name is another template.
   */
  create(owner: ObjectVersion, template: PodTemplateSpec, cause: number, base?: string): PodIdentity
  /**
   * Makes a pod of a template that has something of its own.
   *
   * @throws ApiError AlreadyExists, where a pod has the name that its shape gives.
   */
  createShaped(owner: ObjectVersion, template: PodTemplateSpec, shape: PodShape, cause: number): PodIdentity
  /** Asks for a pod's deletion with its own grace; false: it is gone already. */
  delete(pod: PodVersion, cause: number): boolean
  /** Makes the object the controller of a pod that has none; false: the pod is gone. */
  adopt(pod: PodVersion, owner: ObjectVersion, cause: number): boolean
  /** Gives a pod labels that it lacks; false: the pod is gone. */
  label(pod: PodVersion, labels: Labels, cause: number): boolean
  /** Takes owner references away, by UID; false: the pod is gone. */
  release(pod: PodVersion, uids: ReadonlySet<string>, cause: number): boolean
  /** Takes a finalizer away; false: the pod is gone. */
  removeFinalizer(pod: PodVersion, finalizer: string, cause: number): boolean
}
