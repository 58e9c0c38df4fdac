import { goQuote, labelValueProblems } from '../../../api/index.js'
import type { PreferredSchedulingTerm } from '../../../model/index.js'

const NO_INTEGER = "for 'Gt', 'Lt' operators, the value must be an integer"

/**
 * What is wrong with the values of preferred terms, which the API server lets in; undefined: nothing. It is found out only where nodes
 * are compared, and fails the cycle: a cluster of one node takes the pod.
 *
 * component-helpers: scheduling/corev1/nodeaffinity/nodeaffinity.go NewPreferredSchedulingTerms; apimachinery: pkg/labels/selector.go
 * NewRequirement, v1.32 (NA-3).
 */
export function preferredTermErrors(terms: readonly PreferredSchedulingTerm[]): string | undefined {
  const errors: string[] = []
  terms.forEach(({ weight, preference: { matchExpressions = [] } }, i) => {
    if (weight === 0) return
    matchExpressions.forEach(({ key, operator, values = [] }, j) => {
      const path = `[${i}].matchExpressions[${j}].values`
      const isNumeric = operator === 'Gt' || operator === 'Lt'
      values.forEach((value, k) => {
        if (isNumeric && !isInteger(value))
          errors.push(`${path}[${k}]: Invalid value: ${goQuote(value)}: ${NO_INTEGER}`)
      })
      values.forEach((value, k) => {
        const problems = labelValueProblems(value)
        if (problems.length > 0)
          errors.push(`${path}[${k}][${key}]: Invalid value: ${goQuote(value)}: ${problems.join('; ')}`)
      })
    })
  })
  const distinct = [...new Set(errors)]
  if (distinct.length <= 1) return distinct[0]
  return `[${distinct.join(', ')}]`
}

const isInteger = (value: string): boolean =>
  /^[+-]?[0-9]{1,19}$/.test(value) &&
  BigInt.asIntN(64, BigInt(value.replace('+', ''))) === BigInt(value.replace('+', ''))
