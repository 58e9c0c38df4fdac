import type { ScenarioStep } from './scenario-file.js'

/** The images that steps give to containers: rules may speak of them before any container has them. */
export const imagesOfSteps = (steps: readonly ScenarioStep[]): readonly string[] =>
  steps.flatMap(step => {
    if (step.action === 'setImage') return [step.image]
    return step.action === 'patch' ? imagesOfPatch(step.patch) : []
  })

type Mapping = Readonly<Record<string, unknown>>

const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null

/** Of a JSON patch, the values of operations on an image; of the others, the images of their lists of containers. */
function imagesOfPatch(patch: unknown): string[] {
  if (Array.isArray(patch)) {
    return patch.flatMap((operation: unknown) =>
      isMapping(operation) && typeof operation.value === 'string' && String(operation.path).endsWith('/image')
        ? [operation.value]
        : [],
    )
  }
  const spec = isMapping(patch) && isMapping(patch.spec) ? patch.spec : {}
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap(field => {
    const list = spec[field]
    if (!Array.isArray(list)) return []
    return list.flatMap((it: unknown) => (isMapping(it) && typeof it.image === 'string' ? [it.image] : []))
  })
}
