import type { ObjectMeta, OwnerReference } from './object-meta.js'

/** The owner that controls an object, if it has one (meta/v1 GetControllerOf). */
export const controllerOf = (metadata: ObjectMeta): OwnerReference | undefined =>
  metadata.ownerReferences?.find(owner => owner.controller === true)
