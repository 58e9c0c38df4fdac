import type { ObjectMeta, PodSpec, SecurityProfile, Toleration } from '../../model/index.js'
import { type FieldErrors, forbidden, invalid } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { goQuote } from './go-text.js'
import { validateLocalPath } from './paths.js'
import { visitContainers } from './pod-validation.js'
import { validateTolerations } from './validate-scheduling.js'

// kubernetes: pkg/apis/core/validation/validation.go ValidatePodSpecificAnnotations and the checks that annotations and
// fields agree, v1.32.

const MIRROR = 'kubernetes.io/config.mirror'
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations'
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod'
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/'
const APPARMOR_CONTAINER = 'container.apparmor.security.beta.kubernetes.io/'

export function validatePodAnnotations(
  metadata: ObjectMeta,
  spec: PodSpec,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const annotations = metadata.annotations ?? {}
  const mirror = annotations[MIRROR]
  if (mirror !== undefined && (spec.nodeName ?? '') === '') {
    errors.push(invalid(path.key(MIRROR), mirror, 'must set spec.nodeName if mirror pod annotation is set'))
  }
  validateTolerationsAnnotation(annotations[TOLERATIONS] ?? '', path, errors)
  const cost = annotations[DELETION_COST]
  if (cost !== undefined && !isInt32(cost)) {
    errors.push(invalid(path.key(DELETION_COST), cost, 'must be a 32bit integer'))
  }
  const seccomp = annotations[SECCOMP_POD]
  if (seccomp !== undefined) validateSeccompText(seccomp, path.child(SECCOMP_POD), errors)
  const keys = Object.keys(annotations).sort()
  for (const key of keys.filter(key => key.startsWith(SECCOMP_CONTAINER))) {
    validateSeccompText(annotations[key], path.child(key), errors)
  }
  for (const key of keys.filter(key => key.startsWith(APPARMOR_CONTAINER))) {
    validateAppArmorText(key, annotations[key], spec, path, errors)
  }
}

const isInt32 = (text: string): boolean =>
  /^(?:0|-?[0-9]+)$/.test(text) && !/^0./.test(text) && Number(text) === (Number(text) | 0)

function validateTolerationsAnnotation(text: string, path: FieldPath, errors: FieldErrors): void {
  if (text === '') return
  const tolerations = parseList(text)
  if (tolerations === undefined) {
    errors.push(invalid(path, TOLERATIONS, `invalid JSON list of tolerations: ${goQuote(text.slice(0, 80))}`))
  } else validateTolerations(tolerations as readonly Toleration[], path.child(TOLERATIONS), errors)
}

function parseList(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter(entry => typeof entry === 'object' && entry !== null) : undefined
  } catch {
    return undefined
  }
}

function validateSeccompText(profile: string, path: FieldPath, errors: FieldErrors): void {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return
  if (profile.startsWith('localhost/')) validateLocalPath(profile.slice('localhost/'.length), path, errors)
  else errors.push(invalid(path, profile, 'must be a valid seccomp profile'))
}

function validateAppArmorText(key: string, profile: string, spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const name = key.slice(APPARMOR_CONTAINER.length)
  let hasContainer = false
  visitContainers(spec, path, container => {
    if (container.name === name) hasContainer = true
  })
  if (!hasContainer) errors.push(invalid(path.key(key), name, 'container not found'))
  const isKnown = ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith('localhost/')
  if (!isKnown) errors.push(invalid(path.key(key), profile, `invalid AppArmor profile name: ${goQuote(profile)}`))
}

/** validateSeccompAnnotationsAndFields: where both are given they have to say the same. */
export function validateSeccompAgreement(
  metadata: ObjectMeta,
  spec: PodSpec,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const annotations = metadata.annotations ?? {}
  const ofPod = spec.securityContext?.seccompProfile
  const names = ['runtime/default', 'docker/default']
  checkAgreement(
    annotations[SECCOMP_POD],
    ofPod,
    'seccomp',
    names,
    path.child('securityContext', 'seccompProfile'),
    errors,
  )
  visitContainers(spec, path, (container, at) => {
    const profile = container.securityContext?.seccompProfile
    const text = annotations[SECCOMP_CONTAINER + container.name]
    checkAgreement(text, profile, 'seccomp', names, at.child('securityContext', 'seccompProfile'), errors)
  })
}

/** validateAppArmorAnnotationsAndFieldsMatchOnCreate. */
export function validateAppArmorAgreement(
  metadata: ObjectMeta,
  spec: PodSpec,
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (spec.os?.name === 'windows') return
  const annotations = metadata.annotations ?? {}
  const ofPod = spec.securityContext?.appArmorProfile
  visitContainers(spec, path, (container, at) => {
    const profile = container.securityContext?.appArmorProfile ?? ofPod
    const text = annotations[APPARMOR_CONTAINER + container.name]
    checkAgreement(
      text,
      profile,
      'apparmor',
      ['runtime/default'],
      at.child('securityContext', 'appArmorProfile'),
      errors,
    )
  })
}

function checkAgreement(
  annotation: string | undefined,
  profile: SecurityProfile | undefined,
  what: 'seccomp' | 'apparmor',
  defaultNames: readonly string[],
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (annotation === undefined || profile === undefined) return
  const typesDiffer = forbidden(path.child('type'), `${what} type in annotation and field must match`)
  if (profile.type === 'Unconfined') {
    if (annotation !== 'unconfined') errors.push(typesDiffer)
  } else if (profile.type === 'RuntimeDefault') {
    if (!defaultNames.includes(annotation)) errors.push(typesDiffer)
  } else if (profile.type === 'Localhost') {
    if (!annotation.startsWith('localhost/')) errors.push(typesDiffer)
    else if (annotation.slice('localhost/'.length) !== profile.localhostProfile) {
      errors.push(forbidden(path.child('localhostProfile'), `${what} profile in annotation and field must match`))
    }
  }
}
