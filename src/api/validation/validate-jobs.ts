import type { CronJob, Job, JobSpec, PodFailurePolicyRule } from '../../model/index.js'
import {
  addInvalid,
  duplicate,
  type FieldError,
  type FieldErrors,
  invalid,
  invalidOmitted,
  notSupported,
  required,
  tooLong,
  tooMany,
} from './field-error.js'
import { FieldPath } from './field-path.js'
import { dnsLabel, dnsSubdomain, httpPath, qualifiedName } from './formats.js'
import { byteLength, goLabelSelector, goQuote } from './go-text.js'
import type { ValidationOptions } from './pod-validation.js'
import { validateCronSchedule } from './validate-cron-schedule.js'
import { validateIndexes, validateSuccessPolicy } from './validate-job-indexes.js'
import { jobSelection, validateGeneratedSelection, validateSelection } from './validate-job-selector.js'
import { validateNonnegative, validateObjectMeta } from './validate-metadata.js'
import { validateChoice, validatePodTemplate } from './validate-pod.js'

// kubernetes: pkg/apis/batch/validation/validation.go, 1.31 and later, as all of this file.

const NAMED = { isNamespaced: true, checkName: dnsSubdomain }
const SPEC = FieldPath.root('spec')
const METADATA = FieldPath.root('metadata')
const MAX_CRON_JOB_NAME = 52

export function validateJob({ metadata, spec }: Job, options: ValidationOptions): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  const selection = jobSelection(metadata, spec)
  validateGeneratedSelection(selection, SPEC, errors)
  validateJobSpec(spec, SPEC, options, errors)
  validateSelection(selection, SPEC, errors)
  if (spec.completionMode === 'Indexed' && (spec.completions ?? 0) > 0) {
    const hostname = `${metadata.name}-${(spec.completions ?? 0) - 1}`
    if (dnsLabel(hostname).length > 0) {
      const detail = `will not able to create pod with invalid DNS label: ${hostname}`
      errors.push(invalid(METADATA.child('name'), metadata.name, detail))
    }
  }
  return errors
}

export function validateCronJob({ metadata, spec }: CronJob, options: ValidationOptions): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  validateCronSchedule(spec, SPEC, errors)
  validateNonnegative(spec.startingDeadlineSeconds ?? 0, SPEC.child('startingDeadlineSeconds'), errors)
  validateTimeZone(spec.timeZone, SPEC.child('timeZone'), errors)
  validateChoice(spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace'], SPEC.child('concurrencyPolicy'), errors)
  const jobPath = SPEC.child('jobTemplate', 'spec')
  validateJobSpec(spec.jobTemplate.spec, jobPath, options, errors)
  const { selector, manualSelector } = spec.jobTemplate.spec
  if (selector !== undefined) {
    const detail = '`selector` will be auto-generated'
    errors.push(invalid(jobPath.child('selector'), goLabelSelector(selector), detail))
  }
  if (manualSelector === true) errors.push(notSupported(jobPath.child('manualSelector'), true, ['nil', 'false']))
  validateNonnegative(spec.successfulJobsHistoryLimit ?? 0, SPEC.child('successfulJobsHistoryLimit'), errors)
  validateNonnegative(spec.failedJobsHistoryLimit ?? 0, SPEC.child('failedJobsHistoryLimit'), errors)
  if (byteLength(metadata.name ?? '') > MAX_CRON_JOB_NAME) {
    errors.push(invalid(METADATA.child('name'), metadata.name, `must be no more than ${MAX_CRON_JOB_NAME} characters`))
  }
  return errors
}

/** Whether the zone exists is not looked up: the tables of zones are closed to the core. */
function validateTimeZone(timeZone: string | undefined, path: FieldPath, errors: FieldErrors): void {
  if (timeZone === undefined) return
  if (timeZone === '') return void errors.push(invalid(path, timeZone, 'timeZone must be nil or non-empty string'))
  const isBad = (part: string): boolean => part === '.' || part === '..' || !/^(?!-)[A-Za-z.\-_0-9+]{1,14}$/.test(part)
  if (timeZone.split('/').some(isBad)) {
    return void errors.push(invalid(path, timeZone, `unknown time zone ${timeZone}`))
  }
  if (timeZone.toLowerCase() === 'local') {
    const detail = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones'
    errors.push(invalid(path, timeZone, detail))
  }
}

const NONNEGATIVE = [
  ...(['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit'] as const),
  ...(['ttlSecondsAfterFinished', 'backoffLimitPerIndex', 'maxFailedIndexes'] as const),
]

function validateJobSpec(spec: JobSpec, path: FieldPath, options: ValidationOptions, errors: FieldErrors): void {
  for (const field of NONNEGATIVE) validateNonnegative(spec[field] ?? 0, path.child(field), errors)
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    errors.push(required(path.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified'))
  }
  validateManagedBy(spec.managedBy, path.child('managedBy'), errors)
  validateIndexes(spec, path, errors)
  if (spec.podFailurePolicy !== undefined) validateFailurePolicy(spec, path.child('podFailurePolicy', 'rules'), errors)
  validateSuccessPolicy(spec, path.child('successPolicy'), errors)
  const replacement = spec.podReplacementPolicy
  const replacements = spec.podFailurePolicy === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed']
  if (replacement !== undefined && !replacements.includes(replacement)) {
    errors.push(notSupported(path.child('podReplacementPolicy'), replacement, replacements))
  }
  validatePodTemplate(spec.template, path.child('template'), options, errors)
  validateJobRestarts(spec, path.child('template', 'spec', 'restartPolicy'), errors)
}

function validateJobRestarts({ template, podFailurePolicy }: JobSpec, path: FieldPath, errors: FieldErrors): void {
  const policy = template.spec.restartPolicy ?? ''
  if (policy === '' || policy === 'Always') errors.push(required(path, 'valid values: "OnFailure", "Never"'))
  else if (policy !== 'OnFailure' && policy !== 'Never') errors.push(notSupported(path, policy, ['OnFailure', 'Never']))
  else if (podFailurePolicy !== undefined && policy !== 'Never') {
    errors.push(invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified'))
  }
}

const MAX_MANAGED_BY = 63

function validateManagedBy(managedBy: string | undefined, path: FieldPath, errors: FieldErrors): void {
  if (managedBy === undefined) return
  const slash = managedBy.indexOf('/')
  if (managedBy === '') errors.push(required(path))
  else if (slash <= 0 || slash === managedBy.length - 1) {
    errors.push(invalid(path, managedBy, 'must be a domain-prefixed path (such as "acme.io/foo")'))
  } else {
    const [domain, rest] = [managedBy.slice(0, slash), managedBy.slice(slash + 1)]
    addInvalid(errors, path, domain, dnsSubdomain(domain))
    addInvalid(errors, path, rest, httpPath(rest))
  }
  if (byteLength(managedBy) > MAX_MANAGED_BY) errors.push(tooLong(path, MAX_MANAGED_BY))
}

const MAX_RULES = 20
const MAX_EXIT_CODES = 255
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore']
const STATUSES = ['False', 'True', 'Unknown']
const quotedList = (words: readonly string[]): string => `[${words.map(goQuote).join(' ')}]`

function validateFailurePolicy(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  const rules = spec.podFailurePolicy?.rules ?? []
  if (rules.length > MAX_RULES) errors.push(tooMany(path, rules.length, MAX_RULES))
  const { containers, initContainers = [] } = spec.template.spec
  const names = new Set([...containers, ...initContainers].map(container => container.name))
  rules.forEach((rule, i) => {
    const at = path.index(i)
    const action = rule.action as string
    if (action === '') errors.push(required(at.child('action'), `valid values: ${quotedList(ACTIONS)}`))
    else if (action === 'FailIndex') {
      if (spec.backoffLimitPerIndex === undefined) {
        errors.push(invalid(at.child('action'), action, 'requires the backoffLimitPerIndex to be set'))
      }
    } else if (!ACTIONS.includes(action)) errors.push(notSupported(at.child('action'), action, ACTIONS))
    validateExitCodes(rule, names, at.child('onExitCodes'), errors)
    validateConditions(rule, at.child('onPodConditions'), errors)
    const hasConditions = (rule.onPodConditions ?? []).length > 0
    if (rule.onExitCodes !== undefined && hasConditions) {
      errors.push(invalidOmitted(at, 'specifying both OnExitCodes and OnPodConditions is not supported'))
    }
    if (rule.onExitCodes === undefined && !hasConditions) {
      errors.push(invalidOmitted(at, 'specifying one of OnExitCodes and OnPodConditions is required'))
    }
  })
}

function validateConditions(
  { onPodConditions = [] }: PodFailurePolicyRule,
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (onPodConditions.length > MAX_RULES) errors.push(tooMany(path, onPodConditions.length, MAX_RULES))
  onPodConditions.forEach(({ type, status }, i) => {
    addInvalid(errors, path.index(i).child('type'), type, qualifiedName(type))
    const at = path.index(i).child('status')
    if ((status ?? '') === '') errors.push(required(at, `valid values: ${quotedList(STATUSES)}`))
    else if (!STATUSES.includes(status as string)) errors.push(notSupported(at, status, STATUSES))
  })
}

function validateExitCodes(
  { onExitCodes }: PodFailurePolicyRule,
  containers: ReadonlySet<string>,
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (onExitCodes === undefined) return
  const { containerName } = onExitCodes
  const operator = onExitCodes.operator as string
  const values = onExitCodes.values ?? []
  const operators = ['In', 'NotIn']
  if (operator === '') errors.push(required(path.child('operator'), `valid values: ${quotedList(operators)}`))
  else if (!operators.includes(operator)) errors.push(notSupported(path.child('operator'), operator, operators))
  if (containerName !== undefined && !containers.has(containerName)) {
    const detail = 'must be one of the container or initContainer names in the pod template'
    errors.push(invalid(path.child('containerName'), containerName, detail))
  }
  const at = path.child('values')
  const literal = { literal: values.length === 0 ? '[]int32(nil)' : `[]int32{${values.join(', ')}}` }
  if (values.length === 0) errors.push(invalid(at, literal, 'at least one value is required'))
  else if (values.length > MAX_EXIT_CODES) errors.push(tooMany(at, values.length, MAX_EXIT_CODES))
  values.forEach((value, i) => {
    if (operator === 'In' && value === 0) errors.push(invalid(at.index(i), value, 'must not be 0 for the In operator'))
    if (values.indexOf(value) < i) errors.push(duplicate(at.index(i), value))
  })
  if (values.some((value, i) => i > 0 && values[i - 1] > value)) errors.push(invalid(at, literal, 'must be ordered'))
}
