export { compileMonitors } from './compile-monitors.js'
export { MonitorSet } from './monitor-set.js'
export { objectsOf, type RunObjects } from './run-objects.js'
