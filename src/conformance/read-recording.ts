import {
  array,
  boolean,
  check,
  finite,
  type InferOutput,
  looseObject,
  minLength,
  minValue,
  nonEmpty,
  nullable,
  nullish,
  number,
  optional,
  pipe,
  record,
  safeParse,
  string,
  union,
} from 'valibot'
import { invalidInput } from './invalid-input.js'
import type { Recording } from './recording.js'

const SECONDS = pipe(number(), finite())

/** One entry of a list of changes, with as much of its shape as the comparison relies on. */
const list = <Fields extends Parameters<typeof looseObject>[0]>(fields: Fields) =>
  array(looseObject({ t: SECONDS, ...fields }))

const POD_FIELDS = {
  phase: optional(list({ phase: string() })),
  conditions: optional(record(string(), list({ status: string() }))),
  containers: optional(
    record(string(), list({ state: string(), restarts: number(), ready: boolean(), last: nullish(looseObject({})) })),
  ),
  printed: optional(list({ ready: string(), status: string(), restarts: union([string(), number()]) })),
  terminatingAt: nullish(SECONDS),
  deletedAt: nullish(SECONDS),
}

const CALL_FIELDS = {
  call: string(),
  container: optional(string()),
  image: optional(string()),
  cmd: optional(array(string())),
}

const RUN = looseObject({
  ...POD_FIELDS,
  pods: optional(array(looseObject(POD_FIELDS))),
  events: optional(list({ type: string(), reason: string(), message: nullish(string()) })),
  runtime: optional(list(CALL_FIELDS)),
  endpoints: optional(list({ addresses: nullish(array(looseObject({}))) })),
})

const MANIFEST = looseObject({
  kind: string(),
  metadata: looseObject({ name: optional(string()), namespace: optional(string()) }),
})

const POD_SPEC = looseObject({
  spec: looseObject({ containers: pipe(array(looseObject({ name: string(), image: string() })), nonEmpty()) }),
})

/** As much of a recording's shape as a replay and its comparison rely on. */
const RECORDING = looseObject({
  name: pipe(string(), nonEmpty()),
  class: pipe(string(), nonEmpty()),
  manifests: pipe(
    array(MANIFEST),
    minLength(1, 'expected at least one manifest, got none'),
    check(
      manifests => manifests.every(each => each.kind !== 'Pod' || safeParse(POD_SPEC, each).success),
      'expected every Pod to have containers with name and image, got one without',
    ),
  ),
  script: looseObject({
    image: optional(record(string(), looseObject({}))),
    sandbox: optional(looseObject({})),
    containers: optional(record(string(), looseObject({}))),
  }),
  actions: optional(nullable(array(looseObject({ at: SECONDS, do: string(), sentAt: optional(SECONDS) })))),
  duration: pipe(SECONDS, minValue(0, 'expected a duration of at least 0, got less')),
  runs: pipe(array(RUN), minLength(1, 'expected at least one run, got none')),
})

/**
 * Reads a recording out of parsed JSON; null: it is something else (`validation.json`).
 *
 * @throws PodwrightError `RECORDING_INVALID`, located in the file.
 */
export function readRecording(file: string, value: object): Recording | null {
  if (!('runs' in value)) return null
  const result = safeParse(RECORDING, value)
  if (result.success) return value as Recording & InferOutput<typeof RECORDING>
  throw invalidInput(file, result.issues[0])
}
