import { type Recording, readConformanceInput, type SchedulingRecording, type Table } from '../conformance/index.js'
import { PodwrightError } from '../errors/index.js'
import { type FoundFile, listInputs, readText } from '../files/index.js'
import { EXIT, reportError } from './report-error.js'

/** What `podwright conform` works on. */
export interface ConformInputs {
  readonly recordings: readonly FiledRecording[]
  readonly scheduling: readonly FiledScheduling[]
  readonly tables: readonly Table[]
  /** Other JSON files. */
  readonly skipped: number
  /** The exit code of the worst file that could not be read. */
  readonly worst: number
}

/** A recording, and the name of its file. */
export interface FiledRecording {
  readonly recording: Recording
  readonly file: string
}

/** A recording of scheduling decisions, and the name of its file. */
export interface FiledScheduling {
  readonly recording: SchedulingRecording
  readonly file: string
}

/** Reads files and folders, without the folders within; a broken file is reported, and the others are still read. */
export function loadConformInputs(paths: readonly string[], only: string | undefined): ConformInputs {
  const prefixes = only?.split(',').map(prefix => prefix.trim())
  const isWanted = (name: string): boolean => prefixes?.some(prefix => name.startsWith(prefix)) ?? true
  const recordings: FiledRecording[] = []
  const scheduling: FiledScheduling[] = []
  const tables: Table[] = []
  let skipped = 0
  let worst: number = EXIT.fine
  const attempt = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      worst = Math.max(worst, reportError(error))
    }
  }
  const read = ({ file, label }: FoundFile): void => {
    const input = readConformanceInput(file === '-' ? label : file, readText(file))
    if (input.kind === 'other') skipped++
    else if (input.kind === 'table') {
      if (isWanted(input.table.kind)) tables.push(input.table)
    } else if (isWanted(input.recording.name)) {
      const name = file === '-' ? `${input.recording.name}.json` : label
      if (input.kind === 'scheduling') scheduling.push({ recording: input.recording, file: name })
      else recordings.push({ recording: input.recording, file: name })
    }
  }
  for (const path of paths) {
    attempt(() => {
      for (const found of listInputs([path]).filter(isJson)) attempt(() => read(found))
    })
  }
  const found = recordings.length + scheduling.length + tables.length
  if (worst === EXIT.fine && found === 0) throw nothingFound(only)
  return { recordings, scheduling, tables, skipped, worst }
}

/** Of a folder only the JSON files are meant; a file that was named is read whatever it is called. */
const isJson = ({ label }: FoundFile): boolean => !/\.ya?ml$/.test(label)

const nothingFound = (only: string | undefined): PodwrightError =>
  new PodwrightError({
    code: 'USAGE',
    where: only === undefined ? undefined : '--only',
    problem: `expected recordings or tables${only === undefined ? '' : ` named ${only.split(',').join('…, ')}…`}, got none`,
  })
