import type { ConfigMap, Namespace, Node, PodDisruptionBudget, PriorityClass, Secret } from '../../model/index.js'
import {
  addInvalid,
  duplicate,
  type FieldError,
  type FieldErrors,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from './field-error.js'
import { FieldPath } from './field-path.js'
import { configKey, dnsLabel, dnsSubdomain, labelValue, qualifiedName } from './formats.js'
import { byteLength, goQuote } from './go-text.js'
import { validateAtMostAll, validateIntOrPercent } from './int-or-percent.js'
import { validateLabelSelector, validateObjectMeta } from './validate-metadata.js'
import { validateQuantity } from './validate-resources.js'
import { validateTaintEffect } from './validate-scheduling.js'

const METADATA = FieldPath.root('metadata')
const NAMED = { isNamespaced: true, checkName: dnsSubdomain }
const CLUSTER_WIDE = { isNamespaced: false, checkName: dnsSubdomain }
const MAX_DATA_BYTES = 1024 * 1024
const HIGHEST_USER_PRIORITY = 1_000_000_000

/** The bytes a base64 text stands for. */
const decodedLength = (text: string): number => Math.floor((text.replace(/[=\r\n]/g, '').length * 3) / 4)

/** kubernetes: pkg/apis/core/validation/validation.go ValidateConfigMap, v1.32. */
export function validateConfigMap({ metadata, data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  let bytes = 0
  for (const key of Object.keys(data).sort()) {
    const at = FieldPath.root('data').key(key)
    addInvalid(errors, at, key, configKey(key))
    if (Object.hasOwn(binaryData, key)) errors.push(invalid(at, key, 'duplicate of key present in binaryData'))
    bytes += byteLength(data[key])
  }
  for (const key of Object.keys(binaryData).sort()) {
    addInvalid(errors, FieldPath.root('binaryData').key(key), key, configKey(key))
    bytes += decodedLength(binaryData[key])
  }
  if (bytes > MAX_DATA_BYTES) errors.push(tooLong(FieldPath.root(''), MAX_DATA_BYTES))
  return errors
}

/** What secrets of a type have to hold. */
const SECRET_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
}

/** ValidateSecret; what is inside docker configurations is not looked at. */
export function validateSecret({ metadata, type = '', data = {}, stringData = {} }: Secret): FieldError[] {
  const errors: FieldErrors = []
  const path = FieldPath.root('data')
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  // The API server writes stringData over data before it validates.
  const keys = [...new Set([...Object.keys(data), ...Object.keys(stringData)])].sort()
  const length = (key: string): number =>
    Object.hasOwn(stringData, key) ? byteLength(stringData[key]) : decodedLength(data[key])
  for (const key of keys) addInvalid(errors, path.key(key), key, configKey(key))
  if (keys.reduce((sum, key) => sum + length(key), 0) > MAX_DATA_BYTES) errors.push(tooLong(path, MAX_DATA_BYTES))
  if (type === 'kubernetes.io/service-account-token') {
    const account = 'kubernetes.io/service-account.name'
    if (!metadata.annotations?.[account]) errors.push(required(METADATA.child('annotations').key(account)))
  } else if (type === 'kubernetes.io/basic-auth') {
    if (!keys.includes('username') && !keys.includes('password')) {
      errors.push(required(path.key('username')), required(path.key('password')))
    }
  } else {
    for (const key of SECRET_KEYS[type] ?? []) if (!keys.includes(key)) errors.push(required(path.key(key)))
  }
  return errors
}

/** ValidateNamespace. */
export function validateNamespace({ metadata }: Namespace): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, { isNamespaced: false, checkName: dnsLabel }, METADATA, errors)
  return errors
}

/** ValidateNode, as far as scheduling reads it. */
export function validateNode({ metadata, spec, status }: Node): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, CLUSTER_WIDE, METADATA, errors)
  const seen = new Set<string>()
  spec?.taints?.forEach(({ key, value = '', effect }, i) => {
    const at = FieldPath.root('spec').child('taints').index(i)
    addInvalid(errors, at.child('key'), key, qualifiedName(key))
    const messages = labelValue(value)
    if (messages.length > 0) errors.push(invalid(at.child('value'), value, messages.join(';')))
    if ((effect as string) === '') errors.push(required(at.child('effect')))
    else validateTaintEffect(effect, at.child('effect'), errors)
    const pair = `${key}:${effect}`
    if (seen.has(pair)) {
      const literal = `core.Taint{Key:${goQuote(key)}, Value:${goQuote(value)}, Effect:${goQuote(effect)}, TimeAdded:<nil>}`
      errors.push(duplicate(at, { literal }, 'taints must be unique by key and effect pair'))
    }
    seen.add(pair)
  })
  for (const list of ['capacity', 'allocatable'] as const) {
    for (const [name, amount] of Object.entries(status?.[list] ?? {})) {
      validateQuantity(name, amount, FieldPath.root('status').child(list).key(name), errors)
    }
  }
  return errors
}

/** kubernetes: pkg/apis/scheduling/validation/validation.go ValidatePriorityClass. */
export function validatePriorityClass({ metadata, value, preemptionPolicy }: PriorityClass): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, CLUSTER_WIDE, METADATA, errors)
  const name = metadata.name ?? ''
  const system: Readonly<Record<string, number>> = {
    'system-cluster-critical': 2_000_000_000,
    'system-node-critical': 2_000_001_000,
  }
  if (name.startsWith('system-')) {
    if (system[name] === value) return errors
    const detail = `priority class names with 'system-' prefix are reserved for system use only. error: ${name} is not a known system priority class`
    errors.push(forbidden(METADATA.child('name'), detail))
  } else if (value > HIGHEST_USER_PRIORITY) {
    const detail = `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`
    errors.push(forbidden(FieldPath.root('value'), detail))
  }
  const policies = ['PreemptLowerPriority', 'Never']
  if (preemptionPolicy !== undefined && !policies.includes(preemptionPolicy)) {
    errors.push(notSupported(FieldPath.root('preemptionPolicy'), preemptionPolicy, policies))
  }
  return errors
}

/** kubernetes: pkg/apis/policy/validation/validation.go ValidatePodDisruptionBudget. */
export function validatePodDisruptionBudget({ metadata, spec }: PodDisruptionBudget): FieldError[] {
  const errors: FieldErrors = []
  const path = FieldPath.root('spec')
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined) {
    const literal = 'policy.PodDisruptionBudgetSpec{}'
    errors.push(invalid(path, { literal }, 'minAvailable and maxUnavailable cannot be both set'))
  }
  for (const field of ['minAvailable', 'maxUnavailable'] as const) {
    const value = spec[field]
    if (value === undefined) continue
    validateIntOrPercent(value, path.child(field), errors)
    validateAtMostAll(value, path.child(field), errors)
  }
  validateLabelSelector(spec.selector, path.child('selector'), errors)
  const policies = ['AlwaysAllow', 'IfHealthyBudget']
  const policy = spec.unhealthyPodEvictionPolicy
  if (policy !== undefined && !policies.includes(policy)) {
    errors.push(notSupported(path.child('unhealthyPodEvictionPolicy'), policy, policies))
  }
  return errors
}
