import {
  parseQuantity,
  type Quantity,
  type ResourceClaim,
  type ResourceRequirements,
  readQuantity,
} from '../../model/index.js'
import {
  addInvalid,
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
} from './field-error.js'
import type { FieldPath } from './field-path.js'
import { dnsLabel, qualifiedName } from './formats.js'
import { goQuantity } from './go-quantity.js'
import type { GoLiteral } from './go-text.js'

// kubernetes: pkg/apis/core/validation/validation.go validateResourceRequirements, pkg/apis/core/helper/helpers.go, v1.32.

/** Whose resources they are: containers may have any resource, pods cpu and memory only. */
export type ResourceOwner = 'container' | 'pod'

const INTEGER_RESOURCES = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
])
const STANDARD_RESOURCES = new Set([
  ...INTEGER_RESOURCES,
  ...['cpu', 'memory', 'ephemeral-storage', 'storage'],
  ...['requests.cpu', 'requests.memory', 'requests.ephemeral-storage', 'requests.storage'],
  ...['limits.cpu', 'limits.memory', 'limits.ephemeral-storage'],
])
const CONTAINER_RESOURCES = new Set(['cpu', 'memory', 'ephemeral-storage'])

const isHugePages = (name: string): boolean => name.startsWith('hugepages-')
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/')
const isOvercommittable = (name: string): boolean => isNative(name) && !isHugePages(name)
const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && qualifiedName(`requests.${name}`).length === 0
const isStandard = (name: string): boolean =>
  STANDARD_RESOURCES.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-')

/** A ResourceName prints itself, so that it stands in messages without quotes. */
const unquoted = (name: string): GoLiteral => ({ literal: name })

export function validateResources(
  resources: ResourceRequirements,
  owner: ResourceOwner,
  claimNames: ReadonlySet<string>,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const { limits = {}, requests = {} } = resources
  const limitsPath = path.child('limits')
  const requestsPath = path.child('requests')
  for (const name of Object.keys(limits).sort()) {
    const at = limitsPath.key(name)
    validateName(name, owner, at, errors)
    validateQuantity(name, limits[name], at, errors)
    validateHugePages(name, limits[name], at, errors)
  }
  for (const name of Object.keys(requests).sort()) {
    const at = requestsPath.key(name)
    validateName(name, owner, at, errors)
    validateQuantity(name, requests[name], at, errors)
    validateAgainstLimit(name, requests[name], limits[name], requestsPath, limitsPath, errors)
    validateHugePages(name, requests[name], at, errors)
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)]
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory')) {
    errors.push(forbidden(path, 'HugePages require cpu or memory'))
  }
  validateClaims(resources.claims ?? [], claimNames, path.child('claims'), errors)
}

/** core/v1 ValidateContainerResourceName. */
export const validateContainerResourceName = (name: string, path: FieldPath, errors: FieldErrors): void =>
  validateName(name, 'container', path, errors)

function validateName(name: string, owner: ResourceOwner, path: FieldPath, errors: FieldErrors): void {
  const before = errors.length
  addInvalid(errors, path, unquoted(name), qualifiedName(name))
  if (errors.length === before && !name.includes('/') && !isStandard(name)) {
    errors.push(invalid(path, unquoted(name), 'must be a standard resource type or fully qualified'))
  }
  if (owner === 'container') validateContainerName(name, path, errors)
  else if (errors.length === before && !['cpu', 'memory'].includes(name) && !isHugePages(name)) {
    errors.push(notSupported(path, unquoted(name), ['cpu', 'memory']))
  }
}

function validateContainerName(name: string, path: FieldPath, errors: FieldErrors): void {
  if (name.split('/').length === 1) {
    if (CONTAINER_RESOURCES.has(name) || isHugePages(name)) return
    errors.push(invalid(path, unquoted(name), 'must be a standard resource for containers'))
  } else if (!isNative(name) && !isExtended(name)) {
    errors.push(invalid(path, unquoted(name), "doesn't follow extended resource name standard"))
  }
}

/** ValidateResourceQuantityValue. */
export function validateQuantity(name: string, text: string, path: FieldPath, errors: FieldErrors): void {
  const quantity = roundedToMilli(text)
  if (quantity.nanos < 0n) errors.push(invalid(path, quantity.text, 'must be greater than or equal to 0'))
  if ((INTEGER_RESOURCES.has(name) || isExtended(name)) && quantity.nanos % 1_000_000_000n !== 0n) {
    errors.push(invalid(path, { literal: goQuantity(text) }, 'must be an integer'))
  }
}

/** Defaulting has rounded what finer amounts there were. */
function roundedToMilli(text: string): Quantity {
  const quantity = parseQuantity(text)
  const rest = quantity.nanos % 1_000_000n
  if (rest === 0n) return quantity
  const nanos = quantity.nanos - rest + (rest > 0n ? 1_000_000n : -1_000_000n)
  return parseQuantity(`${nanos / 1_000_000n}m`)
}

function validateAgainstLimit(
  name: string,
  request: string,
  limit: string | undefined,
  requestsPath: FieldPath,
  limitsPath: FieldPath,
  errors: FieldErrors,
): void {
  if (limit === undefined) {
    if (!isOvercommittable(name)) {
      errors.push(required(limitsPath, 'Limit must be set for non overcommitable resources'))
    }
    return
  }
  const [asked, allowed] = [roundedToMilli(request), roundedToMilli(limit)]
  if (asked.nanos !== allowed.nanos && !isOvercommittable(name)) {
    errors.push(invalid(requestsPath, asked.text, `must be equal to ${name} limit of ${allowed.text}`))
  } else if (asked.nanos > allowed.nanos) {
    errors.push(invalid(requestsPath, asked.text, `must be less than or equal to ${name} limit of ${allowed.text}`))
  }
}

/** The amount has to be a whole number of pages. */
function validateHugePages(name: string, text: string, path: FieldPath, errors: FieldErrors): void {
  if (!isHugePages(name)) return
  const page = readQuantity(name.slice('hugepages-'.length))
  const amount = roundedToMilli(text)
  const isWhole =
    !('problem' in page) &&
    page.nanos > 0n &&
    page.nanos % 1_000_000_000n === 0n &&
    wholeUnits(amount) % (page.nanos / 1_000_000_000n) === 0n
  if (!isWhole) errors.push(invalid(path, amount.text, `${amount.text} is not positive integer multiple of ${name}`))
}

/** Quantity.Value rounds up. */
const wholeUnits = ({ nanos }: Quantity): bigint => (nanos + (nanos > 0n ? 999_999_999n : 0n)) / 1_000_000_000n

/** validateResourceClaimNames. */
function validateClaims(
  claims: readonly ResourceClaim[],
  claimNames: ReadonlySet<string>,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const seen = new Set<string>()
  claims.forEach((claim, i) => {
    if (claim.name === '') errors.push(required(path.index(i)))
    else validateClaim(claim, seen, claimNames, path.index(i), errors)
  })
}

function validateClaim(
  { name, request = '' }: ResourceClaim,
  seen: Set<string>,
  claimNames: ReadonlySet<string>,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const key = request === '' ? name : `${name}/${request}`
  if (seen.has(name)) errors.push(duplicate(path, name))
  else {
    if (request !== '') addInvalid(errors, path.child('request'), request, dnsLabel(request))
    if (seen.has(key)) errors.push(duplicate(path, key))
    else if (request === '') {
      for (const other of seen) if (other.startsWith(`${name}/`)) errors.push(duplicate(path, name))
    }
    seen.add(key)
  }
  if (claimNames.has(name)) return
  const known = claimNames.size === 0 ? ' which is empty' : `: ${[...claimNames].sort().join(', ')}`
  errors.push(notFound(path, name, `must be one of the names in pod.spec.resourceClaims${known}`))
}
