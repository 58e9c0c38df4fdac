import { type Palette, timeline, whyReport } from '../report/index.js'
import { causalChain, findRow, type Trace } from '../trace/index.js'

/** Lines are as wide as the terminal, within reason; what is not a terminal gets the same width everywhere. */
const PIPE_COLUMNS = 120
const LEAST_COLUMNS = 60
const MOST_COLUMNS = 200

/** The story of a run, for standard output. */
export function timelineLines(trace: Trace, palette: Palette): string[] {
  const { isTTY, columns } = process.stdout
  const width = isTTY === true ? Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, columns)) : PIPE_COLUMNS
  return timeline(trace, { columns: width, palette })
}

/**
 * The chain of causes that led to what a text names, such as `web Ready=False`.
 *
 * @throws PodwrightError `UNKNOWN_OBJECT` or `USAGE` for what there is not, with what there is.
 */
export function whyLines(trace: Trace, text: string, palette: Palette): string[] {
  const row = findRow(trace, text, '--why')
  return whyReport(trace, causalChain(trace, row.number), palette)
}
