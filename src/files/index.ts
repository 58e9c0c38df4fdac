export { MOST_INPUT_BYTES } from './read-bytes.js'
export { type ReadInput, type ReadOptions, readInputs } from './read-inputs.js'
export { readScenarioManifests } from './read-scenario-manifests.js'
export { readText } from './read-text.js'
