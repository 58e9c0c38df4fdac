import type { Container, ContainerPort, ContainerResizePolicy, EphemeralContainer } from '../../model/index.js'
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
import { dnsLabel, portName, portNumber } from './formats.js'
import { goQuote } from './go-text.js'
import type { PodValidation } from './pod-validation.js'
import { validateEnv, validateEnvFrom } from './validate-env.js'
import { validateLifecycle, validateProbe } from './validate-handlers.js'
import { validateDevices, validateMounts } from './validate-mounts.js'
import { validateResources } from './validate-resources.js'
import { forbidSidecarRules, validateRestartPolicy } from './validate-restart-policy.js'
import { validateSecurityContext } from './validate-security.js'
import { validatePullPolicy } from './validate-volumes.js'

// kubernetes: pkg/apis/core/validation/validation.go validateContainers and its siblings, v1.32 (R-1210 to R-1242).

export function validateContainers(path: FieldPath, pod: PodValidation): void {
  const { errors, spec } = pod
  if (spec.containers.length === 0) return void errors.push(required(path))
  const names = new Set<string>()
  spec.containers.forEach((container, i) => {
    const at = path.index(i)
    validateCommon(container, at, pod)
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name))
    names.add(container.name)
    validateRunning(container, at, pod)
    if (pod.options.containerRestartRules === true) validateRestartPolicy(container, at, errors)
    else if (container.restartPolicy !== undefined) {
      errors.push(forbidden(at.child('restartPolicy'), 'may not be set for non-init containers'))
    }
  })
  validateHostPorts(spec.containers, path, errors)
}

/** What only containers have that keep running: hooks and probes. */
function validateRunning(container: Container, path: FieldPath, pod: PodValidation): void {
  if (container.lifecycle !== undefined) validateLifecycle(container.lifecycle, path.child('lifecycle'), pod)
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    validateProbe(probe, container[probe], path.child(probe), pod)
  }
}

export function validateInitContainers(path: FieldPath, pod: PodValidation): void {
  const { errors, spec } = pod
  const names = new Set(spec.containers.map(container => container.name))
  spec.initContainers?.forEach((container, i) => {
    const at = path.index(i)
    validateCommon(container, at, pod)
    const { restartPolicy } = container
    if (restartPolicy === 'Always') forbidSidecarRules(container, at, errors)
    else if (pod.options.containerRestartRules === true) validateRestartPolicy(container, at, errors)
    else if (restartPolicy !== undefined) {
      errors.push(notSupported(at.child('restartPolicy'), restartPolicy, ['Always']))
    }
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name))
    else if (container.name !== '') names.add(container.name)
    validateHostPorts([container], path, errors)
    if (restartPolicy === 'Always') validateRunning(container, at, pod)
    else {
      for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
        if (container[field] === undefined) continue
        errors.push(forbidden(at.child(field), 'may not be set for init containers without restartPolicy=Always'))
      }
    }
    if ((container.resizePolicy ?? []).length > 0) {
      const literal = goResizePolicies(container.resizePolicy ?? [])
      errors.push(invalid(at.child('resizePolicy'), { literal }, 'must not be set for init containers'))
    }
  })
}

const goResizePolicies = (policies: readonly ContainerResizePolicy[]): string =>
  `[]core.ContainerResizePolicy{${policies
    .map(
      ({ resourceName, restartPolicy }) =>
        `core.ContainerResizePolicy{ResourceName:${goQuote(resourceName)}, RestartPolicy:${goQuote(restartPolicy)}}`,
    )
    .join(', ')}}`

/** What an ephemeral container may not have, in the order of the API's fields. */
const NOT_EPHEMERAL: readonly (keyof EphemeralContainer)[] = [
  ...(['ports', 'resources', 'resizePolicy', 'restartPolicy', 'restartPolicyRules', 'livenessProbe'] as const),
  ...(['readinessProbe', 'startupProbe', 'lifecycle'] as const),
]

export function validateEphemeralContainers(path: FieldPath, pod: PodValidation): void {
  const { errors, spec } = pod
  const others = new Set([...spec.containers, ...(spec.initContainers ?? [])].map(container => container.name))
  const names = new Set(others)
  spec.ephemeralContainers?.forEach((container, i) => {
    const at = path.index(i)
    validateCommon(container, at, pod)
    validateImageSpace(container, at, errors)
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name))
    names.add(container.name)
    const target = container.targetContainerName ?? ''
    if (target !== '' && !others.has(target)) errors.push(notFound(at.child('targetContainerName'), target))
    for (const field of NOT_EPHEMERAL) {
      const value = container[field]
      if (value === undefined || (field === 'resources' && Object.keys(value as object).length === 0)) continue
      errors.push(forbidden(at.child(field), 'cannot be set for an Ephemeral Container'))
    }
    container.volumeMounts?.forEach((mount, j) => {
      for (const field of ['subPath', 'subPathExpr'] as const) {
        if ((mount[field] ?? '') === '') continue
        const detail = 'cannot be set for an Ephemeral Container'
        errors.push(forbidden(at.child('volumeMounts').index(j).child(field), detail))
      }
    })
  })
}

/** validateContainerOnlyForPod: a template's image may still be filled in by something else. */
export function validateImageSpace({ image = '' }: Container, path: FieldPath, errors: FieldErrors): void {
  if (image.trim() !== image) {
    errors.push(invalid(path.child('image'), image, 'must not have leading or trailing whitespace'))
  }
}

/** validateContainerCommon: the checks every container goes through. */
function validateCommon(container: Container, path: FieldPath, pod: PodValidation): void {
  const { errors } = pod
  const { name, image = '', terminationMessagePolicy: messagePolicy = '' } = container
  if (name === '') errors.push(required(path.child('name')))
  else addInvalid(errors, path.child('name'), name, dnsLabel(name))
  if (image === '') errors.push(required(path.child('image')))
  const messagePolicies = ['File', 'FallbackToLogsOnError']
  if (messagePolicy === '') errors.push(required(path.child('terminationMessagePolicy')))
  else if (!messagePolicies.includes(messagePolicy)) {
    errors.push(notSupported(path.child('terminationMessagePolicy'), messagePolicy, messagePolicies))
  }
  validatePorts(container.ports ?? [], path.child('ports'), errors)
  validateEnv(container.env ?? [], path.child('env'), errors)
  validateEnvFrom(container.envFrom ?? [], path.child('envFrom'), errors)
  validateMounts(container, path.child('volumeMounts'), pod)
  validateDevices(container, path.child('volumeDevices'), pod)
  validatePullPolicy(container.imagePullPolicy, path.child('imagePullPolicy'), errors)
  validateResources(container.resources ?? {}, 'container', pod.claimNames, path.child('resources'), errors)
  validateResizePolicy(container.resizePolicy ?? [], pod.spec.restartPolicy, path.child('resizePolicy'), errors)
  validateSecurityContext(container.securityContext, path.child('securityContext'), pod.spec.hostUsers ?? true, errors)
}

function validatePorts(ports: readonly ContainerPort[], path: FieldPath, errors: FieldErrors): void {
  const names = new Set<string>()
  ports.forEach(({ name = '', containerPort, hostPort = 0, protocol = '' }, i) => {
    const at = path.index(i)
    if (name !== '') {
      const messages = portName(name)
      addInvalid(errors, at.child('name'), name, messages)
      if (messages.length === 0 && names.has(name)) errors.push(duplicate(at.child('name'), name))
      if (messages.length === 0) names.add(name)
    }
    if (containerPort === 0) errors.push(required(at.child('containerPort')))
    else addInvalid(errors, at.child('containerPort'), containerPort, portNumber(containerPort))
    if (hostPort !== 0) addInvalid(errors, at.child('hostPort'), hostPort, portNumber(hostPort))
    const protocols = ['SCTP', 'TCP', 'UDP']
    if (protocol === '') errors.push(required(at.child('protocol')))
    else if (!protocols.includes(protocol)) errors.push(notSupported(at.child('protocol'), protocol, protocols))
  })
}

/** checkHostPortConflicts: two ports of the same protocol, address and number. */
function validateHostPorts(containers: readonly Container[], path: FieldPath, errors: FieldErrors): void {
  const taken = new Set<string>()
  containers.forEach((container, i) => {
    container.ports?.forEach(({ hostPort = 0, hostIP = '', protocol = '' }, j) => {
      if (hostPort === 0) return
      const key = `${protocol}/${hostIP}/${hostPort}`
      if (taken.has(key)) errors.push(duplicate(path.index(i).child('ports').index(j).child('hostPort'), key))
      taken.add(key)
    })
  })
}

function validateResizePolicy(
  policies: readonly ContainerResizePolicy[],
  podRestartPolicy: string | undefined,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const seen = new Set<string>()
  policies.forEach(({ resourceName, restartPolicy }, i) => {
    const literal = { literal: resourceName }
    if (seen.has(resourceName)) errors.push(duplicate(path.index(i), literal))
    seen.add(resourceName)
    if (resourceName === '') errors.push(required(path))
    else if (!['cpu', 'memory'].includes(resourceName)) errors.push(notSupported(path, literal, ['cpu', 'memory']))
    const supported = ['NotRequired', 'RestartContainer']
    if ((restartPolicy as string) === '') errors.push(required(path))
    else if (!supported.includes(restartPolicy)) errors.push(notSupported(path, restartPolicy, supported))
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      errors.push(invalid(path, restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'"))
    }
  })
}
