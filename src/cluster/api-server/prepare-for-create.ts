import type { Job, PodTemplateSpec } from '../../model/index.js'
import type { OwnerObject } from '../contract/index.js'

/** What the API server adds to an object before it is stored and which hangs on its UID (API-3). */
export const prepareForCreate = (object: OwnerObject, uid: string): OwnerObject =>
  object.kind === 'Job' && object.spec.manualSelector !== true ? withSelector(object, uid) : object

/** registry: pkg/registry/batch/job/strategy.go generateSelector, v1.32; the labels without a prefix are older (J-1). */
function withSelector(job: Job, uid: string): Job {
  const { name = '' } = job.metadata
  const { metadata, ...template }: PodTemplateSpec = job.spec.template
  const labels = {
    ...metadata?.labels,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  }
  const selector = {
    ...job.spec.selector,
    matchLabels: { ...job.spec.selector?.matchLabels, 'batch.kubernetes.io/controller-uid': uid },
  }
  return {
    ...job,
    spec: { ...job.spec, selector, template: { ...template, metadata: { ...metadata, labels } } },
  }
}
