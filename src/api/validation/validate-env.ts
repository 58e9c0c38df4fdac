import {
  type EnvFromSource,
  type EnvVar,
  type KeySelector,
  type ObjectFieldSelector,
  type OptionalReference,
  type ResourceFieldSelector,
  readQuantity,
} from '../../model/index.js'
import { addInvalid, type FieldErrors, invalid, notSupported, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { configKey, dnsSubdomain, envVarName, qualifiedName } from './formats.js'

// kubernetes: pkg/apis/core/validation/validation.go ValidateEnv and what it calls, v1.32, as all of this file.

export function validateEnv(variables: readonly EnvVar[], path: FieldPath, errors: FieldErrors): void {
  variables.forEach((variable, i) => {
    const at = path.index(i)
    if (variable.name === '') errors.push(required(at.child('name')))
    else addInvalid(errors, at.child('name'), variable.name, envVarName(variable.name))
    validateValueFrom(variable, at.child('valueFrom'), errors)
  })
}

const ENV_FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]

function validateValueFrom({ value = '', valueFrom }: EnvVar, path: FieldPath, errors: FieldErrors): void {
  if (valueFrom === undefined) return
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom
  if (fieldRef !== undefined) validateFieldSelector(fieldRef, ENV_FIELD_PATHS, path.child('fieldRef'), errors)
  if (resourceFieldRef !== undefined) {
    validateResourceSelector(resourceFieldRef, false, path.child('resourceFieldRef'), errors)
  }
  if (configMapKeyRef !== undefined) validateKeySelector(configMapKeyRef, path.child('configMapKeyRef'), errors)
  if (secretKeyRef !== undefined) validateKeySelector(secretKeyRef, path.child('secretKeyRef'), errors)
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef].filter(source => source !== undefined)
  if (sources.length === 0) {
    const detail = 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`'
    errors.push(invalid(path, '', detail))
  } else if (value !== '') errors.push(invalid(path, '', 'may not be specified when `value` is not empty'))
  else if (sources.length > 1) errors.push(invalid(path, '', 'may not have more than one field specified at a time'))
}

/** What `fieldRef` can name at all (podshelper ConvertDownwardAPIFieldLabel); env and volumes allow parts of it. */
const POD_FIELD_PATHS = new Set([
  ...ENV_FIELD_PATHS,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
])

export function validateFieldSelector(
  selector: ObjectFieldSelector,
  allowed: readonly string[],
  path: FieldPath,
  errors: FieldErrors,
): void {
  const { apiVersion = '', fieldPath } = selector
  if (apiVersion === '') return void errors.push(required(path.child('apiVersion')))
  if (fieldPath === '') return void errors.push(required(path.child('fieldPath')))
  const subscripted = /^(.+?)\['(.*)'\]$/s.exec(fieldPath)
  const problem = conversionProblem(apiVersion, fieldPath, subscripted?.[1])
  if (problem !== undefined) {
    errors.push(invalid(path.child('fieldPath'), fieldPath, `error converting fieldPath: ${problem}`))
  } else if (subscripted !== null) {
    const key = subscripted[1] === 'metadata.annotations' ? subscripted[2].toLowerCase() : subscripted[2]
    addInvalid(errors, path, key, qualifiedName(key))
  } else {
    const internal = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath
    if (!allowed.includes(internal)) errors.push(notSupported(path.child('fieldPath'), internal, [...allowed].sort()))
  }
}

function conversionProblem(apiVersion: string, fieldPath: string, subscripted: string | undefined): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`
  if (subscripted !== undefined) {
    const isMap = subscripted === 'metadata.annotations' || subscripted === 'metadata.labels'
    return isMap ? undefined : `field label does not support subscript: ${fieldPath}`
  }
  return POD_FIELD_PATHS.has(fieldPath) || fieldPath === 'spec.host'
    ? undefined
    : `field label not supported: ${fieldPath}`
}

const CONTAINER_RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
]
const isHugePages = (resource: string): boolean => /^(?:requests|limits)\.hugepages-/.test(resource)

export function validateResourceSelector(
  selector: ResourceFieldSelector,
  isVolume: boolean,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const { containerName = '', resource } = selector
  if (isVolume && containerName === '') errors.push(required(path.child('containerName')))
  else if (resource === '') errors.push(required(path.child('resource')))
  else if (!CONTAINER_RESOURCES.includes(resource) && !isHugePages(resource)) {
    errors.push(notSupported(path.child('resource'), resource, CONTAINER_RESOURCES))
  }
  validateDivisor(resource, selector.divisor ?? '0', path.child('divisor'), errors)
}

const SIZES = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei']

function validateDivisor(resource: string, divisor: string, path: FieldPath, errors: FieldErrors): void {
  const quantity = readQuantity(divisor)
  if ('problem' in quantity || quantity.nanos === 0n) return
  const what = divisorSubject(resource)
  if (what === undefined) return
  if (what === 'cpu') {
    if (quantity.text !== '1m' && quantity.text !== '1') {
      errors.push(invalid(path, resource, "only divisor's values 1m and 1 are supported with the cpu resource"))
    }
  } else if (!SIZES.includes(quantity.text)) {
    errors.push(
      invalid(path, resource, `only divisor's values ${SIZES.join(', ')} are supported with the ${what} resource`),
    )
  }
}

function divisorSubject(resource: string): string | undefined {
  if (isHugePages(resource)) return 'hugepages'
  if (!CONTAINER_RESOURCES.includes(resource)) return undefined
  const name = resource.slice(resource.indexOf('.') + 1)
  return name === 'ephemeral-storage' ? 'local ephemeral storage' : name
}

function validateKeySelector(selector: KeySelector, path: FieldPath, errors: FieldErrors): void {
  const { name = '', key } = selector
  addInvalid(errors, path.child('name'), name, dnsSubdomain(name))
  if (key === '') errors.push(required(path.child('key')))
  else addInvalid(errors, path.child('key'), key, configKey(key))
}

export function validateEnvFrom(sources: readonly EnvFromSource[], path: FieldPath, errors: FieldErrors): void {
  sources.forEach(({ prefix = '', configMapRef, secretRef }, i) => {
    const at = path.index(i)
    if (prefix !== '') addInvalid(errors, at.child('prefix'), prefix, envVarName(prefix))
    if (configMapRef !== undefined) validateReference(configMapRef, at.child('configMapRef'), errors)
    if (secretRef !== undefined) validateReference(secretRef, at.child('secretRef'), errors)
    if (configMapRef === undefined && secretRef === undefined) {
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'))
    } else if (configMapRef !== undefined && secretRef !== undefined) {
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'))
    }
  })
}

function validateReference({ name = '' }: OptionalReference, path: FieldPath, errors: FieldErrors): void {
  if (name === '') return void errors.push(required(path.child('name')))
  // Upstream checks it as a prefix: a dash at the end passes.
  const masked = name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name
  addInvalid(errors, path.child('name'), name, dnsSubdomain(masked))
}
