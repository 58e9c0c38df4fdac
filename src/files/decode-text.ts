import { PodwrightError } from '../errors/index.js'

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Decodes the bytes of a file: UTF-8, or UTF-16 with a byte-order mark; the mark itself is left out.
 *
 * @throws PodwrightError `INPUT_UNREADABLE` at the line and column of the first byte that is neither.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true }).decode(bytes)
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true }).decode(bytes)
    return UTF8.decode(bytes)
  } catch {
    const before = validPrefix(bytes)
    const lines = before.split('\n')
    throw new PodwrightError({
      code: 'INPUT_UNREADABLE',
      where: { file, line: lines.length, column: lines[lines.length - 1].length + 1 },
      problem: 'expected text in UTF-8, got bytes that are not',
    })
  }
}

/** The text before the first byte that is not UTF-8. */
function validPrefix(bytes: Uint8Array): string {
  const replaced = new TextDecoder('utf-8').decode(bytes)
  return replaced.slice(0, Math.max(0, replaced.indexOf('\ufffd')))
}
