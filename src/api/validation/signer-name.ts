import { addInvalid, type FieldErrors, invalid, required, tooLong } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { dnsLabel, dnsSubdomain, type FormatCheck } from './formats.js'
import { byteLength, goQuote } from './go-text.js'

const MAX_DOMAIN = 253
const MAX_NAME = MAX_DOMAIN + 1 + 253 + 63 + 1

/** kubernetes: pkg/apis/core/validation/names.go ValidateSignerName, v1.32: `example.com/some-signer`. */
export function validateSignerName(name: string, path: FieldPath, errors: FieldErrors): void {
  if (name === '') return void errors.push(required(path))
  const segments = name.split('/')
  if (segments.length !== 2) {
    const detail = "must be a fully qualified domain and path of the form 'example.com/signer-name'"
    return void errors.push(invalid(path, name, detail))
  }
  const [domain, rest] = segments
  if (byteLength(domain) > MAX_DOMAIN) errors.push(tooLong(path, MAX_DOMAIN))
  addFirstBadLabel(domain, dnsLabel, path, errors)
  if (!domain.includes('.')) {
    errors.push(invalid(path, domain, 'should be a domain with at least two segments separated by dots'))
  }
  addFirstBadLabel(rest, dnsSubdomain, path, errors)
  if (byteLength(name) > MAX_NAME) errors.push(tooLong(path, MAX_NAME))
}

function addFirstBadLabel(segment: string, check: FormatCheck, path: FieldPath, errors: FieldErrors): void {
  for (const label of segment.split('.')) {
    const messages = check(label).map(message => `validating label ${goQuote(label)}: ${message}`)
    addInvalid(errors, path, segment, messages)
    if (messages.length > 0) return
  }
}
