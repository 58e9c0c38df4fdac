import type { ObjectMeta, Pod, PodSchedulingGate, PodSpec, Toleration } from '../../model/index.js'
import { differencesOf, formatDifferences } from './differences.js'
import { type FieldError, type FieldErrors, forbidden, invalid } from './field-error.js'
import { FieldPath } from './field-path.js'
import { inclusiveRange } from './formats.js'
import { type BadValue, goQuote, goStrings } from './go-text.js'
import type { ValidationOptions } from './pod-validation.js'
import { validateGatedUpdate } from './validate-gated-update.js'
import { validatePodMetadataAndSpec } from './validate-pod.js'

// kubernetes: pkg/apis/core/validation/validation.go ValidatePodUpdate and ValidatePodEphemeralContainersUpdate, v1.32;
// apimachinery: pkg/api/validation/objectmeta.go ValidateObjectMetaAccessorUpdate, v1.32 (R-1250, API-13, API-14).

const MAX_INT32 = 2 ** 31 - 1
const IMMUTABLE = 'field is immutable'
const METADATA = FieldPath.root('metadata')
const SPEC = FieldPath.root('spec')

const UPDATABLE_FIELDS = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',')

/**
 * Checks a defaulted pod that is to take the place of another, as the API server does; the answer is empty or lists what is
 * wrong, in upstream's order and words.
 *
 * An update that adds ephemeral containers counts as one of the subresource `pods/ephemeralcontainers`, the only one that may,
 * and the rest of it as one of the pod. The releases podwright knows do not differ in what an update may change: from 1.33 on
 * resources are changed through the subresource `pods/resize`, which is not this one.
 */
export function validatePodUpdate(before: Pod, after: Pod, options: ValidationOptions = {}): readonly FieldError[] {
  const errors: FieldErrors = []
  validateMetadataUpdate(before.metadata, after.metadata, errors)
  validatePodMetadataAndSpec(after, options, errors)
  validateAnnotationUpdate(before.metadata, after.metadata, errors)
  const addsEphemeral = hasNewEphemeral(before.spec, after.spec)
  if (addsEphemeral) validateEphemeralUpdate(before.spec, after.spec, errors)
  validateSpecUpdate(before.spec, after.spec, addsEphemeral, errors)
  return errors
}

function validateMetadataUpdate(before: ObjectMeta, after: ObjectMeta, errors: FieldErrors): void {
  if (before.deletionTimestamp !== undefined) {
    const added = (after.finalizers ?? []).filter(finalizer => !before.finalizers?.includes(finalizer))
    if (added.length > 0) {
      const { literal } = goStrings([...new Set(added)].sort())
      const detail = 'no new finalizers can be added if the object is being deleted, found new finalizers'
      errors.push(forbidden(METADATA.child('finalizers'), `${detail} ${literal}`))
    }
  }
  const fields = ['name', 'namespace', 'uid', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const
  for (const field of fields) {
    const value = after[field]
    if (value === before[field]) continue
    const shown = field === 'deletionTimestamp' && value !== undefined ? goTime(String(value)) : value
    errors.push(invalid(METADATA.child(field), shown, IMMUTABLE))
  }
}

/** Go prints an instant as `2025-01-01 00:00:10 +0000 UTC`. */
const goTime = (timestamp: string): BadValue => ({ literal: timestamp.replace('T', ' ').replace('Z', ' +0000 UTC') })

const MIRROR = 'kubernetes.io/config.mirror'
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/'

/** ValidatePodSpecificAnnotationUpdates, without the checks of the new annotations by themselves: they have been made. */
function validateAnnotationUpdate(before: ObjectMeta, after: ObjectMeta, errors: FieldErrors): void {
  const { annotations: old = {} } = before
  const { annotations: next = {} } = after
  const path = METADATA.child('annotations')
  const refuse = (key: string, verb: string): void => {
    if (key.startsWith(APPARMOR)) errors.push(forbidden(path.key(key), `may not ${verb} AppArmor annotations`))
    if (key === MIRROR) errors.push(forbidden(path.key(key), `may not ${verb} mirror pod annotation`))
  }
  for (const key of Object.keys(old).sort()) if (next[key] !== old[key]) refuse(key, 'remove or update')
  for (const key of Object.keys(next).sort()) if (!Object.hasOwn(old, key)) refuse(key, 'add')
}

const hasNewEphemeral = (before: PodSpec, after: PodSpec): boolean =>
  (after.ephemeralContainers ?? []).some(({ name }) => !before.ephemeralContainers?.some(old => old.name === name))

function validateEphemeralUpdate(before: PodSpec, after: PodSpec, errors: FieldErrors): void {
  const path = SPEC.child('ephemeralContainers')
  for (const old of before.ephemeralContainers ?? []) {
    const name = goQuote(old.name)
    const at = (after.ephemeralContainers ?? []).findLastIndex(each => each.name === old.name)
    if (at < 0) {
      // The line break at the end is upstream's.
      errors.push(forbidden(path, `existing ephemeral containers ${name} may not be removed\n`))
      continue
    }
    const differences = differencesOf('EphemeralContainer', old, after.ephemeralContainers?.[at], path.index(at))
    if (differences.length === 0) continue
    const detail = `existing ephemeral containers ${name} may not be changed`
    errors.push(forbidden(path, `${detail}\n${formatDifferences(differences)}`))
  }
}

function validateSpecUpdate(before: PodSpec, after: PodSpec, addsEphemeral: boolean, errors: FieldErrors): void {
  for (const list of ['containers', 'initContainers'] as const) {
    if ((before[list]?.length ?? 0) === (after[list]?.length ?? 0)) continue
    errors.push(forbidden(SPEC.child(list), 'pod updates may not add or remove containers'))
    return
  }
  if (!validateDeadlineUpdate(before.activeDeadlineSeconds, after.activeDeadlineSeconds, errors)) return
  validateTolerationUpdate(before.tolerations ?? [], after.tolerations ?? [], errors)
  validateGateUpdate(before.schedulingGates ?? [], after.schedulingGates ?? [], errors)
  const rest = { ...withUpdatableOf(before, after), ...(addsEphemeral && { ephemeralContainers: [] }) }
  const isGated = (before.schedulingGates ?? []).length > 0
  const kept = isGated ? validateGatedUpdate(before, rest, SPEC, errors) : rest
  const old = addsEphemeral ? { ...before, ephemeralContainers: [] } : before
  const differences = differencesOf('PodSpec', old, kept, SPEC)
  if (differences.length === 0) return
  const detail = `pod updates may not change fields other than ${UPDATABLE_FIELDS}`
  errors.push(forbidden(SPEC, `${detail}\n${formatDifferences(differences)}`))
}

/** Answers whether the other fields are looked at, too. */
function validateDeadlineUpdate(before: number | undefined, after: number | undefined, errors: FieldErrors): boolean {
  const path = SPEC.child('activeDeadlineSeconds')
  if (after === undefined) {
    const detail = 'must not update from a positive integer to nil value'
    if (before !== undefined) errors.push(invalid(path, after, detail))
    return true
  }
  const isInRange = after >= 0 && after <= MAX_INT32
  if (!isInRange) errors.push(invalid(path, after, inclusiveRange(0, MAX_INT32)))
  else if (before !== undefined && before < after) {
    errors.push(invalid(path, after, 'must be less than or equal to previous value'))
  } else return true
  return false
}

/** validateOnlyAddedTolerations, without the checks of the new tolerations by themselves. */
function validateTolerationUpdate(
  before: readonly Toleration[],
  after: readonly Toleration[],
  errors: FieldErrors,
): void {
  const keyOf = ({ key, operator, value, effect }: Toleration): string =>
    JSON.stringify([key, operator, value, effect].map(text => text ?? ''))
  const kept = new Set(after.map(keyOf))
  if (before.every(toleration => kept.has(keyOf(toleration)))) return
  const detail = 'existing toleration can not be modified except its tolerationSeconds'
  errors.push(forbidden(SPEC.child('tolerations'), detail))
}

/** validateOnlyDeletedSchedulingGates; Go walks its map of new gates in no order, here it is that of the gates. */
function validateGateUpdate(
  before: readonly PodSchedulingGate[],
  after: readonly PodSchedulingGate[],
  errors: FieldErrors,
): void {
  const known = new Set(before.map(({ name }) => name))
  const places = new Map(after.map(({ name }, i) => [name, i]))
  for (const [name, i] of places) {
    if (known.has(name)) continue
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`
    errors.push(forbidden(SPEC.child('schedulingGates').index(i).child('name'), detail))
  }
}

/** The new spec with the old one's values of the fields that an update may change. */
function withUpdatableOf(before: PodSpec, after: PodSpec): PodSpec {
  const { terminationGracePeriodSeconds: oldGrace = 0, initContainers: oldInit = [] } = before
  const isGraceMended = oldGrace < 0 && after.terminationGracePeriodSeconds === 1
  return {
    ...after,
    containers: after.containers.map((container, i) => ({ ...container, image: before.containers[i].image })),
    initContainers: (after.initContainers ?? []).map((container, i) => ({ ...container, image: oldInit[i].image })),
    activeDeadlineSeconds: before.activeDeadlineSeconds,
    schedulingGates: before.schedulingGates,
    tolerations: before.tolerations,
    terminationGracePeriodSeconds: isGraceMended ? oldGrace : after.terminationGracePeriodSeconds,
  }
}
