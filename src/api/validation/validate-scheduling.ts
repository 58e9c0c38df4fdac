import type { PodSchedulingGate, Toleration, TopologySpreadConstraint } from '../../model/index.js'
import { addInvalid, duplicate, type FieldErrors, forbidden, invalid, notSupported, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { labelValue, qualifiedName } from './formats.js'
import { validateLabelSelector } from './validate-metadata.js'

// kubernetes: pkg/apis/core/validation/validation.go ValidateTolerations, validateTopologySpreadConstraints and
// validateSchedulingGates, v1.32.

const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

export function validateTolerations(tolerations: readonly Toleration[], path: FieldPath, errors: FieldErrors): void {
  tolerations.forEach((toleration, i) => {
    const at = path.index(i)
    const { key = '', operator = '', value = '', effect = '' } = toleration
    if (key !== '') addInvalid(errors, at.child('key'), key, qualifiedName(key))
    else if (operator !== 'Exists') {
      const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'
      errors.push(invalid(at.child('operator'), operator, detail))
    }
    if (toleration.tolerationSeconds !== undefined && effect !== 'NoExecute') {
      const detail = "effect must be 'NoExecute' when `tolerationSeconds` is set"
      errors.push(invalid(at.child('effect'), effect, detail))
    }
    validateOperator(operator, value, at.child('operator'), errors)
    if (effect !== '') validateTaintEffect(effect, at.child('effect'), errors)
  })
}

function validateOperator(operator: string, value: string, path: FieldPath, errors: FieldErrors): void {
  if (operator === '' || operator === 'Equal') {
    const messages = labelValue(value)
    if (messages.length > 0) errors.push(invalid(path, value, messages.join(';')))
  } else if (operator === 'Exists') {
    if (value !== '') errors.push(invalid(path, value, "value must be empty when `operator` is 'Exists'"))
  } else errors.push(notSupported(path, operator, ['Equal', 'Exists']))
}

export function validateTaintEffect(effect: string, path: FieldPath, errors: FieldErrors): void {
  if (!TAINT_EFFECTS.includes(effect)) errors.push(notSupported(path, effect, TAINT_EFFECTS))
}

export function validateTopologySpread(
  constraints: readonly TopologySpreadConstraint[],
  path: FieldPath,
  errors: FieldErrors,
): void {
  constraints.forEach((constraint, i) => {
    const at = path.index(i)
    const { maxSkew, topologyKey, whenUnsatisfiable } = constraint
    if (maxSkew <= 0) errors.push(invalid(at.child('maxSkew'), maxSkew, 'must be greater than zero'))
    if (topologyKey === '') errors.push(required(at.child('topologyKey'), 'can not be empty'))
    const actions = ['DoNotSchedule', 'ScheduleAnyway']
    if (!actions.includes(whenUnsatisfiable)) {
      errors.push(notSupported(at.child('whenUnsatisfiable'), whenUnsatisfiable, actions))
    }
    const isRepeated = constraints
      .slice(i + 1)
      .some(other => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable)
    if (isRepeated) {
      errors.push(duplicate(at.child('{topologyKey, whenUnsatisfiable}'), `{${topologyKey}, ${whenUnsatisfiable}}`))
    }
    validateMinDomains(constraint, at.child('minDomains'), errors)
    for (const policy of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const value = constraint[policy]
      if (value !== undefined && !['Honor', 'Ignore'].includes(value)) {
        errors.push(notSupported(at.child(policy), value, ['Honor', 'Ignore']))
      }
    }
    validateMatchKeys(constraint, at.child('matchLabelKeys'), errors)
    validateLabelSelector(constraint.labelSelector, at.child('labelSelector'), errors)
  })
}

function validateMinDomains(constraint: TopologySpreadConstraint, path: FieldPath, errors: FieldErrors): void {
  const { minDomains, whenUnsatisfiable } = constraint
  if (minDomains === undefined) return
  if (minDomains <= 0) errors.push(invalid(path, minDomains, 'must be greater than zero'))
  if (whenUnsatisfiable !== 'DoNotSchedule') {
    const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`
    errors.push(invalid(path, minDomains, detail))
  }
}

function validateMatchKeys(constraint: TopologySpreadConstraint, path: FieldPath, errors: FieldErrors): void {
  const { matchLabelKeys = [], labelSelector } = constraint
  if (matchLabelKeys.length === 0) return
  if (labelSelector === undefined) errors.push(forbidden(path, 'must not be specified when labelSelector is not set'))
  const inSelector = new Set([
    ...Object.keys(labelSelector?.matchLabels ?? {}),
    ...(labelSelector?.matchExpressions ?? []).map(expression => expression.key),
  ])
  matchLabelKeys.forEach((key, i) => {
    addInvalid(errors, path.index(i), key, qualifiedName(key))
    if (inSelector.has(key)) {
      errors.push(invalid(path.index(i), key, 'exists in both matchLabelKeys and labelSelector'))
    }
  })
}

export function validateSchedulingGates(
  gates: readonly PodSchedulingGate[],
  path: FieldPath,
  errors: FieldErrors,
): void {
  const seen = new Set<string>()
  gates.forEach(({ name }, i) => {
    addInvalid(errors, path.index(i), name, qualifiedName(name))
    if (seen.has(name)) errors.push(duplicate(path.index(i), name))
    seen.add(name)
  })
}
