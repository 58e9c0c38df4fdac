import type { TextReader } from './text-reader.js'

/** One or more, separated by commas; `nothing` is none. */
export function readSequence<Item>(reader: TextReader, read: () => Item): readonly Item[] {
  if (reader.take('nothing')) return []
  const items = [read()]
  while (reader.takeMark(',')) items.push(read())
  return items
}
