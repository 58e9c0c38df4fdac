import { type LabelSelector, type Labels, matchesLabelSelector, matchesLabels } from '../../model/index.js'

/** A selector made of several: all of `labels`, and what the label selector asks for. */
export interface MergedSelector {
  /** null: a selector that matches nothing, whatever is merged into it. */
  readonly selector: LabelSelector | null
  readonly labels: Readonly<Record<string, string>>
  /** Whether it asks for nothing at all. */
  readonly isEverything: boolean
}

const NO_LABELS: Readonly<Record<string, string>> = {}

/** Merges labels into a selector; an absent selector matches nothing. */
export function mergeSelector(selector: LabelSelector | undefined, labels = NO_LABELS): MergedSelector {
  if (selector === undefined) return { selector: null, labels: NO_LABELS, isEverything: false }
  return { selector, labels, isEverything: isEmpty(selector) && Object.keys(labels).length === 0 }
}

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  matchExpressions.length === 0 && Object.keys(matchLabels).length === 0

/** Whether an object with these labels is selected. */
export const matchesMerged = ({ selector, labels }: MergedSelector, of: Labels): boolean =>
  selector !== null && matchesLabels(labels, of) && matchesLabelSelector(selector, of)

/**
 * For each of these selectors a label that everything it selects has; null: there is one that selects by no single label.
 *
 * Selectors of everything count for nobody here (PTS-3), as those of nothing do.
 */
export function labelsInCommon(selectors: readonly MergedSelector[]): Readonly<Record<string, string>> | null {
  const found: Record<string, string> = {}
  for (const { selector, labels, isEverything } of selectors) {
    if (selector === null || isEverything) continue
    const [first] = Object.entries({ ...labels, ...selector.matchLabels })
    if (first === undefined) return null
    const [key, value] = first
    if (found[key] !== undefined && found[key] !== value) return null
    found[key] = value
  }
  return found
}
