import type { Command } from 'commander'
import { nearestWord, PodwrightError } from '../errors/index.js'
import { rolloutHistory, rolloutObstacle, rolloutStatus, watchRollout } from '../kubectl/index.js'
import { formatInstant } from '../report/index.js'
import { readWhole } from './option-values.js'
import { EXIT } from './report-error.js'
import { note, print, printLines } from './standard-streams.js'
import { addRunOptions, partArguments, readInstant, type ViewFlags, viewedTrace } from './view-input.js'

interface RolloutFlags extends ViewFlags {
  readonly from?: string
  readonly revision?: string
}

const DESCRIPTION = `Show how a Deployment, StatefulSet or DaemonSet was rolled out.

  status    follows the rollouts of the run: each line that kubectl rollout status would have printed, with its
            instant; with --at only the line of that instant
  history   its revisions; with --revision the template of one

The arguments are status or history, then manifests, directories, - or a trace (.jsonl), then KIND/NAME.`

const EXAMPLES = `
Examples:
  podwright rollout status web.yaml deployment/web
  podwright rollout status web.yaml deployment/web --at 1s
  podwright rollout history web.yaml deploy/web --revision 2

Exit codes: 0 the last rollout is done · 1 it exceeded its deadline, or is not done at the end · 2 misuse or bad input`

/** Defines `podwright rollout`. */
export function defineRollout(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('status|history FILE|DIR|-... KIND/NAME [options]')
    .argument('<action>', 'status or history')
    .argument('<arguments...>', 'files, then a kind and a name')
  addRunOptions(command)
  command
    .optionsGroup('What is shown:')
    .option('--at <instant>', 'at this instant only (history: default the end of the run)')
    .option('--from <instant>', 'status: from this instant on (default: the beginning)')
    .option('--revision <number>', 'history: the template of this revision')
    .addHelpText('after', EXAMPLES)
    .action((action: string, args: string[], flags: RolloutFlags) => exit(rollout(action, args, flags)))
}

const ACTIONS = ['status', 'history'] as const

function rollout(action: string, args: readonly string[], flags: RolloutFlags): number {
  const known = ACTIONS.find(each => each === action)
  if (known === undefined) throw unknownAction(action)
  const { files, words } = partArguments(args)
  const reference = words.join(' ')
  const trace = viewedTrace(files, flags)
  const at = readInstant(flags.at, '--at', trace)
  const { namespace } = flags
  if (known === 'history') {
    const revision = flags.revision === undefined ? undefined : readWhole(flags.revision, '--revision', 1, 2 ** 31)
    print(rolloutHistory(trace, reference, { namespace, at, revision }))
    return EXIT.fine
  }
  if (at !== undefined) {
    const { text, state } = rolloutStatus(trace, reference, { namespace, at })
    printLines([text])
    return state === 'failed' ? EXIT.finding : EXIT.fine
  }
  const lines = watchRollout(trace, reference, { namespace, from: readInstant(flags.from, '--from', trace) })
  printLines(lines.map(({ time, text }) => `${formatInstant(time).padStart(10)}  ${text}`))
  const last = lines.at(-1)
  if (last?.state === 'done') return EXIT.fine
  if (last?.state === 'waiting') {
    const obstacle = rolloutObstacle(trace, reference, { namespace })
    note(`not done when the run ended at ${formatInstant(trace.end)}${obstacle === undefined ? '' : `; ${obstacle}`}`)
  }
  return EXIT.finding
}

function unknownAction(action: string): PodwrightError {
  const nearest = nearestWord(action, ACTIONS)
  const isStep = ['undo', 'restart', 'pause', 'resume'].includes(action)
  return new PodwrightError({
    code: 'USAGE',
    where: 'rollout',
    problem: `expected status or history, got ${JSON.stringify(action.slice(0, 80))}`,
    hint: isStep
      ? `rollout ${action} is a step: say it in a Scenario`
      : nearest === undefined
        ? undefined
        : `did you mean ${nearest}?`,
  })
}
