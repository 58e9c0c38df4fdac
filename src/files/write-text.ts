import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { PodwrightError } from '../errors/index.js'

/**
 * Writes a text as a file of a folder, which is made if it is missing. Only the last part of `name` counts.
 *
 * @throws PodwrightError `INPUT_UNREADABLE` when the folder cannot be written to.
 */
export function writeText(folder: string, name: string, text: string): void {
  const path = join(folder, basename(name))
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new PodwrightError({
      code: 'INPUT_UNREADABLE',
      where: path,
      problem: `expected a file that can be written, got ${reason}`,
    })
  }
}
