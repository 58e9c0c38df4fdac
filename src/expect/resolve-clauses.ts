import type { Origin } from '../errors/index.js'
import type { Clause } from './clause.js'
import { ClauseChecker } from './clause-checker.js'
import { type Choice, ClauseResolver, type ResolverParts } from './clause-resolver.js'
import { NameResolver } from './name-resolver.js'
import { ObjectResolver } from './object-resolver.js'
import type { Roster } from './roster.js'

/**
 * Writes out the names in clauses, so that monitors need to know nobody: pods become `namespace/name`, a clause about a
 * workload one for each of its pods, `*` any of a pod's containers, and a clause for each container all of them.
 * What is resolved already stays as it is.
 *
 * Names are `web`, `shop/web`, `deployment/web`, `shop/deployment/web`; what is said of a workload or a node itself gets its path,
 * `Deployment/default/web`, `Node/node-1`. Kinds may be written as for kubectl (`deploy`, `sts`).
 * Where one clause names a workload several times, it is the same pod in all places.
 *
 * @param clauses - What is to be checked; one clause of the answer for each, in order.
 * @param roster - Who there is; `rosterOf` reads it from a trace.
 * @param where - What error messages begin with: a place in a file, or words.
 * @throws PodwrightError `UNKNOWN_OBJECT` with the nearest name where nobody, or more than one, is called so;
 * `SCENARIO_INVALID` where a clause makes no sense: times that are no whole milliseconds, `for` of what happens at an
 * instant, more than 64 levels of nesting, more than 100,000 parts.
 */
export function resolveClauses(clauses: readonly Clause[], roster: Roster, where?: Origin | string): readonly Clause[] {
  const names = new NameResolver(roster, where)
  const checker = new ClauseChecker(where)
  const parts = { names, checker, objects: new ObjectResolver(roster, names, checker) }
  const resolve = (clause: Clause, depth: number): Clause => {
    checker.enter(depth)
    // Both say the same of each pod as of all of them together, and so keep their shape.
    if (clause?.kind === 'allOf') return { ...clause, clauses: clause.clauses.map(each => resolve(each, depth + 1)) }
    if (clause?.kind === 'orVacuous') return { ...clause, clause: resolve(clause.clause, depth + 1) }
    return forEachPod(clause, parts)
  }
  return clauses.map(clause => resolve(clause, 1))
}

/** The clause for every choice of one pod of each workload that it names. */
function forEachPod(clause: Clause, parts: ResolverParts): Clause {
  const first = new ClauseResolver(parts, new Map())
  const resolved = first.clause(clause)
  if (first.met.size === 0) return resolved
  let choices: readonly Choice[] = [new Map()]
  for (const [workload, pods] of first.met) {
    parts.checker.countChoices(choices.length * pods.length)
    choices = choices.flatMap(choice => pods.map(pod => new Map(choice).set(workload, pod)))
  }
  return { kind: 'allOf', clauses: choices.map(choice => new ClauseResolver(parts, choice).clause(clause)) }
}
