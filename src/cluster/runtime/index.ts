export { type RuntimeListener, ScriptedRuntime } from './scripted-runtime.js'
