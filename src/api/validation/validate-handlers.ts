import type { HTTPGetAction, IntOrString, Lifecycle, LifecycleHandler, Probe, SleepAction } from '../../model/index.js'
import { addInvalid, type FieldErrors, forbidden, invalid, notSupported, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { httpHeaderName, portName, portNumber } from './formats.js'
import type { PodValidation } from './pod-validation.js'
import { validateNonnegative } from './validate-metadata.js'

/** Which probe of a container; they differ in what they may say. */
export type ProbeName = 'livenessProbe' | 'readinessProbe' | 'startupProbe'

/** kubernetes: pkg/apis/core/validation/validation.go validateLivenessProbe and its siblings, v1.32 (R-1220). */
export function validateProbe(name: ProbeName, probe: Probe | undefined, path: FieldPath, pod: PodValidation): void {
  if (probe === undefined) return
  const { errors } = pod
  validateHandler(probe, path, pod)
  validateNonnegative(probe.initialDelaySeconds ?? 0, path.child('initialDelaySeconds'), errors)
  validateNonnegative(probe.timeoutSeconds ?? 0, path.child('timeoutSeconds'), errors)
  validateNonnegative(probe.periodSeconds ?? 0, path.child('periodSeconds'), errors)
  validateNonnegative(probe.successThreshold ?? 0, path.child('successThreshold'), errors)
  validateNonnegative(probe.failureThreshold ?? 0, path.child('failureThreshold'), errors)
  const grace = probe.terminationGracePeriodSeconds
  const gracePath = path.child('terminationGracePeriodSeconds')
  if (grace !== undefined && grace <= 0) errors.push(invalid(gracePath, grace, 'must be greater than 0'))
  if (name === 'readinessProbe') {
    if (grace !== undefined) errors.push(invalid(gracePath, grace, 'must not be set for readinessProbes'))
  } else if (probe.successThreshold !== 1) {
    errors.push(invalid(path.child('successThreshold'), probe.successThreshold ?? 0, 'must be 1'))
  }
}

/** validateLifecycle (R-1230). */
export function validateLifecycle(lifecycle: Lifecycle, path: FieldPath, pod: PodValidation): void {
  if (lifecycle.postStart !== undefined) validateHandler(lifecycle.postStart, path.child('postStart'), pod)
  if (lifecycle.preStop !== undefined) validateHandler(lifecycle.preStop, path.child('preStop'), pod)
}

/** Exactly one handler; the first is looked into, every further one is one too many. */
function validateHandler(handler: Probe & LifecycleHandler, path: FieldPath, pod: PodValidation): void {
  const { errors } = pod
  const present = (['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const).filter(key => handler[key] !== undefined)
  const [first, ...others] = present
  const at = first === undefined ? path : path.child(first)
  switch (first) {
    case undefined:
      errors.push(required(path, 'must specify a handler type'))
      break
    case 'exec':
      if ((handler.exec?.command ?? []).length === 0) errors.push(required(at.child('command')))
      break
    case 'httpGet':
      validateHttpGet(handler.httpGet as HTTPGetAction, at, errors)
      break
    case 'sleep':
      validateSleep(handler.sleep as SleepAction, at, pod)
      break
    default:
      validatePort(handler[first]?.port ?? 0, at.child('port'), errors)
  }
  for (const other of others) errors.push(forbidden(path.child(other), 'may not specify more than 1 handler type'))
}

function validateHttpGet(action: HTTPGetAction, path: FieldPath, errors: FieldErrors): void {
  if ((action.path ?? '') === '') errors.push(required(path.child('path')))
  validatePort(action.port, path.child('port'), errors)
  if (action.scheme !== 'HTTP' && action.scheme !== 'HTTPS') {
    errors.push(notSupported(path.child('scheme'), action.scheme ?? '', ['HTTP', 'HTTPS']))
  }
  for (const header of action.httpHeaders ?? []) {
    addInvalid(errors, path.child('httpHeaders'), header.name, httpHeaderName(header.name))
  }
}

/** ValidatePortNumOrName (R-1221). */
export function validatePort(port: IntOrString, path: FieldPath, errors: FieldErrors): void {
  addInvalid(errors, path, port, typeof port === 'number' ? portNumber(port) : portName(port))
}

/** validateSleepAction: despite its words, a sleep as long as the grace period is accepted. */
function validateSleep({ seconds }: SleepAction, path: FieldPath, { options, spec, errors }: PodValidation): void {
  const grace = spec.terminationGracePeriodSeconds
  if (grace === undefined) return
  if (seconds > grace || seconds < (options.allowZeroSleep === true ? 0 : 1)) {
    const detail =
      options.allowZeroSleep === true
        ? `must be non-negative and less than terminationGracePeriodSeconds (${grace})`
        : `must be greater than 0 and less than terminationGracePeriodSeconds (${grace}). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.`
    errors.push(invalid(path, seconds, detail))
  }
}
