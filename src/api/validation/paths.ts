import { type FieldErrors, invalid } from './field-error.js'
import type { FieldPath } from './field-path.js'

/** kubernetes: pkg/apis/core/validation/validation.go validatePathNoBacksteps, v1.32. */
export function validateNoBacksteps(target: string, path: FieldPath, errors: FieldErrors): void {
  if (hasBacksteps(target)) errors.push(invalid(path, target, "must not contain '..'"))
}

export const hasBacksteps = (target: string): boolean => target.split('/').includes('..')

/** validateLocalDescendingPath. */
export function validateLocalPath(target: string, path: FieldPath, errors: FieldErrors): void {
  if (target.startsWith('/')) errors.push(invalid(path, target, 'must be a relative path'))
  validateNoBacksteps(target, path, errors)
}

/** ValidateLocalNonReservedPath. */
export function validateLocalFile(target: string, path: FieldPath, errors: FieldErrors): void {
  validateLocalPath(target, path, errors)
  if (target.startsWith('..') && !target.startsWith('../')) {
    errors.push(invalid(path, target, "must not start with '..'"))
  }
}

export function validateFileMode(mode: number | undefined, path: FieldPath, errors: FieldErrors): void {
  if (mode !== undefined && (mode > 0o777 || mode < 0)) {
    errors.push(invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive'))
  }
}
