import { type Clause, type Occurrence, type Roster, resolveClauses } from '../expect/index.js'
import type { KubernetesObject } from '../model/index.js'
import type { Reaction, ReactionStep, Step } from './plan.js'
import type { ScenarioStep } from './scenario-file.js'

/** What is done at an instant, in order of time; `deeds` are what each of the steps comes to. */
export function datedSteps(steps: readonly ScenarioStep[], deeds: readonly (readonly ReactionStep[])[]): Step[] {
  const dated = steps.flatMap(({ at, isLast, when }, index): Step[] => {
    if (when !== undefined) return []
    return deeds[index].map(deed => ({ at, ...deed, ...(isLast === undefined ? {} : { isLast }) }))
  })
  // Pods that are created come first at their instant, as those of the plan do; what was done by hand stays in its order.
  const isFirst = ({ do: what, isLast }: Step): boolean => what === 'create' && isLast !== true
  return [...dated.filter(isFirst), ...dated.filter(step => !isFirst(step))].sort(inOrderOfTime)
}

/** What comes last at its instant stands behind all others, so that it changes nothing about them. */
const inOrderOfTime = (a: Step, b: Step): number => Number(a.isLast ?? false) - Number(b.isLast ?? false) || a.at - b.at

/**
 * What is done in answer to something.
 *
 * @throws PodwrightError `UNKNOWN_OBJECT` for a name that nothing of the plan has.
 */
export function planReactions(
  steps: readonly ScenarioStep[],
  deeds: readonly (readonly ReactionStep[])[],
  roster: Roster,
): Reaction[] {
  return steps.flatMap(({ when, after = 0, whenWhere }, index) => {
    if (when === undefined) return []
    const resolved = resolveOccurrence(when, roster, whenWhere)
    return deeds[index].map(step => ({ when: resolved, after, step }))
  })
}

/** An occurrence with its names resolved: one about each of several pods happens with any of them. */
function resolveOccurrence(what: Occurrence, roster: Roster, where: ScenarioStep['whenWhere']): Occurrence {
  const occurrences = resolveClauses([{ kind: 'precedes', first: what, second: what }], roster, where).flatMap(firstsOf)
  return occurrences.length === 1 ? occurrences[0] : { kind: 'anyOf', occurrences }
}

function firstsOf(clause: Clause): Occurrence[] {
  if (clause.kind === 'allOf') return clause.clauses.flatMap(firstsOf)
  return clause.kind === 'precedes' ? [clause.first] : []
}

/** The objects that steps create beside pods. */
export const objectsOf = (deeds: readonly (readonly ReactionStep[])[]): KubernetesObject[] =>
  deeds.flatMap(each => each.flatMap(deed => (deed.do === 'createObject' ? [deed.object] : [])))
