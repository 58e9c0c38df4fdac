import type {
  Affinity,
  LabelSelector,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from '../../model/index.js'
import { addInvalid, type FieldErrors, forbidden, invalid, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { dnsLabel, dnsSubdomain, qualifiedName } from './formats.js'
import { validateLabelSelector } from './validate-metadata.js'

// kubernetes: pkg/apis/core/validation/validation.go validateAffinity and what it calls, v1.32, as all of this file.

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'

export function validateAffinity(affinity: Affinity | undefined, path: FieldPath, errors: FieldErrors): void {
  if (affinity?.nodeAffinity !== undefined)
    validateNodeAffinity(affinity.nodeAffinity, path.child('nodeAffinity'), errors)
  if (affinity?.podAffinity !== undefined) validatePodAffinity(affinity.podAffinity, path.child('podAffinity'), errors)
  if (affinity?.podAntiAffinity !== undefined) {
    validatePodAffinity(affinity.podAntiAffinity, path.child('podAntiAffinity'), errors)
  }
}

function validateNodeAffinity(
  affinity: NonNullable<Affinity['nodeAffinity']>,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const selector = affinity[REQUIRED]
  if (selector !== undefined) {
    validateNodeSelector(selector, path.child(REQUIRED), errors)
  }
  affinity[PREFERRED]?.forEach(({ weight, preference }, i) => {
    const at = path.child(PREFERRED).index(i)
    validateWeight(weight, at, errors)
    validateNodeTerm(preference, at.child('preference'), errors)
  })
}

/** ValidateNodeSelector. */
export function validateNodeSelector(selector: NodeSelector, path: FieldPath, errors: FieldErrors): void {
  const at = path.child('nodeSelectorTerms')
  const terms = selector.nodeSelectorTerms ?? []
  if (terms.length === 0) errors.push(required(at, 'must have at least one node selector term'))
  terms.forEach((term, i) => {
    validateNodeTerm(term, at.index(i), errors)
  })
}

function validateWeight(weight: number, path: FieldPath, errors: FieldErrors): void {
  if (weight <= 0 || weight > 100) errors.push(invalid(path.child('weight'), weight, 'must be in the range 1-100'))
}

function validateNodeTerm(term: NodeSelectorTerm, path: FieldPath, errors: FieldErrors): void {
  term.matchExpressions?.forEach((requirement, i) => {
    validateNodeExpression(requirement, path.child('matchExpressions').index(i), errors)
  })
  term.matchFields?.forEach((requirement, i) => {
    validateNodeField(requirement, path.child('matchFields').index(i), errors)
  })
}

function validateNodeExpression(requirement: NodeSelectorRequirement, path: FieldPath, errors: FieldErrors): void {
  const { key, operator, values = [] } = requirement
  const at = path.child('values')
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) errors.push(required(at, "must be specified when `operator` is 'In' or 'NotIn'"))
      break
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) {
        errors.push(forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
      }
      break
    case 'Gt':
    case 'Lt':
      if (values.length !== 1) {
        errors.push(required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'"))
      }
      break
    default:
      errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'))
  }
  addInvalid(errors, path.child('key'), key, qualifiedName(key))
}

function validateNodeField(requirement: NodeSelectorRequirement, path: FieldPath, errors: FieldErrors): void {
  const { key, operator, values = [] } = requirement
  if (operator !== 'In' && operator !== 'NotIn') {
    errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'))
  } else if (values.length !== 1) {
    const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"
    errors.push(required(path.child('values'), detail))
  }
  if (key !== 'metadata.name') errors.push(invalid(path.child('key'), key, 'not a valid field selector key'))
  else {
    values.forEach((value, i) => {
      addInvalid(errors, path.child('values').index(i), value, dnsSubdomain(value))
    })
  }
}

function validatePodAffinity(affinity: PodAffinity, path: FieldPath, errors: FieldErrors): void {
  affinity[REQUIRED]?.forEach((term, i) => {
    validatePodTerm(term, path.child(REQUIRED).index(i), errors)
  })
  affinity[PREFERRED]?.forEach(({ weight, podAffinityTerm }, i) => {
    const at = path.child(PREFERRED).index(i)
    validateWeight(weight, at, errors)
    validatePodTerm(podAffinityTerm, at.child('podAffinityTerm'), errors)
  })
}

function validatePodTerm(term: PodAffinityTerm, path: FieldPath, errors: FieldErrors): void {
  validateLabelSelector(term.labelSelector, path.child('labelSelector'), errors)
  validateLabelSelector(term.namespaceSelector, path.child('namespaceSelector'), errors)
  for (const name of term.namespaces ?? []) addInvalid(errors, path.child('namespace'), name, dnsLabel(name))
  validateMatchKeys(term, path, errors)
  if (term.topologyKey === '') errors.push(required(path.child('topologyKey'), 'can not be empty'))
  addInvalid(errors, path.child('topologyKey'), term.topologyKey, qualifiedName(term.topologyKey))
}

/** validateMatchLabelKeysAndMismatchLabelKeys: keys the API server has merged into the selector must not be there before. */
function validateMatchKeys(term: PodAffinityTerm, path: FieldPath, errors: FieldErrors): void {
  const { matchLabelKeys = [], mismatchLabelKeys = [], labelSelector } = term
  validateKeys(matchLabelKeys, labelSelector, path.child('matchLabelKeys'), errors)
  validateKeys(mismatchLabelKeys, labelSelector, path.child('mismatchLabelKeys'), errors)
  const inSelector = new Set(Object.keys(labelSelector?.matchLabels ?? {}))
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const i = matchLabelKeys.lastIndexOf(key)
    if (i !== -1 && inSelector.has(key)) {
      errors.push(invalid(path.index(i), key, 'exists in both matchLabelKeys and labelSelector'))
    }
    inSelector.add(key)
  }
  matchLabelKeys.forEach((key, i) => {
    if (!mismatchLabelKeys.includes(key)) return
    const detail = 'exists in both matchLabelKeys and mismatchLabelKeys'
    errors.push(invalid(path.child('matchLabelKeys').index(i), key, detail))
  })
}

function validateKeys(
  keys: readonly string[],
  selector: LabelSelector | undefined,
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (keys.length === 0) return
  if (selector === undefined) {
    return void errors.push(forbidden(path, 'must not be specified when labelSelector is not set'))
  }
  keys.forEach((key, i) => {
    addInvalid(errors, path.index(i), key, qualifiedName(key))
  })
}
