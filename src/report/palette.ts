/** Colours of a text report; who prints to a terminal gives functions that put escape codes around their text. */
export interface Palette {
  readonly time: Paint
  readonly object: Paint
  readonly cause: Paint
  readonly good: Paint
  readonly bad: Paint
  readonly warning: Paint
  readonly dim: Paint
  readonly strong: Paint
}

/** Puts a colour around a text, or leaves it as it is. */
export type Paint = (text: string) => string

/** How a piece of a report is meant. */
export type Tone = 'plain' | 'good' | 'bad' | 'warning'

const unchanged: Paint = text => text

/** No colours. */
export const PLAIN_PALETTE: Palette = {
  time: unchanged,
  object: unchanged,
  cause: unchanged,
  good: unchanged,
  bad: unchanged,
  warning: unchanged,
  dim: unchanged,
  strong: unchanged,
}

/** The paint of a tone. */
export const paintOf = (palette: Palette, tone: Tone): Paint => (tone === 'plain' ? unchanged : palette[tone])
