import {
  type CrossVersionObjectReference,
  compareQuantities,
  type HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerSpec,
  type HpaScalingRules,
  type MetricSpec,
  type MetricTarget,
  type NamedMetricSource,
  parseQuantity,
  type ResourceMetricSource,
} from '../../model/index.js'
import {
  addInvalid,
  type FieldError,
  type FieldErrors,
  forbidden,
  invalid,
  notSupported,
  required,
} from './field-error.js'
import { FieldPath } from './field-path.js'
import { dnsLabel, dnsSubdomain, pathSegment } from './formats.js'
import { goQuantity } from './go-quantity.js'
import { validateObjectMeta } from './validate-metadata.js'
import { validateContainerResourceName } from './validate-resources.js'

// kubernetes: pkg/apis/autoscaling/validation/validation.go, v1.32, as all of this file.

const MOST_WINDOW_SECONDS = 3600
const MOST_PERIOD_SECONDS = 1800

/** ValidateHorizontalPodAutoscaler; scaling to zero replicas is an alpha feature that is off. */
export function validateAutoscaler({ metadata, spec }: HorizontalPodAutoscaler): FieldError[] {
  const errors: FieldErrors = []
  const rules = { isNamespaced: true, checkName: dnsSubdomain }
  validateObjectMeta(metadata, rules, FieldPath.root('metadata'), errors)
  validateBounds(spec, FieldPath.root('spec'), errors)
  return errors
}

function validateBounds(spec: HorizontalPodAutoscalerSpec, path: FieldPath, errors: FieldErrors): void {
  const { minReplicas, maxReplicas, scaleTargetRef, metrics = [], behavior } = spec
  const most = path.child('maxReplicas')
  if (minReplicas !== undefined && minReplicas < 1)
    errors.push(invalid(path.child('minReplicas'), minReplicas, 'must be greater than or equal to 1'))
  if (maxReplicas < 1) errors.push(invalid(most, maxReplicas, 'must be greater than 0'))
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.push(invalid(most, maxReplicas, 'must be greater than or equal to `minReplicas`'))
  validateReference(scaleTargetRef, path.child('scaleTargetRef'), errors)
  metrics.forEach((metric, i) => {
    validateMetric(metric, path.child('metrics').index(i), errors)
  })
  if (minReplicas === 0 && !metrics.some(({ type }) => type === 'Object' || type === 'External')) {
    const detail = 'must specify at least one Object or External metric to support scaling to zero replicas'
    errors.push(forbidden(path.child('metrics'), detail))
  }
  validateRules(behavior?.scaleUp, path.child('behavior').child('scaleUp'), errors)
  validateRules(behavior?.scaleDown, path.child('behavior').child('scaleDown'), errors)
}

/** ValidateCrossVersionObjectReference. */
function validateReference(reference: CrossVersionObjectReference, path: FieldPath, errors: FieldErrors): void {
  for (const field of ['kind', 'name'] as const) {
    const value = reference[field]
    if (value === '') errors.push(required(path.child(field)))
    else addInvalid(errors, path.child(field), value, pathSegment(value))
  }
}

const SELECT_POLICIES = ['Disabled', 'Max', 'Min']
const POLICY_TYPES = ['Percent', 'Pods']

function validateRules(rules: HpaScalingRules | undefined, path: FieldPath, errors: FieldErrors): void {
  if (rules === undefined) return
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [] } = rules
  const at = path.child('stabilizationWindowSeconds')
  if (window < 0) errors.push(invalid(at, window, 'must be greater than or equal to zero'))
  if (window > MOST_WINDOW_SECONDS)
    errors.push(invalid(at, window, `must be less than or equal to ${MOST_WINDOW_SECONDS}`))
  if (selectPolicy !== undefined && !SELECT_POLICIES.includes(selectPolicy))
    errors.push(notSupported(path.child('selectPolicy'), selectPolicy, SELECT_POLICIES))
  if (policies.length === 0) errors.push(required(path.child('policies'), 'must specify at least one Policy'))
  policies.forEach(({ type, value, periodSeconds }, i) => {
    const policy = path.child('policies').index(i)
    const period = policy.child('periodSeconds')
    if (!POLICY_TYPES.includes(type)) errors.push(notSupported(policy.child('type'), type, POLICY_TYPES))
    if (value <= 0) errors.push(invalid(policy.child('value'), value, 'must be greater than zero'))
    if (periodSeconds <= 0) errors.push(invalid(period, periodSeconds, 'must be greater than zero'))
    if (periodSeconds > MOST_PERIOD_SECONDS)
      errors.push(invalid(period, periodSeconds, `must be less than or equal to ${MOST_PERIOD_SECONDS}`))
  })
}

type SourceName = 'object' | 'external' | 'pods' | 'resource' | 'containerResource'

/** A metric before it is known that it has one source, that of its type. */
interface Sources {
  readonly object?: NamedMetricSource & { readonly describedObject: CrossVersionObjectReference }
  readonly external?: NamedMetricSource
  readonly pods?: NamedMetricSource
  readonly resource?: ResourceMetricSource
  readonly containerResource?: ResourceMetricSource & { readonly container: string }
}

/** In the order in which they are looked at: only the first that is there is checked. */
const SOURCES: Readonly<Record<string, SourceName>> = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
}

const METRIC_TYPES = Object.keys(SOURCES).sort()

function validateMetric(metric: MetricSpec, path: FieldPath, errors: FieldErrors): void {
  const { type } = metric
  const sources = metric as unknown as Sources
  const expected = Object.hasOwn(SOURCES, type) ? SOURCES[type] : undefined
  const wrongType = notSupported(path.child('type'), type, METRIC_TYPES)
  if ((type as string) === '') errors.push(required(path.child('type'), 'must specify a metric source type'))
  if (expected === undefined) errors.push(wrongType)
  const present = Object.values(SOURCES).filter(name => sources[name] !== undefined)
  if (present.length > 0) CHECKS[present[0]](sources, path.child(present[0]), errors)
  if (expected !== undefined && !present.includes(expected))
    errors.push(required(path.child(expected), 'must populate information for the given metric source'))
  if (present.length === 1) return
  for (const name of present.filter(each => each !== expected).sort())
    errors.push(forbidden(path.child(name), 'must populate the given metric source only'))
}

type Check = (sources: Sources, path: FieldPath, errors: FieldErrors) => void

const CHECKS: Readonly<Record<SourceName, Check>> = {
  object({ object }, path, errors) {
    if (object === undefined) return
    validateReference(object.describedObject, path.child('describedObject'), errors)
    validateNamed(object, path, errors)
    if (object.target.value === undefined && object.target.averageValue === undefined)
      errors.push(
        required(path.child('target').child('averageValue'), 'must set either a target value or averageValue'),
      )
  },
  external({ external }, path, errors) {
    if (external === undefined) return
    validateNamed(external, path, errors)
    const { value, averageValue } = external.target
    const target = path.child('target')
    if (value === undefined && averageValue === undefined)
      errors.push(
        required(target.child('averageValue'), 'must set either a target value for metric or a per-pod target'),
      )
    if (value !== undefined && averageValue !== undefined)
      errors.push(forbidden(target.child('value'), 'may not set both a target value for metric and a per-pod target'))
  },
  pods({ pods }, path, errors) {
    if (pods === undefined) return
    validateNamed(pods, path, errors)
    if (pods.target.averageValue === undefined)
      errors.push(required(path.child('target').child('averageValue'), 'must specify a positive target averageValue'))
  },
  resource({ resource }, path, errors) {
    if (resource === undefined) return
    if (resource.name === '') errors.push(required(path.child('name'), 'must specify a resource name'))
    validateResourceTarget(resource.target, path.child('target'), errors)
  },
  containerResource({ containerResource }, path, errors) {
    if (containerResource === undefined) return
    const { name, container, target } = containerResource
    if (name === '') errors.push(required(path.child('name'), 'must specify a resource name'))
    else validateContainerResourceName(name, path.child('name'), errors)
    if (container === '') errors.push(required(path.child('container'), 'must specify a container'))
    else addInvalid(errors, path.child('container'), container, dnsLabel(container))
    validateResourceTarget(target, path.child('target'), errors)
  },
}

function validateNamed({ metric: { name }, target }: NamedMetricSource, path: FieldPath, errors: FieldErrors): void {
  const at = path.child('metric').child('name')
  if (name === '') errors.push(required(at, 'must specify a metric name'))
  else addInvalid(errors, at, name, pathSegment(name))
  validateTarget(target, path.child('target'), errors)
}

function validateResourceTarget(target: MetricTarget, path: FieldPath, errors: FieldErrors): void {
  validateTarget(target, path, errors)
  const { averageUtilization, averageValue } = target
  const either = 'must set either a target raw value or a target utilization'
  const notBoth = 'may not set both a target raw value and a target utilization'
  if (averageUtilization === undefined && averageValue === undefined)
    errors.push(required(path.child('averageUtilization'), either))
  if (averageUtilization !== undefined && averageValue !== undefined)
    errors.push(forbidden(path.child('averageValue'), notBoth))
}

const TARGET_TYPES = ['Utilization', 'Value', 'AverageValue']

function validateTarget(target: MetricTarget, path: FieldPath, errors: FieldErrors): void {
  const { type, averageUtilization } = target
  if ((type as string) === '') errors.push(required(path.child('type'), 'must specify a metric target type'))
  if (!TARGET_TYPES.includes(type))
    errors.push(invalid(path.child('type'), type, 'must be either Utilization, Value, or AverageValue'))
  for (const field of ['value', 'averageValue'] as const) {
    const value = target[field]
    if (value === undefined || isPositive(value)) continue
    errors.push(invalid(path.child(field), { literal: goQuantity(value) }, 'must be positive'))
  }
  if (averageUtilization !== undefined && averageUtilization < 1)
    errors.push(invalid(path.child('averageUtilization'), averageUtilization, 'must be greater than 0'))
}

const ZERO = parseQuantity('0')
const isPositive = (text: string): boolean => compareQuantities(parseQuantity(text), ZERO) > 0
