import { PodwrightError } from '../errors/index.js'
import { type LabelSelector, type LabelSelectorRequirement, type Labels, matchesLabelSelector } from '../model/index.js'

/**
 * Reads a label query as `kubectl -l` takes it: `app=web,tier!=cache,env in (prod,test),!old,shard`.
 *
 * apimachinery: pkg/labels/selector.go Parser, v1.32.
 *
 * @throws PodwrightError `USAGE` for a text that is none.
 */
export function parseLabelQuery(text: string, where: string): (labels: Labels) => boolean {
  const matchExpressions: LabelSelectorRequirement[] = []
  const unequal: { readonly key: string; readonly value: string }[] = []
  for (const part of partsOf(text)) {
    const [, no, key, sign, value, word, list] = PART.exec(part) ?? []
    if (key === undefined || (no !== '' && (sign ?? word) !== undefined)) throw notAQuery(text, part, where)
    if (sign === '!=') unequal.push({ key, value })
    else if (sign !== undefined) matchExpressions.push({ key, operator: 'In', values: [value] })
    else if (word !== undefined) {
      const values = list.split(',').map(each => each.trim())
      matchExpressions.push({ key, operator: word === 'in' ? 'In' : 'NotIn', values })
    } else matchExpressions.push({ key, operator: no === '' ? 'Exists' : 'DoesNotExist' })
  }
  const selector: LabelSelector = { matchExpressions }
  return labels => matchesLabelSelector(selector, labels) && unequal.every(({ key, value }) => labels?.[key] !== value)
}

const KEY = `[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?`
const PART = new RegExp(String.raw`^(!?)\s*(${KEY})\s*(?:(==?|!=)\s*([-A-Za-z0-9_.]*)|\s(in|notin)\s*\(([^()]*)\))?$`)

/** The parts between commas that stand outside parentheses. */
const partsOf = (text: string): string[] => text.split(/,(?![^(]*\))/).map(part => part.trim())

const notAQuery = (text: string, part: string, where: string): PodwrightError =>
  new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a label query, got ${JSON.stringify(part === '' ? text.slice(0, 80) : part.slice(0, 80))}`,
    hint: "write app=web, tier!=cache, 'env in (prod,test)', shard or '!old', with commas between them",
  })
