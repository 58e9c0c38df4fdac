import type { Kind } from '../../model/index.js'
import { qualifiedKind } from '../../model/index.js'
import { type FieldError, formatFieldError } from './field-error.js'
import { goQuote } from './go-text.js'

/**
 * Words a refusal as the API server does: `Pod "p" is invalid: spec.containers: Required value`, several as `[a, b]`
 * without repetitions (R-1201).
 *
 * apimachinery: pkg/api/errors/errors.go NewInvalid, v1.32.
 */
export function invalidMessage(kind: Kind, name: string, errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(formatFieldError))]
  const all = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
  return `${qualifiedKind(kind)} ${goQuote(name)} is invalid: ${all}`
}
