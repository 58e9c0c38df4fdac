import type { Container } from '../../model/index.js'
import { type FieldErrors, forbidden, notSupported, required, tooMany } from './field-error.js'
import type { FieldPath } from './field-path.js'

const POLICIES: readonly string[] = ['Always', 'OnFailure', 'Never']
const ACTIONS: readonly string[] = ['Restart']
const OPERATORS: readonly string[] = ['In', 'NotIn']
const MOST_RULES = 20
const MOST_EXIT_CODES = 255

/**
 * The restart policy and rules that a container has of its own; only with `Profile.containerRestartRules`.
 *
 * kubernetes: pkg/apis/core/validation/validation.go validateContainerRestartPolicy, v1.35 (R-1213).
 */
export function validateRestartPolicy(container: Container, path: FieldPath, errors: FieldErrors): void {
  const { restartPolicy, restartPolicyRules: rules = [] } = container
  const at = path.child('restartPolicyRules')
  if (restartPolicy === undefined) {
    if (rules.length > 0) {
      errors.push(required(path.child('restartPolicy'), 'must specify restartPolicy when restart rules are used'))
    }
  } else if (!POLICIES.includes(restartPolicy)) {
    errors.push(notSupported(path.child('restartPolicy'), restartPolicy, POLICIES))
  }
  if (rules.length > MOST_RULES) errors.push(tooMany(at, rules.length, MOST_RULES))
  rules.forEach(({ action = '', exitCodes }, i) => {
    const rule = at.index(i)
    if (!ACTIONS.includes(action)) errors.push(notSupported(rule.child('action'), action, ACTIONS))
    if (exitCodes === undefined) {
      errors.push(required(rule.child('exitCodes'), 'must be specified'))
      return
    }
    const { operator = '', values = [] } = exitCodes
    const codes = rule.child('exitCodes')
    if (!OPERATORS.includes(operator)) errors.push(notSupported(codes.child('operator'), operator, OPERATORS))
    if (values.length > MOST_EXIT_CODES) errors.push(tooMany(codes.child('values'), values.length, MOST_EXIT_CODES))
  })
}

/** A sidecar is always restarted, and has no rules. That it is refused is known of the API server, its words are not. */
export function forbidSidecarRules({ restartPolicyRules = [] }: Container, path: FieldPath, errors: FieldErrors): void {
  if (restartPolicyRules.length === 0) return
  errors.push(
    forbidden(path.child('restartPolicyRules'), 'may not be set for init containers with restartPolicy=Always'),
  )
}
