export { type AdmissionObjects, type Admitted, admitPod } from './admission.js'
export { NodeStore } from './node-store.js'
export { applyPatch, type PatchType } from './patch.js'
export { OWN_GRACE, Store } from './store.js'
