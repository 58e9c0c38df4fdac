import { formatInstant } from './format-instant.js'
import { type Paint, type Palette, paintOf, type Tone } from './palette.js'
import type { TimelineLine } from './timeline-line.js'

/** The widest that names of objects and reasons become before they are cut. */
const WIDEST_OBJECT = 40
const WIDEST_WHY = 36
const NARROWEST_WHAT = 24

/** Lays lines out in four columns, time, object, what happened, why, within `columns` characters. */
export const layOut = (lines: readonly TimelineLine[], columns: number, palette: Palette): string[] =>
  layOutEach(lines, columns, palette).flat()

/** The same, with the lines of text that each line becomes kept together. */
export function layOutEach(lines: readonly TimelineLine[], columns: number, palette: Palette): string[][] {
  const widest = (of: (line: TimelineLine) => string): number =>
    lines.reduce((most, line) => Math.max(most, width(of(line))), 0)
  const timeWidth = widest(({ time }) => formatInstant(time))
  const objectWidth = Math.min(
    WIDEST_OBJECT,
    widest(({ object }) => object),
  )
  const whyWidth = Math.min(
    WIDEST_WHY,
    widest(({ why }) => why),
  )
  const room = columns - timeWidth - objectWidth - (whyWidth === 0 ? 4 : whyWidth + 6)
  const whatWidth = Math.max(NARROWEST_WHAT, Math.min(room, widest(whatOf)))
  return lines.map(line => {
    const object = cut(line.object, objectWidth)
    const [first, ...others] = wrap(line, whatWidth)
    const time = formatInstant(line.time).padStart(timeWidth)
    const what = painted(first, palette)
    const head = `${palette.time(time)}  ${palette.object(object)}${blanks(objectWidth - width(object))}  ${what}`
    const why = cut(line.why, whyWidth)
    const tail = why === '' ? '' : `${blanks(whatWidth - lengthOf(first))}  ${palette.cause(why)}`
    const margin = blanks(timeWidth + objectWidth + 6)
    return [`${head}${tail}`, ...others.map(other => `${margin}${painted(other, palette)}`)]
  })
}

/** A word with the tone of the piece it comes from. */
interface Word {
  readonly text: string
  readonly tone: Tone
}

const whatOf = ({ pieces }: TimelineLine): string => pieces.map(({ what }) => what).join(', ')

/** Breaks what happened into lines at spaces; a word that is too long for a line is broken inside. */
function wrap({ pieces }: TimelineLine, room: number): Word[][] {
  const words = pieces.flatMap(({ what, tone }, i) =>
    `${what}${i < pieces.length - 1 ? ',' : ''}`
      .split(' ')
      .flatMap(text => chunks(text, room).map(chunk => ({ text: chunk, tone }))),
  )
  const lines: Word[][] = [[]]
  let used = 0
  for (const word of words) {
    const line = lines[lines.length - 1]
    // Further lines are indented by two.
    const limit = lines.length === 1 ? room : room - 2
    if (line.length > 0 && used + 1 + width(word.text) > limit) {
      lines.push([word])
      used = width(word.text)
    } else {
      used += width(word.text) + (line.length > 0 ? 1 : 0)
      line.push(word)
    }
  }
  return lines
}

const lengthOf = (words: readonly Word[]): number => words.reduce((sum, { text }) => sum + width(text) + 1, -1)

/** Words of one tone in a row share their paint. */
function painted(words: readonly Word[], palette: Palette): string {
  const runs: { texts: string[]; paint: Paint; tone: Tone }[] = []
  for (const { text, tone } of words) {
    const last = runs.at(-1)
    if (last?.tone === tone) last.texts.push(text)
    else runs.push({ texts: [text], paint: paintOf(palette, tone), tone })
  }
  return runs.map(({ texts, paint }) => paint(texts.join(' '))).join(' ')
}

function chunks(text: string, size: number): string[] {
  if (width(text) <= size) return [text]
  const characters = [...text]
  const pieces: string[] = []
  for (let at = 0; at < characters.length; at += size - 2) pieces.push(characters.slice(at, at + size - 2).join(''))
  return pieces
}

/** Characters as a terminal with narrow letters shows them. */
const width = (text: string): number => [...text].length

const blanks = (count: number): string => ' '.repeat(Math.max(0, count))

/** Cuts the middle out of a name that is too wide: its ends tell names apart. */
function cut(text: string, limit: number): string {
  const characters = [...text]
  if (characters.length <= limit) return text
  const kept = Math.max(0, limit - 1)
  const tail = Math.floor(kept / 2)
  return `${characters.slice(0, kept - tail).join('')}…${characters.slice(characters.length - tail).join('')}`
}
