import { shellWord } from '../spec/index.js'
import type { PlanFlags } from './plan-settings.js'

/** What a run was asked for on the command line. */
export interface ReplayedFlags extends PlanFlags {
  /** The laws that are not checked. */
  readonly off?: readonly string[] | undefined
}

/** The options that a plan and its verdicts depend on, in the order of the help. */
const FLAGS: readonly (readonly [keyof ReplayedFlags, string])[] = [
  ['namespace', '--namespace'],
  ['nodes', '--nodes'],
  ['kubernetes', '--kubernetes'],
  ['behave', '--behave'],
  ['traffic', '--traffic'],
  ['metric', '--metric'],
  ['step', '--step'],
  ['horizon', '--horizon'],
  ['off', '--off'],
]

/** The command that runs the same again, ready for a shell. */
export function replayCommand(paths: readonly string[], flags: ReplayedFlags, replay: string): string {
  const options = FLAGS.flatMap(([flag, name]) => {
    const value = flags[flag]
    const values = value === undefined || value === true || value === false ? [] : [value].flat()
    return values.flatMap(each => [name, each as string])
  })
  return ['npx podwright replay', ...[...paths, ...options, replay].map(shellWord)].join(' ')
}
