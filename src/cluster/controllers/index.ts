export type { ControllerContext } from './controller.js'
export { ControllerManager } from './controller-manager.js'
export { ResourceControllers } from './resource-controllers.js'
