import { PodwrightError } from '../../errors/index.js'
import type { StatedBehaviour, StatedImage } from '../behaviour-rule.js'

/**
 * How something behaves, as words: what a container's process, probes and hooks do. `behaviour` is its plain data, as a
 * Scenario file states it.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { describeBehaviour, readyAfter } from 'podwright'
 *
 * assert.equal(describeBehaviour(readyAfter('12s').behaviour), 'readiness fails until 12s')
 * ```
 */
export class BehaviourWords {
  /** What is stated, as plain data. */
  readonly behaviour: StatedBehaviour

  constructor(behaviour: StatedBehaviour) {
    this.behaviour = behaviour
  }
}

/** The fields of behaviour that are stated once. */
const ONCE = ['onTerm', 'liveness', 'readiness', 'startup', 'postStart', 'preStop', 'serves', 'uses'] as const

/**
 * Joins what is said of one subject: successive starts follow one another, what is said of an image or of the sandbox adds up,
 * everything else is said once.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` for what is said twice, and for an image or a sandbox of which nothing is said.
 */
export function joinBehaviours(said: readonly BehaviourWords[], where: string): StatedBehaviour {
  // A program without types can say what the compiler would refuse: `fails()` is said of a probe, which nobody has named.
  if (said.some(words => !(words instanceof BehaviourWords))) throw noBehaviour(where)
  const behaviours = said.map(({ behaviour }) => behaviour)
  for (const field of ONCE) {
    const times = behaviours.filter(behaviour => behaviour[field] !== undefined).length
    if (times > 1) throw saidTwice(field, times, where)
  }
  const runs = behaviours.flatMap(behaviour => behaviour.runs ?? [])
  const images = new Map<string, StatedImage>()
  for (const [name, image] of behaviours.flatMap(behaviour => Object.entries(behaviour.images ?? {}))) {
    if (Object.keys(image).length === 0) throw nothingSaid(`image ${name}`, ".pullsIn('8s')", where)
    images.set(name, { ...images.get(name), ...image })
  }
  const sandboxes = behaviours.flatMap(({ sandbox }) => (sandbox === undefined ? [] : [sandbox]))
  if (sandboxes.some(each => Object.keys(each).length === 0)) throw nothingSaid('the sandbox', '.fails(2)', where)
  return {
    ...Object.assign({}, ...behaviours),
    ...(runs.length === 0 ? {} : { runs }),
    ...(images.size === 0 ? {} : { images: Object.fromEntries(images) }),
    ...(sandboxes.length === 0 ? {} : { sandbox: Object.assign({}, ...sandboxes) }),
  }
}

const noBehaviour = (where: string): PodwrightError =>
  new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where,
    problem: 'expected how it behaves, got something else',
    hint: 'what a probe or a hook does is said with its name: readiness(fails()), preStop(takes("5s"))',
  })

function saidTwice(field: (typeof ONCE)[number], times: number, where: string): PodwrightError {
  const isProbe = field === 'liveness' || field === 'readiness' || field === 'startup'
  return new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where,
    problem: `expected ${field} once, got it ${times} times`,
    hint: isProbe ? `what successive starts answer stands in one word: ${field}(first, second)` : undefined,
  })
}

const nothingSaid = (what: string, example: string, where: string): PodwrightError =>
  new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where,
    problem: `expected how ${what} behaves, got nothing`,
    hint: `say it behind the name, such as ${example}`,
  })
