import type { JobSpec, SuccessPolicyRule } from '../../model/index.js'
import { type FieldErrors, invalid, notSupported, required, tooLong, tooMany } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { byteLength, goQuote } from './go-text.js'
import { validateNonnegative } from './validate-metadata.js'

// kubernetes: pkg/apis/batch/validation/validation.go validateJobSpec, validateSuccessPolicy, validateIndexesFormat, 1.31 and later.

const MAX_INDEXED = 100_000
const MAX_WITH_HIGH_COMPLETIONS = 10_000
const MAX_INDEXES_BYTES = 64 * 1024
const MAX_RULES = 20

/** What depends on the completion mode. */
export function validateIndexes(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  const { completionMode, backoffLimitPerIndex, maxFailedIndexes } = spec
  if (completionMode !== undefined && completionMode !== 'NonIndexed' && completionMode !== 'Indexed') {
    errors.push(notSupported(path.child('completionMode'), completionMode, ['NonIndexed', 'Indexed']))
  }
  if (completionMode === 'Indexed') validateIndexed(spec, path, errors)
  if (completionMode !== undefined && completionMode !== 'NonIndexed') return
  for (const [field, value] of Object.entries({ backoffLimitPerIndex, maxFailedIndexes })) {
    if (value !== undefined) errors.push(invalid(path.child(field), value, 'requires indexed completion mode'))
  }
}

function validateIndexed(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  const { completions, parallelism = 0, maxFailedIndexes } = spec
  const parallelismPath = path.child('parallelism')
  const failedPath = path.child('maxFailedIndexes')
  if (completions === undefined) errors.push(required(path.child('completions'), 'when completion mode is Indexed'))
  if (parallelism > MAX_INDEXED) {
    const detail = `must be less than or equal to ${MAX_INDEXED} when completion mode is Indexed`
    errors.push(invalid(parallelismPath, parallelism, detail))
  }
  if (completions !== undefined && maxFailedIndexes !== undefined && maxFailedIndexes > completions) {
    errors.push(invalid(failedPath, maxFailedIndexes, 'must be less than or equal to completions'))
  }
  if (maxFailedIndexes !== undefined && maxFailedIndexes > MAX_INDEXED) {
    errors.push(invalid(failedPath, maxFailedIndexes, `must be less than or equal to ${MAX_INDEXED}`))
  }
  if (completions === undefined || completions <= MAX_INDEXED || spec.backoffLimitPerIndex === undefined) return
  const limit = `must be less than or equal to ${MAX_WITH_HIGH_COMPLETIONS} when completions are above ${MAX_INDEXED} and used with backoff limit per index`
  if (maxFailedIndexes === undefined) {
    errors.push(required(failedPath, `must be specified when completions is above ${MAX_INDEXED}`))
  }
  if (parallelism > MAX_WITH_HIGH_COMPLETIONS) errors.push(invalid(parallelismPath, parallelism, limit))
  if (maxFailedIndexes !== undefined && maxFailedIndexes > MAX_WITH_HIGH_COMPLETIONS) {
    errors.push(invalid(failedPath, maxFailedIndexes, limit))
  }
}

export function validateSuccessPolicy(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  if (spec.successPolicy === undefined) return
  if (spec.completionMode !== 'Indexed') {
    const literal = 'batch.SuccessPolicy{}'
    return void errors.push(invalid(path, { literal }, 'requires indexed completion mode'))
  }
  const rules = spec.successPolicy.rules ?? []
  const at = path.child('rules')
  if (rules.length === 0) {
    errors.push(required(at, 'at least one rules must be specified when the successPolicy is specified'))
  }
  if (rules.length > MAX_RULES) errors.push(tooMany(at, rules.length, MAX_RULES))
  rules.forEach((rule, i) => {
    validateSuccessRule(rule, spec.completions ?? 0, at.index(i), errors)
  })
}

function validateSuccessRule(rule: SuccessPolicyRule, completions: number, path: FieldPath, errors: FieldErrors): void {
  const { succeededCount: count, succeededIndexes: indexes } = rule
  if (count === undefined && indexes === undefined) {
    errors.push(required(path, 'at least one of succeededCount or succeededIndexes must be specified'))
  }
  let total = 0
  if (indexes !== undefined) {
    const at = path.child('succeededIndexes')
    if (byteLength(indexes) > MAX_INDEXES_BYTES) errors.push(tooLong(at, MAX_INDEXES_BYTES))
    const counted = countIndexes(indexes, completions)
    if (typeof counted === 'number') total = counted
    else errors.push(invalid(at, indexes, `error parsing succeededIndexes: ${counted}`))
  }
  if (count === undefined) return
  const at = path.child('succeededCount')
  const atMost = (most: number, what: string) => `must be less than or equal to ${most} (the number of ${what})`
  validateNonnegative(count, at, errors)
  if (count > completions) errors.push(invalid(at, count, atMost(completions, 'specified completions')))
  if (indexes !== undefined && count > total) {
    errors.push(invalid(at, count, atMost(total, 'indexes in the specified succeededIndexes field')))
  }
}

/** Counts `1,3-5`, or says what is wrong with it. */
function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0
  let total = 0
  let last = -1
  for (const interval of text.split(',')) {
    const limits = interval.split('-')
    if (limits.length > 2) {
      return `the fragment ${goQuote(interval)} violates the requirement that an index interval can have at most two parts separated by '-'`
    }
    for (const limit of limits) {
      if (!/^\+?[0-9]+$/.test(limit)) return `cannot convert string to integer for index: ${goQuote(limit)}`
      if (Number(limit) >= completions) return `too large index: ${goQuote(limit)}`
    }
    const from = Number(limits[0])
    const to = Number(limits[limits.length - 1])
    if (limits.length === 2 && from >= to) return `non-increasing order, previous: ${from}, current: ${to}`
    if (last >= from) return `non-increasing order, previous: ${last}, current: ${from}`
    total += to - from + 1
    last = to
  }
  return total
}
