export { takeDisruption } from './evict-within-budget.js'
export { type ObjectRegister, ObjectStore } from './object-store.js'
export { applyPatch, type PatchType } from './patch.js'
export { OWN_GRACE, Store } from './store.js'
