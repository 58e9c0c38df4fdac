import type { ObjectMeta, Pod, PodResourceClaim, PodSpec, PodTemplateSpec } from '../../model/index.js'
import {
  addInvalid,
  duplicate,
  type FieldError,
  type FieldErrors,
  forbidden,
  invalid,
  notSupported,
  required,
} from './field-error.js'
import { FieldPath } from './field-path.js'
import { dnsLabel, dnsSubdomain, inclusiveRange, qualifiedName } from './formats.js'
import { goQuote } from './go-text.js'
import type { PodValidation, ValidationOptions } from './pod-validation.js'
import { validateAffinity } from './validate-affinity.js'
import {
  validateContainers,
  validateEphemeralContainers,
  validateImageSpace,
  validateInitContainers,
} from './validate-containers.js'
import { validateDnsConfig, validateDnsPolicy, validateHostAliases } from './validate-dns.js'
import { validateAnnotations, validateLabels, validateObjectMeta } from './validate-metadata.js'
import {
  validateAppArmorAgreement,
  validatePodAnnotations,
  validateSeccompAgreement,
} from './validate-pod-annotations.js'
import { validatePodResources } from './validate-pod-resources.js'
import { validateResources } from './validate-resources.js'
import { validateSchedulingGates, validateTolerations, validateTopologySpread } from './validate-scheduling.js'
import { validatePodSecurityContext } from './validate-security.js'
import { validateVolumes } from './validate-volumes.js'
import { validateHostProcess, validateOs } from './validate-windows.js'

const MAX_INT32 = 2 ** 31 - 1

/**
 * Checks a defaulted pod as the API server does when it is created; the answer is empty or lists what is wrong, in
 * upstream's order and words.
 *
 * kubernetes: pkg/apis/core/validation/validation.go ValidatePodCreate, v1.32 (R-1201 to R-1242).
 */
export function validatePod(pod: Pod, options: ValidationOptions = {}): FieldError[] {
  const errors: FieldErrors = []
  const { metadata, spec } = pod
  const path = FieldPath.root('spec')
  validatePodMetadataAndSpec(pod, options, errors)
  if ((spec.ephemeralContainers ?? []).length > 0) {
    errors.push(forbidden(path.child('ephemeralContainers'), 'cannot be set on create'))
  }
  if ((spec.nodeName ?? '') !== '' && (spec.schedulingGates ?? []).length > 0) {
    errors.push(forbidden(path.child('nodeName'), 'cannot be set until all schedulingGates have been cleared'))
  }
  validateSeccompAgreement(metadata, spec, path, errors)
  validateAppArmorAgreement(metadata, spec, path, errors)
  return errors
}

/** What a pod has to fulfil whenever it is written: validatePodMetadataAndSpec. */
export function validatePodMetadataAndSpec(pod: Pod, options: ValidationOptions, errors: FieldErrors): void {
  const { metadata, spec } = pod
  const path = FieldPath.root('spec')
  const metadataPath = FieldPath.root('metadata')
  validateObjectMeta(metadata, { isNamespaced: true, checkName: dnsSubdomain }, metadataPath, errors)
  validatePodAnnotations(metadata, spec, metadataPath.child('annotations'), errors)
  validatePodSpec(spec, metadata, true, path, options, errors)
  validateTokens(spec, path, errors)
  for (const list of ['containers', 'initContainers'] as const) {
    spec[list]?.forEach((container, i) => {
      validateImageSpace(container, path.child(list).index(i), errors)
    })
  }
}

/** Checks the template of a workload: ValidatePodTemplateSpec. */
export function validatePodTemplate(
  template: PodTemplateSpec,
  path: FieldPath,
  options: ValidationOptions,
  errors: FieldErrors,
): void {
  const { metadata = {}, spec } = template
  validateLabels(metadata.labels, path.child('labels'), errors)
  validateAnnotations(metadata.annotations, path.child('annotations'), errors)
  validatePodAnnotations(metadata, spec, path.child('annotations'), errors)
  validatePodSpec(spec, undefined, false, path.child('spec'), options, errors)
  validateSeccompAgreement(metadata, spec, path.child('spec'), errors)
  validateAppArmorAgreement(metadata, spec, path.child('spec'), errors)
  if ((spec.ephemeralContainers ?? []).length > 0) {
    errors.push(
      forbidden(path.child('spec', 'ephemeralContainers'), 'ephemeral containers not allowed in pod template'),
    )
  }
}

/** ValidatePodSpec. */
function validatePodSpec(
  spec: PodSpec,
  metadata: ObjectMeta | undefined,
  isPod: boolean,
  path: FieldPath,
  options: ValidationOptions,
  errors: FieldErrors,
): void {
  const claimNames = new Set((spec.resourceClaims ?? []).map(claim => claim.name).filter(name => name !== ''))
  const pod: PodValidation = { options, errors, spec, metadata, isPod, volumes: new Map(), claimNames }
  if (spec.terminationGracePeriodSeconds === undefined) {
    errors.push(required(path.child('terminationGracePeriodSeconds')))
  }
  validateVolumes(path.child('volumes'), pod)
  validateResourceClaims(spec.resourceClaims ?? [], metadata, path.child('resourceClaims'), errors)
  validateContainers(path.child('containers'), pod)
  validateInitContainers(path.child('initContainers'), pod)
  validateEphemeralContainers(path.child('ephemeralContainers'), pod)
  if (options.podLevelResources === true) validatePodResources(pod, path.child('resources'))
  validateHostNetworkPorts(pod, path.child('containers'))
  validateChoice(spec.restartPolicy, ['Always', 'OnFailure', 'Never'], path.child('restartPolicy'), errors)
  validateDnsPolicy(spec.dnsPolicy, path.child('dnsPolicy'), errors)
  validateLabels(spec.nodeSelector, path.child('nodeSelector'), errors)
  validatePodSecurityContext(spec, path.child('securityContext'), errors)
  validateAffinity(spec.affinity, path.child('affinity'), errors)
  validateDnsConfig(spec, path.child('dnsConfig'), errors)
  spec.readinessGates?.forEach(({ conditionType }, i) => {
    const at = path.child('readinessGates').index(i).child('conditionType')
    addInvalid(errors, at, conditionType, qualifiedName(conditionType))
  })
  validateSchedulingGates(spec.schedulingGates ?? [], path.child('schedulingGates'), errors)
  validateTopologySpread(spec.topologySpreadConstraints ?? [], path.child('topologySpreadConstraints'), errors)
  validateHostProcess(spec, path, errors)
  validateHostUsers(spec, path, errors)
  validateScalars(spec, path, errors)
  validateOs(spec, path, errors)
}

/** The fields that stand alone, in the order ValidatePodSpec comes to them. */
function validateScalars(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  // Conversion fills serviceAccountName from its old name.
  const account = spec.serviceAccountName || spec.serviceAccount || ''
  const named = (field: string, value: string | undefined, check: typeof dnsLabel): void => {
    if (value !== undefined && value !== '') addInvalid(errors, path.child(field), value, check(value))
  }
  named('serviceAccountName', account, dnsSubdomain)
  named('nodeName', spec.nodeName, dnsSubdomain)
  const deadline = spec.activeDeadlineSeconds
  if (deadline !== undefined && (deadline < 1 || deadline > MAX_INT32)) {
    errors.push(invalid(path.child('activeDeadlineSeconds'), deadline, inclusiveRange(1, MAX_INT32)))
  }
  named('hostname', spec.hostname, dnsLabel)
  named('subdomain', spec.subdomain, dnsLabel)
  validateTolerations(spec.tolerations ?? [], path.child('tolerations'), errors)
  validateHostAliases(spec.hostAliases ?? [], path.child('hostAliases'), errors)
  named('priorityClassName', spec.priorityClassName, dnsSubdomain)
  if (spec.runtimeClassName !== undefined) {
    addInvalid(errors, path.child('runtimeClassName'), spec.runtimeClassName, dnsSubdomain(spec.runtimeClassName))
  }
  if (spec.preemptionPolicy !== undefined) {
    const policies = ['PreemptLowerPriority', 'Never']
    validateChoice(spec.preemptionPolicy, policies, path.child('preemptionPolicy'), errors)
  }
  if (spec.overhead !== undefined) {
    validateResources({ limits: spec.overhead }, 'container', new Set(), path.child('overhead'), errors)
  }
}

export function validateChoice(
  value: string | undefined,
  supported: readonly string[],
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (value === undefined || value === '') errors.push(required(path))
  else if (!supported.includes(value)) errors.push(notSupported(path, value, supported))
}

function validateResourceClaims(
  claims: readonly PodResourceClaim[],
  metadata: ObjectMeta | undefined,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const isStatic = metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined
  const names = new Set<string>()
  claims.forEach((claim, i) => {
    if (isStatic) errors.push(forbidden(FieldPath.root(''), 'static pods do not support resource claims'))
    else validateResourceClaim(claim, names, path.index(i), errors)
  })
}

function validateResourceClaim(
  claim: PodResourceClaim,
  names: Set<string>,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const { name, resourceClaimName: direct, resourceClaimTemplateName: template } = claim
  if (name === '') errors.push(required(path.child('name')))
  else if (names.has(name)) errors.push(duplicate(path.child('name'), name))
  else addInvalid(errors, path.child('name'), name, dnsLabel(name))
  names.add(name)
  const literal = { literal: goClaim(claim) }
  if (direct !== undefined && template !== undefined) {
    const detail = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified'
    errors.push(invalid(path, literal, detail))
  }
  if (direct === undefined && template === undefined) {
    errors.push(invalid(path, literal, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'))
  }
  if (direct !== undefined) addInvalid(errors, path.child('resourceClaimName'), direct, dnsSubdomain(direct))
  if (template !== undefined) {
    addInvalid(errors, path.child('resourceClaimTemplateName'), template, dnsSubdomain(template))
  }
}

function goClaim({ name, resourceClaimName, resourceClaimTemplateName }: PodResourceClaim): string {
  const pointer = (value: string | undefined) => `(*string)(${value === undefined ? 'nil' : '0xc000000000'})`
  const fields = `ResourceClaimName:${pointer(resourceClaimName)}, ResourceClaimTemplateName:${pointer(resourceClaimTemplateName)}`
  return `core.PodResourceClaim{Name:${goQuote(name)}, ${fields}}`
}

/** validatePodHostNetworkDeps: in a template the host port may still be missing. */
function validateHostNetworkPorts({ spec, errors, isPod }: PodValidation, path: FieldPath): void {
  if (spec.hostNetwork !== true) return
  spec.containers.forEach((container, i) => {
    container.ports?.forEach(({ hostPort = 0, containerPort }, j) => {
      if ((!isPod && hostPort === 0) || hostPort === containerPort) return
      const at = path.index(i).child('ports').index(j).child('hostPort')
      errors.push(invalid(at, hostPort, 'must match `containerPort` when `hostNetwork` is true'))
    })
  })
}

function validateHostUsers(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  if (spec.hostUsers ?? true) return
  const detail = 'when `pod.Spec.HostUsers` is false'
  if (spec.hostNetwork === true) errors.push(forbidden(path.child('hostNetwork'), detail))
  if (spec.hostPID === true) errors.push(forbidden(path.child('HostPID'), detail))
  if (spec.hostIPC === true) errors.push(forbidden(path.child('HostIPC'), detail))
}

/** A pod made before its service account is known cannot ask for that account's token. */
function validateTokens(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  if ((spec.serviceAccountName || spec.serviceAccount || '') !== '') return
  spec.volumes?.forEach((volume, i) => {
    volume.projected?.sources?.forEach((source, j) => {
      if (source.serviceAccountToken === undefined) return
      const at = path.child('volumes').index(i).child('projected', 'sources').index(j).child('serviceAccountToken')
      errors.push(forbidden(at, 'must not be specified when serviceAccountName is not set'))
    })
  })
}
