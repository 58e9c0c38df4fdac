import type { AssumptionList } from './assumptions.js'
import type { BehaviourRule } from './behaviour-rule.js'
import { formatTarget } from './behaviour-target.js'
import { formatBehaviourRule } from './describe-behaviour.js'
import type { ReactionStep } from './plan.js'
import type { DraftWorkload } from './plan-pods.js'

/**
 * Takes note of rules for revisions that no workload gets by what is planned: each step gives a workload at most one more. A run that is
 * driven by hand may still get there, so that this is no mistake.
 */
export function noteUnreachedRevisions(
  rules: readonly BehaviourRule[],
  workloads: readonly Pick<DraftWorkload, 'path'>[],
  deeds: readonly (readonly ReactionStep[])[],
  assumptions: AssumptionList,
): void {
  for (const rule of rules) {
    const { kind, name, namespace, revision } = rule.target
    if (revision === undefined || kind === undefined) continue
    const meant = workloads.filter(({ path }) => {
      const [itsKind, itsNamespace, itsName] = path.split('/')
      return itsKind === kind && itsName === name && (namespace === undefined || namespace === itsNamespace)
    })
    const most = Math.max(0, ...meant.map(({ path }) => mostRevisions(path, deeds)))
    if (meant.length === 0 || revision <= most) continue
    const whose = formatTarget({ kind, name, namespace })
    const reached = most === 1 ? 'no step changes its template' : `by its steps it gets to ${most} at most`
    assumptions.note(
      `rule "${formatBehaviourRule(rule)}"`,
      `without effect: ${whose} has no revision ${revision}; ${reached}`,
    )
  }
}

/** Kinds that count the revisions of their templates. */
const REVISED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

function mostRevisions(path: string, deeds: readonly (readonly ReactionStep[])[]): number {
  if (!REVISED.has(path.split('/')[0])) return 1
  return 1 + deeds.flat().filter(deed => changesTemplate(deed, path)).length
}

/** Whether a step may give the object another template. */
function changesTemplate(deed: ReactionStep, path: string): boolean {
  switch (deed.do) {
    case 'patchObject':
      return deed.object === path
    case 'rollout':
      return deed.object === path && (deed.verb === 'restart' || deed.verb === 'undo')
    case 'request': {
      const { kind, namespace = 'default', name, object } = deed.request
      const { metadata } = (object ?? {}) as {
        readonly metadata?: { readonly name?: string; readonly namespace?: string }
      }
      return `${kind}/${metadata?.namespace ?? namespace}/${name ?? metadata?.name}` === path
    }
    default:
      return false
  }
}
