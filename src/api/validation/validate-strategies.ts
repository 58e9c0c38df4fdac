import type { DaemonSetSpec, DeploymentSpec, IntOrString, StatefulSetSpec } from '../../model/index.js'
import { type FieldErrors, forbidden, invalid, notSupported, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { goQuote } from './go-text.js'
import { goIntOrString, intOrPercentValue, validateAtMostAll, validateIntOrPercent } from './int-or-percent.js'
import { validateNonnegative } from './validate-metadata.js'

// kubernetes: pkg/apis/apps/validation/validation.go ValidateDeploymentStrategy and its siblings, v1.32.

/** A strategy is quoted as a struct; `rollingUpdate` is never set where that happens. */
const goStrategy = (name: string, type: string, rollingUpdate: string) => ({
  literal: `apps.${name}{Type:${goQuote(type)}, RollingUpdate:(*apps.${rollingUpdate})(nil)}`,
})

export function validateDeploymentStrategy({ strategy }: DeploymentSpec, path: FieldPath, errors: FieldErrors): void {
  const { type = '', rollingUpdate } = (strategy ?? {}) as { type?: string; rollingUpdate?: RollingUpdate }
  const at = path.child('rollingUpdate')
  if (type === 'Recreate') {
    if (rollingUpdate !== undefined) {
      errors.push(forbidden(at, "may not be specified when strategy `type` is 'Recreate'"))
    }
  } else if (type !== 'RollingUpdate') {
    const value = goStrategy('DeploymentStrategy', type, 'RollingUpdateDeployment')
    errors.push(notSupported(path, value, ['Recreate', 'RollingUpdate']))
  } else if (rollingUpdate === undefined) errors.push(required(at, 'this should be defaulted and never be nil'))
  else {
    const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate
    validateIntOrPercent(maxUnavailable, at.child('maxUnavailable'), errors)
    validateIntOrPercent(maxSurge, at.child('maxSurge'), errors)
    if (intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0) {
      const detail = 'may not be 0 when `maxSurge` is 0'
      errors.push(invalid(at.child('maxUnavailable'), goIntOrString(maxUnavailable), detail))
    }
    validateAtMostAll(maxUnavailable, at.child('maxUnavailable'), errors)
  }
}

interface RollingUpdate {
  readonly maxUnavailable?: IntOrString
  readonly maxSurge?: IntOrString
  readonly partition?: number
}

export function validateStatefulSetStrategy(
  { updateStrategy }: StatefulSetSpec,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const { type = '', rollingUpdate } = (updateStrategy ?? {}) as { type?: string; rollingUpdate?: RollingUpdate }
  const at = path.child('rollingUpdate')
  if (type === '') errors.push(required(path))
  else if (type === 'OnDelete') {
    if (rollingUpdate === undefined) return
    const partition = rollingUpdate.partition ?? 0
    const literal = `apps.RollingUpdateStatefulSetStrategy{Partition:${partition}, MaxUnavailable:(*intstr.IntOrString)(nil)}`
    errors.push(invalid(at, { literal }, "only allowed for updateStrategy 'RollingUpdate'"))
  } else if (type !== 'RollingUpdate') {
    const value = goStrategy('StatefulSetUpdateStrategy', type, 'RollingUpdateStatefulSetStrategy')
    errors.push(invalid(path, value, "must be 'RollingUpdate' or 'OnDelete'"))
  } else if (rollingUpdate !== undefined) {
    validateNonnegative(rollingUpdate.partition ?? 0, at.child('partition'), errors)
    const { maxUnavailable } = rollingUpdate
    if (maxUnavailable === undefined) return
    validateIntOrPercent(maxUnavailable, at.child('maxUnavailable'), errors)
    if (intOrPercentValue(maxUnavailable) === 0) {
      errors.push(invalid(at.child('maxUnavailable'), goIntOrString(maxUnavailable), 'cannot be 0'))
    }
    validateAtMostAll(maxUnavailable, at.child('maxUnavailable'), errors)
  }
}

export function validateDaemonSetStrategy(
  { updateStrategy }: DaemonSetSpec,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const { type = '', rollingUpdate } = (updateStrategy ?? {}) as { type?: string; rollingUpdate?: RollingUpdate }
  const at = path.child('rollingUpdate')
  if (type === 'OnDelete') return
  if (type !== 'RollingUpdate') {
    const value = goStrategy('DaemonSetUpdateStrategy', type, 'RollingUpdateDaemonSet')
    return void errors.push(notSupported(path, value, ['RollingUpdate', 'OnDelete']))
  }
  if (rollingUpdate === undefined) return void errors.push(required(at))
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate
  validateIntOrPercent(maxUnavailable, at.child('maxUnavailable'), errors)
  validateIntOrPercent(maxSurge, at.child('maxSurge'), errors)
  validateAtMostAll(maxUnavailable, at.child('maxUnavailable'), errors)
  validateAtMostAll(maxSurge, at.child('maxSurge'), errors)
  const hasUnavailable = intOrPercentValue(maxUnavailable) !== 0
  const hasSurge = intOrPercentValue(maxSurge) !== 0
  if (hasUnavailable && hasSurge) {
    const detail = 'may not be set when maxUnavailable is non-zero'
    errors.push(invalid(at.child('maxSurge'), goIntOrString(maxSurge), detail))
  } else if (!hasUnavailable && !hasSurge) {
    errors.push(required(at.child('maxUnavailable'), 'cannot be 0 when maxSurge is 0'))
  }
}
