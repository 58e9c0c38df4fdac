import { type JobSpec, type LabelSelector, matchesLabelSelector, type ObjectMeta } from '../../model/index.js'
import { type FieldErrors, invalid, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { goLabelSelector, goStringMap } from './go-text.js'
import { validateLabelSelector } from './validate-metadata.js'

/** The selector of a Job and the labels of its template, after the server has added to them what it does. */
export interface JobSelection {
  readonly selector: LabelSelector | undefined
  readonly labels: Readonly<Record<string, string>> | undefined
  /** The labels that the server adds; none where the selector is manual. */
  readonly generated: Readonly<Record<string, string>> | undefined
}

/** Stands for the UID that the server gives a Job. */
const UID = '00000000-0000-0000-0000-000000000000'
const CONTROLLER_UID = 'batch.kubernetes.io/controller-uid'

/** kubernetes: pkg/registry/batch/job/strategy.go generateSelector, v1.32. */
export function jobSelection(
  { name = '', uid = UID }: ObjectMeta,
  { selector, manualSelector, template }: JobSpec,
): JobSelection {
  const labels = template.metadata?.labels
  if (manualSelector === true) return { selector, labels, generated: undefined }
  const generated = {
    'controller-uid': uid,
    'job-name': name,
    [CONTROLLER_UID]: uid,
    'batch.kubernetes.io/job-name': name,
  }
  const matchLabels = { [CONTROLLER_UID]: uid, ...selector?.matchLabels }
  return { selector: { ...selector, matchLabels }, labels: { ...generated, ...labels }, generated }
}

/** kubernetes: pkg/apis/batch/validation/validation.go validateGeneratedSelector, v1.32. */
export function validateGeneratedSelection(selection: JobSelection, path: FieldPath, errors: FieldErrors): void {
  const { selector, labels = {}, generated } = selection
  if (generated === undefined || selector === undefined) return
  for (const [key, value] of Object.entries(generated)) {
    if (labels[key] === value) continue
    const at = path.child('template', 'metadata', 'labels').key(key)
    errors.push(invalid(at, goStringMap(labels), `must be '${value}'`))
  }
  if (matchesLabelSelector(selector, generated)) return
  errors.push(invalid(path.child('selector'), goLabelSelector(selector), '`selector` not auto-generated'))
}

/** A selector there has to be, and it has to select the pods of the template. */
export function validateSelection({ selector, labels }: JobSelection, path: FieldPath, errors: FieldErrors): void {
  if (selector === undefined) errors.push(required(path.child('selector')))
  validateLabelSelector(selector, path.child('selector'), errors)
  if (matchesLabelSelector(selector, labels)) return
  const at = path.child('template', 'metadata', 'labels')
  errors.push(invalid(at, goStringMap(labels), '`selector` does not match template `labels`'))
}
