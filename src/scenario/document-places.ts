import type { ScenarioDocument } from './scenario-document.js'
import type { ScenarioPlaces } from './scenario-file.js'

/**
 * Places in a document that a program built: `where` names it, such as `scenario "drain"` or a file, and its parts are named as
 * in a program.
 */
export const documentPlaces = (document: ScenarioDocument, where: string): ScenarioPlaces => ({
  scenario: { file: where, line: 1, column: 1 },
  manifest: index => `${where}: manifests[${index}]`,
  behaviour: index => `${where}: behaviours[${index}]`,
  step: index => `${where}: steps[${index}]`,
  when: index => `${where}: steps[${index}].when`,
  traffic: index => `${where}: traffic[${index}]`,
  metric: index => `${where}: metrics[${index}]`,
  expectation: index => `${where}: expect[${index}]`,
  law: index => `${where}: laws.off[${index}]`,
  applied: index => {
    const step = document.steps[index]
    return step.action === 'apply' ? JSON.stringify(step.object, null, 2) : ''
  },
  line: () => undefined,
})
