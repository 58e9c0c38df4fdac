import type { PathSegment } from '../decoding/decoding-error.js'
import type { FieldPath } from './field-path.js'
import { type BadValue, formatBadValue, goQuote } from './go-text.js'

/** The kinds of validation errors, as a Status' causes name them. */
export type FieldErrorReason =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueDuplicate'
  | 'FieldValueNotFound'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'

/** One thing that is wrong with an object, in the API server's words (R-1202). */
export interface FieldError {
  readonly reason: FieldErrorReason
  /** `spec.containers[0].image` */
  readonly field: string
  /** `Required value`, `Invalid value: -1: must be greater than or equal to 0` */
  readonly message: string
  /** The way to the field in the object; it may not exist there. */
  readonly path: readonly PathSegment[]
}

/** Where validation puts what it finds, in upstream's order. */
export type FieldErrors = FieldError[]

const fieldError = (reason: FieldErrorReason, path: FieldPath, body: string, detail = ''): FieldError => ({
  reason,
  field: path.toString(),
  message: detail === '' ? body : `${body}: ${detail}`,
  path: path.segments,
})

/** apimachinery: pkg/util/validation/field/errors.go, v1.32, as all of this file. */
export const required = (path: FieldPath, detail = ''): FieldError =>
  fieldError('FieldValueRequired', path, 'Required value', detail)

export const invalid = (path: FieldPath, value: BadValue, detail: string): FieldError =>
  fieldError('FieldValueInvalid', path, `Invalid value: ${formatBadValue(value)}`, detail)

/** An invalid value that is not quoted. */
export const invalidOmitted = (path: FieldPath, detail: string): FieldError =>
  fieldError('FieldValueInvalid', path, 'Invalid value', detail)

export const notSupported = (path: FieldPath, value: BadValue, supported: readonly string[]): FieldError =>
  fieldError(
    'FieldValueNotSupported',
    path,
    `Unsupported value: ${formatBadValue(value)}`,
    `supported values: ${supported.map(goQuote).join(', ')}`,
  )

export const forbidden = (path: FieldPath, detail: string): FieldError =>
  fieldError('FieldValueForbidden', path, 'Forbidden', detail)

export const duplicate = (path: FieldPath, value: BadValue, detail = ''): FieldError =>
  fieldError('FieldValueDuplicate', path, `Duplicate value: ${formatBadValue(value)}`, detail)

export const notFound = (path: FieldPath, value: BadValue, detail = ''): FieldError =>
  fieldError('FieldValueNotFound', path, `Not found: ${formatBadValue(value)}`, detail)

export const tooLong = (path: FieldPath, maxBytes: number): FieldError =>
  fieldError('FieldValueTooLong', path, 'Too long', `may not be more than ${maxBytes} bytes`)

export const tooMany = (path: FieldPath, actual: number, max: number): FieldError =>
  fieldError('FieldValueTooMany', path, `Too many: ${actual}`, `must have at most ${max} items`)

/** Adds an `Invalid value` for each message of a format check. */
export function addInvalid(errors: FieldErrors, path: FieldPath, value: BadValue, messages: readonly string[]): void {
  for (const message of messages) errors.push(invalid(path, value, message))
}

/** `spec.containers[0].image: Required value`. */
export const formatFieldError = ({ field, message }: FieldError): string => `${field}: ${message}`
