import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PodwrightError } from '../errors/index.js'
import type { InputText } from '../scenario/index.js'
import { decodeText } from './decode-text.js'
import { nameOf, readBytes, unreadable } from './read-bytes.js'

/** A file that was read. */
export interface ReadInput extends InputText {
  /** The same from any working directory: the file's name, or its path below the directory that was given. */
  readonly label: string
  /** Path of the file; `-` for standard input. */
  readonly path: string
}

/** How directories are read. */
export interface ReadOptions {
  /** Also what stands in directories within; default false, as in kubectl. */
  readonly isRecursive?: boolean | undefined
}

/** All inputs together may have this many bytes. */
const MOST_TOTAL_CHARACTERS = 64 * 1024 * 1024
/** A tree with more files than this is not a folder of manifests. */
const MOST_FILES = 10_000

const MANIFEST = /\.(json|ya?ml)$/

/**
 * Reads files, directories (their .json, .yaml and .yml files in the order of their names' bytes) and standard input
 * (`-`), in the order given.
 *
 * @throws PodwrightError `INPUT_UNREADABLE`, `INPUT_TOO_LARGE`.
 */
export function readInputs(paths: readonly string[], options: ReadOptions = {}): ReadInput[] {
  if (paths.filter(path => path === '-').length > 1) {
    throw new PodwrightError({ code: 'USAGE', problem: 'expected standard input (-) once, got it twice' })
  }
  const inputs: ReadInput[] = []
  let total = 0
  for (const path of paths) {
    for (const { file, label } of filesOf(path, options)) {
      const name = nameOf(file)
      const text = decodeText(readBytes(file), name)
      total += text.length
      if (total > MOST_TOTAL_CHARACTERS) {
        const problem = `expected at most ${MOST_TOTAL_CHARACTERS / 1024 / 1024} MiB in all, got more`
        throw new PodwrightError({ code: 'INPUT_TOO_LARGE', where: name, problem })
      }
      inputs.push({ name, text, label, path: file })
    }
  }
  return inputs
}

/** A file among the inputs, not read yet. */
export interface FoundFile {
  /** Path of the file; `-` for standard input. */
  readonly file: string
  /** As `ReadInput.label`. */
  readonly label: string
}

/**
 * Names the files that `readInputs` would read, for a reader that goes on after one that is broken.
 *
 * @throws PodwrightError `INPUT_UNREADABLE`, `INPUT_TOO_LARGE`.
 */
export const listInputs = (paths: readonly string[], options: ReadOptions = {}): FoundFile[] =>
  paths.flatMap(path => filesOf(path, options))

function filesOf(path: string, { isRecursive = false }: ReadOptions): FoundFile[] {
  if (path === '-') return [{ file: '-', label: 'stdin' }]
  if (!isDirectory(path)) return [{ file: path, label: path.split('/').pop() ?? path }]
  const found: FoundFile[] = []
  walk(path, '', isRecursive, found)
  if (found.length > 0) return found
  throw new PodwrightError({
    code: 'INPUT_UNREADABLE',
    where: path,
    problem: 'expected a directory with .json, .yaml or .yml files, got one without',
    hint: isRecursive ? undefined : 'add -R to read the directories within',
  })
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** Files of one directory by the bytes of their names; symbolic links lead to files, not into directories. */
function walk(root: string, below: string, isRecursive: boolean, found: FoundFile[]): void {
  for (const entry of entriesOf(join(root, below))) {
    const label = below === '' ? entry.name : `${below}/${entry.name}`
    const file = join(root, label)
    if (entry.isDirectory()) {
      if (isRecursive) walk(root, label, isRecursive, found)
    } else if (MANIFEST.test(entry.name) && !isDirectory(file)) {
      found.push({ file, label })
      if (found.length > MOST_FILES) {
        const problem = `expected at most ${MOST_FILES} files, got more`
        throw new PodwrightError({ code: 'INPUT_TOO_LARGE', where: root, problem })
      }
    }
  }
}

function entriesOf(directory: string): Dirent[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true })
    return entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
  } catch (error) {
    throw unreadable(directory, error)
  }
}
