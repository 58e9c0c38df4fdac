/**
 * podwright for vitest: `spec` states a fact about pods as a test; importing this module adds the matchers.
 *
 * @packageDocumentation
 */

import './matchers.js'

export type { UserFrame } from '../spec/index.js'
export { type CollectedSpec, collectedSpecs, type SpecMeta } from './collected-specs.js'
export type { ExpectedConditions, Satisfaction } from './matchers.js'
export { type DefineSpec, type DefineSpecs, type Spec, type SpecOptions, spec } from './spec.js'
