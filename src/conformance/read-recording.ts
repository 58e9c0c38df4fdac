import {
  array,
  check,
  looseObject,
  nullable,
  number,
  optional,
  pipe,
  record,
  safeParse,
  string,
  unknown,
} from 'valibot'
import { PodwrightError } from '../errors/index.js'
import type { Recording } from './recording.js'

/** As much of a recording's shape as a replay relies on. */
const RECORDING = looseObject({
  name: string(),
  class: string(),
  manifests: pipe(
    array(looseObject({ kind: string(), metadata: looseObject({}) })),
    check(manifests => manifests.length > 0, 'expected at least one manifest, got none'),
  ),
  script: looseObject({ containers: optional(record(string(), looseObject({}))) }),
  actions: optional(nullable(array(looseObject({ at: number(), do: string() })))),
  duration: number(),
  runs: array(unknown()),
})

/**
 * Reads a recording; null: the file is JSON, but no recording (`validation.json`, a table).
 *
 * @throws PodwrightError `RECORDING_INVALID`, located in the file.
 */
export function readRecording(file: string, text: string): Recording | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw new PodwrightError({
      code: 'RECORDING_INVALID',
      where: whereOf(file, text, error),
      problem: 'expected JSON, got something else',
    })
  }
  if (typeof parsed !== 'object' || parsed === null || !('runs' in parsed)) return null
  const result = safeParse(RECORDING, parsed)
  if (result.success) return parsed as Recording
  const [issue] = result.issues
  const path = issue.path?.map(item => String(item.key)).join('.') ?? ''
  throw new PodwrightError({
    code: 'RECORDING_INVALID',
    where: `${file}: ${path}`,
    problem: `${issue.message[0].toLowerCase()}${issue.message.slice(1)}`,
  })
}

/** V8 tells the position of a syntax error in its message. */
function whereOf(file: string, text: string, error: unknown): { file: string; line: number; column: number } {
  const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length)
  const before = text.slice(0, position)
  return { file, line: before.split('\n').length, column: position - before.lastIndexOf('\n') }
}
