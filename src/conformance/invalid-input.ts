import type { BaseIssue } from 'valibot'
import { PodwrightError } from '../errors/index.js'

/** A file that does not have the shape it should have, as an error that says where in it. */
export function invalidInput(
  file: string,
  { kind, expected, received, message, path }: BaseIssue<unknown>,
): PodwrightError {
  const place = path?.map(item => String(item.key)).join('.') ?? ''
  const isOfShape = kind === 'schema' && expected !== null
  return new PodwrightError({
    code: 'RECORDING_INVALID',
    where: place === '' ? file : `${file}: ${place}`,
    problem: isOfShape ? `expected ${expected}, got ${received}` : message,
  })
}
