import type { Container, PodTemplateSpec } from '../../../model/index.js'
import type { ObjectVersion } from '../../contract/index.js'
import { COMPLETION_INDEX } from './completion-indexes.js'

/** What keeps a Job's pod in the store until it is counted. */
export const JOB_TRACKING = 'batch.kubernetes.io/job-tracking'
/** How often the index failed before this pod: counted, and ignored by the pod failure policy. */
export const INDEX_FAILURES = 'batch.kubernetes.io/job-index-failure-count'
export const INDEX_IGNORED_FAILURES = 'batch.kubernetes.io/job-index-ignored-failure-count'

/** What a pod of an Indexed Job is made for. */
export interface IndexWork {
  readonly index: number
  /** Annotations of its own; absent where the back-off is that of the whole Job. */
  readonly failures?: IndexFailures | undefined
}

export interface IndexFailures {
  readonly counted: number
  readonly ignored: number
}

/** The beginning of a pod's name: API-4 cuts the Job's, never the index. */
export function nameBaseOf(job: string, { index }: IndexWork): string {
  const suffix = `-${index}`
  return `${job.slice(0, LONGEST_BASE - suffix.length - 1)}${suffix}`
}

const LONGEST_BASE = 58

/** The templates of Jobs without indexes: one for all pods of a Job. */
export class JobTemplates {
  #templates = new Map<PodTemplateSpec, PodTemplateSpec>()

  reset(): void {
    this.#templates = new Map()
  }

  of(job: ObjectVersion<'Job'>): PodTemplateSpec {
    const { template } = job.object.spec
    const known = this.#templates.get(template)
    if (known !== undefined) return known
    const made = jobTemplate(job, undefined)
    this.#templates.set(template, made)
    return made
  }
}

/** The template of a pod that a Job makes: tracked by a finalizer, of an Indexed Job with its index (J-1). */
export function jobTemplate({ object, name }: ObjectVersion<'Job'>, work: IndexWork | undefined): PodTemplateSpec {
  const { metadata, spec } = object.spec.template
  const finalizers = [...(metadata?.finalizers ?? []), JOB_TRACKING]
  if (work === undefined) return { metadata: { ...metadata, finalizers }, spec }
  const index = `${work.index}`
  const { failures } = work
  return {
    metadata: {
      ...metadata,
      finalizers,
      labels: { ...metadata?.labels, [COMPLETION_INDEX]: index },
      annotations: {
        ...metadata?.annotations,
        [COMPLETION_INDEX]: index,
        ...(failures === undefined ? {} : { [INDEX_FAILURES]: `${failures.counted}` }),
        ...(failures === undefined || failures.ignored === 0
          ? {}
          : { [INDEX_IGNORED_FAILURES]: `${failures.ignored}` }),
      },
    },
    spec: {
      ...spec,
      hostname: `${name}-${index}`,
      ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(withIndex) }),
      containers: spec.containers.map(withIndex),
    },
  }
}

const VARIABLE = 'JOB_COMPLETION_INDEX'

function withIndex(container: Container): Container {
  const { env = [] } = container
  if (env.some(({ name }) => name === VARIABLE)) return container
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${COMPLETION_INDEX}']` }
  return { ...container, env: [...env, { name: VARIABLE, valueFrom: { fieldRef } }] }
}
