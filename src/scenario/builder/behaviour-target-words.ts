import { PodwrightError } from '../../errors/index.js'
import type { BehaviourTarget } from '../behaviour-rule.js'
import { parseTarget } from '../behaviour-target.js'
import { plainData } from '../plain-data.js'

/** Whose behaviour: `app`, `web/app`, `deployment/web`, or the labels of pods. */
export type Whom = string | Readonly<Record<string, string>>

/**
 * Reads whose behaviour is stated.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` for what names nobody, or names the container twice.
 */
export function targetOf(whom: Whom, container: string | undefined): BehaviourTarget {
  const stated = typeof whom === 'string' ? plainData(parseTarget(whom, 'behave')) : { labels: labelsOf(whom) }
  if (container === undefined) return stated
  if (stated.container === undefined) return { ...stated, container }
  // A single word is a container's name; beside a container's name it is a pod's or workload's.
  if (stated.name === undefined && stated.labels === undefined) return { name: stated.container, container }
  throw new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where: 'behave',
    problem: `expected the container once, got ${stated.container} in ${JSON.stringify(whom)} and ${container}`,
  })
}

function labelsOf(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(labels).length > 0) return plainData(labels)
  throw new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where: 'behave',
    problem: 'expected labels, got none',
    hint: "'*' is every regular container",
  })
}
