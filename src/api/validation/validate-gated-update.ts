import type { Affinity, NodeAffinity, NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../../model/index.js'
import { differencesOf } from './differences.js'
import { type FieldErrors, invalid } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { goQuote, goStringMap, goStrings } from './go-text.js'

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'

/**
 * What an update may do besides to a pod that still has scheduling gates: narrow down its nodes. Answers the new spec with the old
 * one's node selector and node affinity.
 *
 * kubernetes: pkg/apis/core/validation/validation.go validateNodeSelectorMutation and validateNodeAffinityMutation, v1.32.
 */
export function validateGatedUpdate(before: PodSpec, after: PodSpec, path: FieldPath, errors: FieldErrors): PodSpec {
  const { nodeSelector: next = {} } = after
  const isKept = Object.entries(before.nodeSelector ?? {}).every(
    ([key, value]) => Object.hasOwn(next, key) && next[key] === value,
  )
  if (!isKept) {
    const detail = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)'
    errors.push(invalid(path.child('nodeSelector'), goStringMap(after.nodeSelector), detail))
  }
  const old = before.affinity?.nodeAffinity
  const affinity = after.affinity?.nodeAffinity
  const nodeAffinityPath = path.child('affinity', 'nodeAffinity')
  const isSame =
    (old === undefined) === (affinity === undefined) &&
    differencesOf('NodeAffinity', old, affinity, nodeAffinityPath).length === 0
  if (isSame) return { ...after, nodeSelector: before.nodeSelector }
  validateNodeAffinityUpdate(old, affinity, nodeAffinityPath.child(REQUIRED, 'nodeSelectorTerms'), errors)
  return { ...after, nodeSelector: before.nodeSelector, affinity: withNodeAffinity(before.affinity, after.affinity) }
}

function validateNodeAffinityUpdate(
  before: NodeAffinity | undefined,
  after: NodeAffinity | undefined,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const oldTerms = before?.[REQUIRED]?.nodeSelectorTerms ?? []
  const newTerms = after?.[REQUIRED]?.nodeSelectorTerms
  if (oldTerms.length === 0) return
  if (newTerms === undefined || oldTerms.length !== newTerms.length) {
    const detail = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed'
    errors.push(invalid(path, { literal: goList('NodeSelectorTerm', newTerms?.map(goTerm)) }, detail))
    return
  }
  oldTerms.forEach((term, i) => {
    if (hasOnlyAdditions(term, newTerms[i], path.index(i))) return
    const detail = 'only additions are allowed (no mutations or deletions)'
    errors.push(invalid(path.index(i), { literal: goTerm(newTerms[i]) }, detail))
  })
}

/** A term without requirements matches no node, and more requirements would make it match some. */
function hasOnlyAdditions(before: NodeSelectorTerm, after: NodeSelectorTerm, path: FieldPath): boolean {
  const count = (term: NodeSelectorTerm): number =>
    (term.matchExpressions?.length ?? 0) + (term.matchFields?.length ?? 0)
  if (count(before) === 0) return count(after) === 0
  return (['matchExpressions', 'matchFields'] as const).every(list => {
    const old = before[list] ?? []
    const next = after[list] ?? []
    return (
      next.length >= old.length &&
      old.every((each, i) => differencesOf('NodeSelectorRequirement', each, next[i], path).length === 0)
    )
  })
}

/** The new affinity with the old node affinity; none at all where there was none and nothing else was added. */
function withNodeAffinity(before: Affinity | undefined, after: Affinity | undefined): Affinity | undefined {
  const { nodeAffinity: _, ...others } = after ?? {}
  if (before === undefined && Object.keys(others).length === 0) return undefined
  const old = before?.nodeAffinity
  return { ...others, ...(old && { nodeAffinity: old }) }
}

const goList = (type: string, elements: readonly string[] | undefined): string =>
  `[]core.${type}${elements === undefined ? '(nil)' : `{${elements.join(', ')}}`}`

const goTerm = ({ matchExpressions, matchFields }: NodeSelectorTerm): string => {
  const [expressions, fields] = [matchExpressions, matchFields].map(list =>
    goList('NodeSelectorRequirement', list?.map(goRequirement)),
  )
  return `core.NodeSelectorTerm{MatchExpressions:${expressions}, MatchFields:${fields}}`
}

const goRequirement = ({ key, operator, values }: NodeSelectorRequirement): string => {
  const list = values === undefined ? '[]string(nil)' : goStrings(values).literal
  return `core.NodeSelectorRequirement{Key:${goQuote(key)}, Operator:${goQuote(operator)}, Values:${list}}`
}
