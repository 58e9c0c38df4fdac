import pc from 'picocolors'
import { type Palette, PLAIN_PALETTE } from '../report/index.js'

/**
 * Colours on a terminal only: `--no-color` and NO_COLOR (https://no-color.org) turn them off, FORCE_COLOR turns them
 * on for a pipe, too.
 */
export function terminalPalette(flag: boolean | undefined): Palette {
  if (!wantsColour(flag)) return PLAIN_PALETTE
  const { cyan, bold, magenta, green, red, yellow, dim } = pc.createColors(true)
  return { time: cyan, object: bold, cause: magenta, good: green, bad: red, warning: yellow, dim, strong: bold }
}

function wantsColour(flag: boolean | undefined): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (flag === false || (NO_COLOR !== undefined && NO_COLOR !== '')) return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0'
  return process.stdout.isTTY === true && TERM !== 'dumb'
}
