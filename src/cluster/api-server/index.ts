export { type AdmissionObjects, type Admitted, admitPod, withDefaultTolerations } from './admission.js'
export { usedOf } from './admission-plugins/resource-quota.js'
export {
  alreadyExistsError,
  checkPreconditions,
  conflictError,
  forbiddenError,
  modifiedError,
  notFoundError,
} from './api-errors.js'
export { authorize, type RequestAttributes } from './authorization/authorize.js'
export type { UserInfo } from './authorization/user.js'
export { type EvictionParts, evictPod } from './eviction.js'
export { afterUpdate, conflictMessage, type FieldManager, type ManagedFields } from './field-managers/field-managers.js'
export { serverSideApply } from './field-managers/server-side-apply.js'
export type { Json } from './json-patch.js'
export { NamespacePolicies } from './namespace-policies.js'
export { NodeStore } from './node-store.js'
export { type ObjectRegister, ObjectStore } from './object-store.js'
export { applyPatch, type PatchType } from './patch.js'
export { isSameJson } from './patches/json-object.js'
export { threeWayMerge } from './patches/three-way-merge.js'
export { PodAdmission } from './pod-admission.js'
export { ResourceStore, resourcePath } from './resource-store.js'
export { OWN_GRACE, Store } from './store.js'
