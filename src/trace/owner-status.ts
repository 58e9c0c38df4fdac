import { formatTimestamp } from '../time/index.js'

type Status = Record<string, unknown>

/** Puts a number of an `ownerStatus` row into a status as the API shows it. */
export function addNumber(status: Status, field: string, value: number): void {
  if (value < 0) return
  if (TIMES.has(field)) status[field] = formatTimestamp(value * 1000)
  else if (value !== 0 || OPTIONAL.has(field)) status[field] = value
}

/** Puts a text of an `ownerText` row into a status: `PART.LIST` is a list inside a part of it. */
export function addText(status: Status, field: string, text: string, namespace: string): void {
  if (text === '') return
  const [part, list] = field.split('.')
  if (field === 'disruptedPods') status[field] = Object.fromEntries(text.split(',').map(readDisruption))
  else if (field === 'currentMetrics') status[field] = JSON.parse(text)
  else if (field === 'active') status[field] = text.split(',').map(each => readJob(each, namespace))
  else if (list === undefined) status[field] = text
  else status[part] = { ...(status[part] as object | undefined), [list]: text.split(',') }
}

/** `web-1=12`: a pod's name, and when it was taken off its budget. */
function readDisruption(text: string): [string, string] {
  const [name, seconds] = text.split('=')
  return [name, formatTimestamp(Number(seconds) * 1000)]
}

/** `web-29=UID`: a Job that a CronJob has under way. */
function readJob(text: string, namespace: string): object {
  const [name, uid] = text.split('=')
  return { apiVersion: 'batch/v1', kind: 'Job', namespace, name, uid }
}

/** Instants in whole seconds; −1: none. */
const TIMES: ReadonlySet<string> = new Set([
  'startTime',
  'completionTime',
  'lastScheduleTime',
  'lastSuccessfulTime',
  'lastScaleTime',
])

/** Numbers that may be missing, −1, so that 0 is told; every other one is left out then. */
const OPTIONAL: ReadonlySet<string> = new Set(['ready', 'terminating'])
