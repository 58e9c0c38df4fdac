import type { IntOrString } from '../../model/index.js'
import { addInvalid, type FieldErrors, invalid } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { percent } from './formats.js'
import { type GoLiteral, goQuote } from './go-text.js'
import { validateNonnegative } from './validate-metadata.js'

// kubernetes: pkg/apis/apps/validation/validation.go ValidatePositiveIntOrPercent and its siblings, v1.32.

/** An IntOrString is quoted as the struct it is in Go. */
export const goIntOrString = (value: IntOrString): GoLiteral => ({
  literal:
    typeof value === 'number'
      ? `intstr.IntOrString{Type:0, IntVal:${value}, StrVal:""}`
      : `intstr.IntOrString{Type:1, IntVal:0, StrVal:${goQuote(value)}}`,
})

export function validateIntOrPercent(value: IntOrString, path: FieldPath, errors: FieldErrors): void {
  if (typeof value === 'number') validateNonnegative(value, path, errors)
  else addInvalid(errors, path, goIntOrString(value), percent(value))
}

/** The number, or that of the percentage; a text that is neither counts as its leading number. */
export const intOrPercentValue = (value: IntOrString): number =>
  typeof value === 'number' ? value : /^[0-9]+%?$/.test(value) ? Number.parseInt(value, 10) : 0

export function validateAtMostAll(value: IntOrString, path: FieldPath, errors: FieldErrors): void {
  if (typeof value !== 'string' || percent(value).length > 0 || intOrPercentValue(value) <= 100) return
  errors.push(invalid(path, goIntOrString(value), 'must not be greater than 100%'))
}
