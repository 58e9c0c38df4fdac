import type { StatedImage } from './behaviour-rule.js'
import type { WordReader } from './word-reader.js'

/** More attempts or starts than this are not listed one by one. */
const MOST_TIMES = 1000

/** Takes `3 times`. */
export function readTimes(reader: WordReader): number | undefined {
  const times = reader.takeNumber('how many times', 1, MOST_TIMES)
  if (times !== undefined && !reader.take('times')) reader.oneOf(['time'])
  return times
}

/** Appends an entry so many times, up to a limit. */
export function repeat<Entry>(reader: WordReader, entries: Entry[], entry: Entry, times: number): void {
  if (entries.length + times > MOST_TIMES) reader.failBefore(`expected at most ${MOST_TIMES} entries, got more`)
  for (let i = 0; i < times; i++) entries.push(entry)
}

/** Reads `pulls in 8s`, `fails 3 times`, `always fails with "…"`, `is present`, `does not exist`. */
export function readImage(reader: WordReader, image: StatedImage): StatedImage {
  if (reader.take('pulls')) {
    reader.oneOf(['in'])
    return { ...image, pullDuration: reader.duration() }
  }
  if (reader.take('fails')) return { ...image, failures: readFailures(reader) }
  if (reader.take('always')) {
    reader.oneOf(['fails'])
    reader.oneOf(['with'])
    return { ...image, alwaysFails: reader.message() }
  }
  if (reader.take('runs')) {
    reader.oneOf(['as'])
    return { ...image, runsAsRoot: reader.oneOf(['root', 'non-root']) === 'root' }
  }
  if (reader.take('is')) {
    return { ...image, isPresent: reader.oneOf(['present', 'absent']) === 'present' }
  }
  if (reader.take('does')) {
    reader.oneOf(['not'])
    reader.oneOf(['exist'])
    return { ...image, alwaysFails: null }
  }
  return reader.fail(
    '"pulls in", "fails", "always fails with", "is present", "does not exist" or "runs as"',
    IMAGE_WORDS,
  )
}

const IMAGE_WORDS = ['pulls', 'fails', 'always', 'is', 'does', 'runs']

/** Reads `3 times with "timeout", then once`: the errors of the first attempts. */
export function readFailures(reader: WordReader): (string | null)[] {
  const failures: (string | null)[] = []
  do {
    const times = reader.take('once') ? 1 : (readTimes(reader) ?? reader.fail('how many times'))
    repeat(reader, failures, reader.take('with') ? reader.message() : null, times)
  } while (reader.take(',', 'then'))
  return failures
}
