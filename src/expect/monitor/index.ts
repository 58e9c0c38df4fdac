export { compileMonitors } from './compile-monitors.js'
export { MonitorSet } from './monitor-set.js'
