import {
  type ClusterRole,
  type ClusterRoleBinding,
  compareQuantities,
  type LimitRange,
  type LimitRangeItem,
  type PolicyRule,
  type Quantity,
  type ResourceList,
  type ResourceQuota,
  type Role,
  type RoleBinding,
  readQuantity,
  type ServiceAccount,
} from '../../model/index.js'
import { duplicate, type FieldError, type FieldErrors, invalid, notSupported, required } from './field-error.js'
import { FieldPath } from './field-path.js'
import { dnsSubdomain, pathSegment } from './formats.js'
import { validateObjectMeta } from './validate-metadata.js'
import { validateQuantity } from './validate-resources.js'

const METADATA = FieldPath.root('metadata')
const NAMED = { isNamespaced: true, checkName: dnsSubdomain }

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
    errors.push(
      invalid(
        path.child('scopes'),
        { literal: `[]core.ResourceQuotaScope{${scopes.map(each => JSON.stringify(each)).join(', ')}}` },
        'conflicting scopes',
      ),
    )
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

/** Pairs of lists of which the first may not be above the second, in upstream's order, with the list that the message is about. */
const ORDERED = [
  ['min', 'max', 'min'],
  ['min', 'defaultRequest', 'defaultRequest'],
  ['defaultRequest', 'max', 'defaultRequest'],
  ['defaultRequest', 'default', 'defaultRequest'],
  ['min', 'default', 'default'],
  ['default', 'max', 'default'],
] as const

const WORDS = { min: 'min', max: 'max', default: 'default', defaultRequest: 'default request' } as const

function checkItem(item: LimitRangeItem, path: FieldPath, errors: FieldErrors): void {
  const names = new Set(
    [item.min, item.max, item.default, item.defaultRequest].flatMap(list => Object.keys(list ?? {})),
  )
  for (const name of [...names].sort()) {
    for (const [low, high, field] of ORDERED) {
      const [one, other] = [amountIn(item[low], name), amountIn(item[high], name)]
      if (one === undefined || other === undefined || compareQuantities(one, other) <= 0) continue
      const limit = low === 'defaultRequest' && high === 'default' ? 'default limit' : WORDS[high]
      const detail = `${WORDS[low]} value ${one.text} is greater than ${limit} value ${other.text}`
      errors.push(invalid(path.child(field).key(name), item[field]?.[name], detail))
    }
  }
}

/** A quantity of a list; what is none is told by decoding. */
function amountIn(list: ResourceList | undefined, name: string): Quantity | undefined {
  const amount = list === undefined || !Object.hasOwn(list, name) ? undefined : readQuantity(list[name])
  return amount === undefined || 'problem' in amount ? undefined : amount
}

/** kubernetes: pkg/apis/rbac/validation/validation.go ValidateRole, ValidateClusterRole, v1.32. */
export function validateRole({ kind, metadata, rules = [] }: Role | ClusterRole): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, { isNamespaced: kind === 'Role', checkName: pathSegment }, METADATA, errors)
  rules.forEach((rule, i) => {
    checkRule(rule, kind === 'Role', FieldPath.root('rules').index(i), errors)
  })
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
      errors.push(
        invalid(path.child('nonResourceURLs'), { literal }, 'namespaced rules cannot apply to non-resource URLs'),
      )
    }
    return
  }
  if (apiGroups.length === 0)
    errors.push(required(path.child('apiGroups'), 'resource rules must supply at least one api group'))
  if (resources.length === 0)
    errors.push(required(path.child('resources'), 'resource rules must supply at least one resource'))
}

/** kubernetes: pkg/apis/rbac/validation/validation.go ValidateRoleBinding, ValidateClusterRoleBinding, v1.32. */
export function validateRoleBinding({
  kind,
  metadata,
  roleRef,
  subjects = [],
}: RoleBinding | ClusterRoleBinding): FieldError[] {
  const errors: FieldErrors = []
  const isNamespaced = kind === 'RoleBinding'
  const path = FieldPath.root('roleRef')
  validateObjectMeta(metadata, { isNamespaced, checkName: pathSegment }, METADATA, errors)
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole']
  if (roleRef.apiGroup !== RBAC && roleRef.apiGroup !== '')
    errors.push(notSupported(path.child('apiGroup'), roleRef.apiGroup, [RBAC]))
  if (!kinds.includes(roleRef.kind)) errors.push(notSupported(path.child('kind'), roleRef.kind, kinds))
  if (roleRef.name === '') errors.push(required(path.child('name')))
  subjects.forEach(({ kind: subject, name, namespace = '' }, i) => {
    const at = FieldPath.root('subjects').index(i)
    if (name === '') errors.push(required(at.child('name')))
    if (!SUBJECTS.includes(subject)) errors.push(notSupported(at.child('kind'), subject, SUBJECTS))
    else if (subject === 'ServiceAccount' && namespace === '' && !isNamespaced)
      errors.push(required(at.child('namespace')))
  })
  return errors
}

const RBAC = 'rbac.authorization.k8s.io'
const SUBJECTS = ['ServiceAccount', 'User', 'Group']
