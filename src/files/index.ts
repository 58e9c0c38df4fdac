export { type FoundFile, listInputs, type ReadInput, readInputs } from './read-inputs.js'
export { readScenarioManifests } from './read-scenario-manifests.js'
export { readText } from './read-text.js'
export { writeText } from './write-text.js'
