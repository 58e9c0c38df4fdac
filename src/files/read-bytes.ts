import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { PodwrightError } from '../errors/index.js'

/** An input may have this many bytes: far more than any manifest, far less than what hurts. */
export const MOST_INPUT_BYTES = 32 * 1024 * 1024

/** A trace may be longer than what somebody wrote by hand. */
export const MOST_TRACE_BYTES = 256 * 1024 * 1024

const STDIN = 0
const CHUNK_BYTES = 1024 * 1024

/**
 * Reads a file, or standard input for `-`, up to a limit; pipes and devices are read as they come, so that an endless
 * one meets the limit too.
 *
 * @throws PodwrightError `INPUT_UNREADABLE`, `INPUT_TOO_LARGE`.
 */
export function readBytes(path: string, limit: number = MOST_INPUT_BYTES): Buffer {
  const file = path === '-' ? STDIN : open(path)
  try {
    // The size of a file is known before a byte is read.
    if (path !== '-' && fstatSync(file).size > limit) throw tooLarge(path, limit)
    return readAll(file, path, limit)
  } catch (error) {
    throw error instanceof PodwrightError ? error : unreadable(path, error)
  } finally {
    if (file !== STDIN) closeSync(file)
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw unreadable(path, error)
  }
}

function readAll(file: number, path: string, limit: number): Buffer {
  const chunks: Buffer[] = []
  let total = 0
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    const count = readSome(file, chunk)
    if (count === 0) return Buffer.concat(chunks, total)
    total += count
    if (total > limit) throw tooLarge(path, limit)
    chunks.push(chunk.subarray(0, count))
  }
}

/** A standard input that does not block answers EAGAIN until there is something; a closed one ends. */
function readSome(file: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(file, chunk, 0, chunk.length, null)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

const tooLarge = (path: string, limit: number): PodwrightError =>
  new PodwrightError({
    code: 'INPUT_TOO_LARGE',
    where: nameOf(path),
    problem: `expected at most ${limit / 1024 / 1024} MiB, got more`,
  })

/** What a path is called in messages. */
export const nameOf = (path: string): string => (path === '-' ? 'stdin' : path)

/** An error of the file system as one of podwright's: what could not be read, and why. */
export function unreadable(path: string, error: unknown): PodwrightError {
  return new PodwrightError({
    code: 'INPUT_UNREADABLE',
    where: nameOf(path),
    problem: REASONS[codeOf(error)] ?? `cannot be read: ${codeOf(error)}`,
    hint: /^https?:\/\//.test(path) ? 'podwright fetches nothing: pipe it in, curl … | podwright run -' : undefined,
  })
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'a part of the path is no directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'expected a file, got a directory',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ERR_INVALID_ARG_VALUE: 'expected a path, got a text with a zero byte',
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error'
