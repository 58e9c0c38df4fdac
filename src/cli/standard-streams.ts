import { visible } from '../kubectl/index.js'

/** Writes to standard output as it is: the caller has made it safe. */
export const print = (text: string): void => {
  process.stdout.write(text)
}

/**
 * Writes lines to standard output in pieces, so that a long trace is never one string. The caller has made them safe, but for
 * a line of somebody's text that looks like a frame of a stack.
 */
export function printLines(lines: Iterable<string>): void {
  let piece = ''
  for (const line of lines) {
    piece += `${unlikeFrame(line)}\n`
    if (piece.length < PIECE_CHARACTERS) continue
    process.stdout.write(piece)
    piece = ''
  }
  if (piece !== '') process.stdout.write(piece)
}

const PIECE_CHARACTERS = 64 * 1024

/** Writes a line for a person to standard error; whatever it quotes is shown escaped. */
export function note(line: string): void {
  process.stderr.write(`${unlikeFrame(visible(line))}\n`)
}

/** Tools that look for crashes look for lines such as `at f (x.js:1:2)`: none of ours is to be taken for one. */
const unlikeFrame = (line: string): string => (FRAME.test(line) ? line.replace(/^(\s*at) /, '$1\\x20') : line)

/** `at the end: …` is how an expectation begins. */
const FRAME = /^\s*at (?!the end: )\S/

/** A reader that has seen enough, as in `| head -1`, ends the program without a word. */
export function exitQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') process.exit(process.exitCode ?? 0)
      throw error
    })
  }
}
