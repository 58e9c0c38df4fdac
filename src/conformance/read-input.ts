import { PodwrightError } from '../errors/index.js'
import { offsetOfMistake } from './json-mistake.js'
import { readRecording } from './read-recording.js'
import type { Recording } from './recording.js'
import { readSchedulingRecording, type SchedulingRecording } from './scheduling/scheduling-recording.js'
import { readTable } from './tables/read-table.js'
import type { Table } from './tables/table.js'

/** What a JSON file is to `conform`. */
export type ConformanceInput =
  | { readonly kind: 'recording'; readonly recording: Recording }
  | { readonly kind: 'scheduling'; readonly recording: SchedulingRecording }
  | { readonly kind: 'table'; readonly table: Table }
  /** Something else, such as `validation.json`. */
  | { readonly kind: 'other' }

/**
 * Reads a file of JSON and tells what it is by its content.
 *
 * @throws PodwrightError `RECORDING_INVALID`, located in the file.
 */
export function readConformanceInput(file: string, text: string): ConformanceInput {
  const value = parse(file, text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'other' }
  const recording = readRecording(file, value)
  if (recording !== null) return { kind: 'recording', recording }
  const scheduling = readSchedulingRecording(file, value)
  if (scheduling !== null) return { kind: 'scheduling', recording: scheduling }
  const table = readTable(file, value)
  return table === null ? { kind: 'other' } : { kind: 'table', table }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const before = text.slice(0, offsetOfMistake(text))
    throw new PodwrightError({
      code: 'RECORDING_INVALID',
      where: { file, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') },
      problem: 'expected JSON, got something else',
    })
  }
}
