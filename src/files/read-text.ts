import { decodeText } from './decode-text.js'
import { MOST_TRACE_BYTES, nameOf, readBytes } from './read-bytes.js'

/**
 * Reads one file of text that podwright wrote itself, such as a trace or a recipe, up to 256 MiB; `-` is standard input.
 *
 * @throws PodwrightError `INPUT_UNREADABLE`, `INPUT_TOO_LARGE`.
 */
export const readText = (path: string): string => decodeText(readBytes(path, MOST_TRACE_BYTES), nameOf(path))
