import { defaultObject } from '../../../api/index.js'
import type { Job } from '../../../model/index.js'
import type { ZoneOffset } from '../../../scenario/index.js'
import { EPOCH_UNIX_MS, formatTimestamp, type Milliseconds } from '../../../time/index.js'
import type { ObjectVersion } from '../../contract/index.js'
import { type ReadSchedule, readSchedule } from './schedule.js'

export type CronJobVersion = ObjectVersion<'CronJob'>

/** A Job of a CronJob's status. */
export interface ActiveJob {
  readonly name: string
  readonly uid: string
}

export const readActive = (text: string): readonly ActiveJob[] =>
  (text === '' ? [] : text.split(',')).map(each => {
    const [name, uid] = each.split('=')
    return { name, uid }
  })

export const writeActive = (jobs: readonly ActiveJob[]): string =>
  jobs.map(({ name, uid }) => `${name}=${uid}`).join(',')

/** CJ-1: a Job is named after the minute that it was scheduled for, so that none is made twice. */
export const jobNameOf = (cronJob: string, scheduled: Milliseconds): string =>
  `${cronJob}-${Math.floor((EPOCH_UNIX_MS + scheduled) / 60_000)}`

/** controllers: pkg/controller/cronjob/utils.go getJobFromTemplate2, v1.32. */
export function jobOf({ object, name, namespace, uid }: CronJobVersion, scheduled: Milliseconds): Job {
  const { metadata, spec } = object.spec.jobTemplate
  return defaultObject({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobNameOf(name, scheduled),
      namespace,
      ...(metadata?.labels === undefined ? {} : { labels: metadata.labels }),
      annotations: {
        ...metadata?.annotations,
        'batch.kubernetes.io/cronjob-scheduled-timestamp': formatTimestamp(scheduled),
      },
      ownerReferences: [
        { apiVersion: object.apiVersion, kind: 'CronJob', name, uid, controller: true, blockOwnerDeletion: true },
      ],
    },
    spec,
  }) as Job
}

/** The offsets of the zone that a CronJob names; undefined: the plan does not know it. */
export function offsetsOf(
  zone: string | undefined,
  known: Readonly<Record<string, readonly ZoneOffset[]>> | undefined,
): readonly ZoneOffset[] | undefined {
  if (zone === undefined || zone === 'UTC' || zone === 'Etc/UTC') return []
  return known?.[zone]
}

/** Schedules by their texts: there are as many as manifests say. */
export class Schedules {
  readonly #read = new Map<string, ReadSchedule>()

  of(text: string): ReadSchedule {
    const known = this.#read.get(text)
    if (known !== undefined) return known
    const read = readSchedule(text)
    this.#read.set(text, read)
    return read
  }
}
