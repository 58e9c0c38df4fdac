export type { ControllerContext } from './controller.js'
export { ControllerManager } from './controller-manager.js'
export { REVISION, revisionOf, TEMPLATE_HASH, templateText } from './deployment/replica-sets.js'
