import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from './affinity.js'
import type { LabelSelector, LabelSelectorRequirement } from './label-selector.js'

/** The labels of an object; absent is the same as none. */
export type Labels = Readonly<Record<string, string>> | undefined

/**
 * Tells whether a label selector selects an object with these labels.
 *
 * An absent selector selects nothing, an empty one everything (meta/v1 LabelSelectorAsSelector).
 */
export function matchesLabelSelector(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (selector === undefined) return false
  return (
    matchesLabels(selector.matchLabels, labels) &&
    (selector.matchExpressions ?? []).every(requirement => matchesRequirement(requirement, labels))
  )
}

/** Tells whether an object with these labels has all of the wanted ones; no wanted labels match everything. */
export function matchesLabels(wanted: Labels, labels: Labels): boolean {
  for (const key in wanted) {
    if (labels === undefined || !Object.hasOwn(labels, key) || labels[key] !== wanted[key]) return false
  }
  return true
}

/** Renders a label selector as kubectl prints it: `app=web,tier in (a,b),!old`. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  if (selector === undefined) return '<none>'
  const equalities = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }))
  const expressions = (selector.matchExpressions ?? []).map(requirement => ({
    key: requirement.key,
    text: formatRequirement(requirement),
  }))
  const parts = [...equalities, ...expressions].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return parts.length === 0 ? '<none>' : parts.map(part => part.text).join(',')
}

function formatRequirement({ key, operator, values = [] }: LabelSelectorRequirement): string {
  if (operator === 'Exists') return key
  if (operator === 'DoesNotExist') return `!${key}`
  return `${key} ${operator === 'In' ? 'in' : 'notin'} (${[...values].sort().join(',')})`
}

/** The labels and the name of a node, as much of it as its selectors look at. */
export interface SelectableNode {
  readonly metadata: { readonly name?: string; readonly labels?: Labels }
}

/**
 * Tells whether a node matches a node selector: one of its terms has to match (NA-1).
 *
 * component-helpers: scheduling/corev1/nodeaffinity/nodeaffinity.go LazyErrorNodeSelector.Match, v1.32.
 */
export const matchesNodeSelector = (selector: NodeSelector, node: SelectableNode): boolean =>
  selector.nodeSelectorTerms.some(term => matchesNodeSelectorTerm(term, node))

/**
 * Tells whether a node matches all expressions and fields of a term; an empty term matches nothing, nor does one with a value that no
 * label can have, even where the operator is `NotIn` or the number is negative (NA-1, NA-2).
 */
export function matchesNodeSelectorTerm(term: NodeSelectorTerm, node: SelectableNode): boolean {
  const { matchExpressions = [], matchFields = [] } = term
  if (matchExpressions.length === 0 && matchFields.length === 0) return false
  return (
    matchExpressions.every(({ values = [] }) => values.every(isLabelValue)) &&
    matchExpressions.every(requirement => matchesRequirement(requirement, node.metadata.labels)) &&
    matchFields.every(requirement => matchesField(requirement, node))
  )
}

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/

/** apimachinery: pkg/util/validation IsValidLabelValue, v1.32; the API server lets others into node affinity. */
const isLabelValue = (value: string): boolean => value.length <= 63 && LABEL_VALUE.test(value)

function matchesField({ key, operator, values = [] }: NodeSelectorRequirement, node: SelectableNode): boolean {
  if (key !== 'metadata.name' || values.length !== 1) return false
  const isSame = values[0] === node.metadata.name
  return operator === 'In' ? isSame : operator === 'NotIn' && !isSame
}

type Requirement = LabelSelectorRequirement | NodeSelectorRequirement

/** apimachinery: pkg/labels/selector.go Requirement.Matches, v1.32. */
function matchesRequirement({ key, operator, values = [] }: Requirement, labels: Labels): boolean {
  const has = labels !== undefined && Object.hasOwn(labels, key)
  switch (operator) {
    case 'In':
      return has && values.includes(labels[key])
    case 'NotIn':
      return !has || !values.includes(labels[key])
    case 'Exists':
      return has
    case 'DoesNotExist':
      return !has
    case 'Gt':
      return has && values.length === 1 && compareIntegers(labels[key], values[0]) === 1
    case 'Lt':
      return has && values.length === 1 && compareIntegers(labels[key], values[0]) === -1
    default:
      return false
  }
}

const INTEGER = /^[+-]?[0-9]{1,19}$/

/** Compares two texts that are 64-bit integers; undefined where one is none, so that neither `Gt` nor `Lt` holds. */
function compareIntegers(a: string, b: string): number | undefined {
  if (!INTEGER.test(a) || !INTEGER.test(b)) return undefined
  const [left, right] = [BigInt(a.replace('+', '')), BigInt(b.replace('+', ''))]
  if (BigInt.asIntN(64, left) !== left || BigInt.asIntN(64, right) !== right) return undefined
  return left < right ? -1 : left > right ? 1 : 0
}
