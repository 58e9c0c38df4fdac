import {
  type ClusterRole,
  type ClusterRoleBinding,
  compareQuantities,
  type LimitRange,
  type LimitRangeItem,
  type PolicyRule,
  parseQuantity,
  readQuantity,
  type ResourceList,
  type ResourceQuota,
  type Role,
  type RoleBinding,
  type ServiceAccount,
} from '../../model/index.js'
import { duplicate, type FieldError, type FieldErrors, invalid, notSupported, required } from './field-error.js'
import { FieldPath } from './field-path.js'
import { dnsSubdomain } from './formats.js'
import { validateObjectMeta } from './validate-metadata.js'
import { validateQuantity } from './validate-resources.js'

const METADATA = FieldPath.root('metadata')
const NAMED = { isNamespaced: true, checkName: dnsSubdomain }

/** A name that may stand in a path (apimachinery: pkg/api/validation/path/name.go IsValidPathSegmentName). */
const pathSegment = (name: string): string[] => {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter(each => name.includes(each)).map(each => `may not contain '${each}'`)
}

/** kubernetes: pkg/apis/core/validation/validation.go ValidateServiceAccount, v1.32. */
export function validateServiceAccount({ metadata }: ServiceAccount): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  return errors
}

/** kubernetes: pkg/apis/core/validation/validation.go ValidateResourceQuota, v1.32. */
export function validateResourceQuota({ metadata, spec = {} }: ResourceQuota): FieldError[] {
  const errors: FieldErrors = []
  const path = FieldPath.root('spec')
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  for (const name of Object.keys(spec.hard ?? {}).sort())
    validateQuantity(name, spec.hard?.[name] ?? '', path.child('hard').key(name), errors)
  const scopes = spec.scopes ?? []
  const isPair = (one: string, other: string): boolean => scopes.includes(one) && scopes.includes(other)
  if (isPair('BestEffort', 'NotBestEffort') || isPair('Terminating', 'NotTerminating'))
    errors.push(invalid(path.child('scopes'), { literal: `[]core.ResourceQuotaScope{${scopes.map(each => JSON.stringify(each)).join(', ')}}` }, 'conflicting scopes'))
  return errors
}

/** kubernetes: pkg/apis/core/validation/validation.go ValidateLimitRange, v1.32. */
export function validateLimitRange({ metadata, spec }: LimitRange): FieldError[] {
  const errors: FieldErrors = []
  const path = FieldPath.root('spec').child('limits')
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  const seen = new Set<string>()
  spec.limits.forEach((item, i) => {
    if (seen.has(item.type)) errors.push(duplicate(path.index(i).child('type'), item.type))
    seen.add(item.type)
    checkItem(item, path.index(i), errors)
  })
  return errors
}

/** Pairs of lists of which the first may not be above the second. */
const ORDERED = [
  ['min', 'max'],
  ['min', 'defaultRequest'],
  ['defaultRequest', 'max'],
  ['defaultRequest', 'default'],
  ['min', 'default'],
  ['default', 'max'],
] as const

const WORDS = { min: 'min', max: 'max', default: 'default', defaultRequest: 'default request' } as const

function checkItem(item: LimitRangeItem, path: FieldPath, errors: FieldErrors): void {
  const lists: Readonly<Record<string, ResourceList | undefined>> = { ...item } as never
  for (const [low, high] of ORDERED) {
    for (const name of Object.keys(lists[low] ?? {}).sort()) {
      const [one, other] = [lists[low]?.[name], lists[high]?.[name]]
      if (one === undefined || other === undefined || !isQuantity(one) || !isQuantity(other)) continue
      if (compareQuantities(parseQuantity(one), parseQuantity(other)) <= 0) continue
      errors.push(invalid(path.child(low).key(name), one, `${WORDS[low]} value ${one} is greater than ${WORDS[high]} value ${other}`))
    }
  }
}

const isQuantity = (text: string): boolean => !('problem' in readQuantity(text))

/** kubernetes: pkg/apis/rbac/validation/validation.go ValidateRole, ValidateClusterRole, v1.32. */
export function validateRole({ kind, metadata, rules = [] }: Role | ClusterRole): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, { isNamespaced: kind === 'Role', checkName: pathSegment }, METADATA, errors)
  rules.forEach((rule, i) => checkRule(rule, kind === 'Role', FieldPath.root('rules').index(i), errors))
  return errors
}

function checkRule(
  { verbs, apiGroups = [], resources = [], nonResourceURLs = [] }: PolicyRule,
  isNamespaced: boolean,
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (verbs.length === 0) errors.push(required(path.child('verbs'), 'verbs must contain at least one value'))
  if (nonResourceURLs.length > 0) {
    if (isNamespaced) {
      const literal = `[]string{${nonResourceURLs.map(each => JSON.stringify(each)).join(', ')}}`
      errors.push(invalid(path.child('nonResourceURLs'), { literal }, 'namespaced rules cannot apply to non-resource URLs'))
    }
    return
  }
  if (apiGroups.length === 0) errors.push(required(path.child('apiGroups'), 'resource rules must supply at least one api group'))
  if (resources.length === 0) errors.push(required(path.child('resources'), 'resource rules must supply at least one resource'))
}

/** kubernetes: pkg/apis/rbac/validation/validation.go ValidateRoleBinding, ValidateClusterRoleBinding, v1.32. */
export function validateRoleBinding({ kind, metadata, roleRef, subjects = [] }: RoleBinding | ClusterRoleBinding): FieldError[] {
  const errors: FieldErrors = []
  const isNamespaced = kind === 'RoleBinding'
  const path = FieldPath.root('roleRef')
  validateObjectMeta(metadata, { isNamespaced, checkName: pathSegment }, METADATA, errors)
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole']
  if (roleRef.apiGroup !== RBAC && roleRef.apiGroup !== '') errors.push(notSupported(path.child('apiGroup'), roleRef.apiGroup, [RBAC]))
  if (!kinds.includes(roleRef.kind)) errors.push(notSupported(path.child('kind'), roleRef.kind, kinds))
  if (roleRef.name === '') errors.push(required(path.child('name')))
  subjects.forEach(({ kind: subject, name, namespace = '' }, i) => {
    const at = FieldPath.root('subjects').index(i)
    if (name === '') errors.push(required(at.child('name')))
    if (!SUBJECTS.includes(subject)) errors.push(notSupported(at.child('kind'), subject, SUBJECTS))
    else if (subject === 'ServiceAccount' && namespace === '' && !isNamespaced) errors.push(required(at.child('namespace')))
  })
  return errors
}

const RBAC = 'rbac.authorization.k8s.io'
const SUBJECTS = ['ServiceAccount', 'User', 'Group']
