import type { ScenarioDocument } from '../scenario/index.js'
import { type RunnableScenario, type UserFrame, userFrame } from '../spec/index.js'

/** A spec as documentation needs it: what it says, and where. */
export interface CollectedSpec {
  readonly title: string
  readonly document: ScenarioDocument
  /** Where it stands; absent where the stack does not tell. */
  readonly where: UserFrame | undefined
  /** A part of the words in which the API server refuses it; absent: it is run. */
  readonly refusal?: string | undefined
}

/** What a spec leaves with its test, for reporters: `task.meta.podwright`. */
export interface SpecMeta {
  readonly document: ScenarioDocument
  /** Digest of the run's trace. */
  readonly digest: string
  readonly isPassed: boolean
}

const specs: CollectedSpec[] = []

/** The specs that the modules loaded so far have stated, in order: the source of the documentation. */
export const collectedSpecs = (): readonly CollectedSpec[] => [...specs]

/** Notes a spec. */
export function collectSpec({ title, document }: RunnableScenario, stack: string, refusal?: string): void {
  specs.push({ title, document, where: userFrame(stack), ...(refusal === undefined ? {} : { refusal }) })
}
