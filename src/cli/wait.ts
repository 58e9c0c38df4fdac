import type { Command } from 'commander'
import { PodwrightError } from '../errors/index.js'
import { waitFor } from '../kubectl/index.js'
import { formatInstant } from '../report/index.js'
import { parseDuration } from '../time/index.js'
import { EXIT } from './report-error.js'
import { note, printLines } from './standard-streams.js'
import {
  addRunOptions,
  addScopeOptions,
  partArguments,
  readInstant,
  type ViewFlags,
  viewedTrace,
} from './view-input.js'

interface WaitFlags extends ViewFlags {
  readonly for?: string
  readonly from?: string
  readonly timeout?: string
}

const DESCRIPTION = `Show when kubectl wait would have returned, had it been called during a run.

The arguments are manifests, directories, - or a trace (.jsonl), then a kind, KIND NAME... or KIND/NAME... Objects are
waited for one after the other, within one timeout.`

const EXAMPLES = `
Examples:
  podwright wait web.yaml deploy/web --for condition=Available
  podwright wait web.yaml pods -l app=web --for condition=Ready --from 1s --timeout 60s
  podwright wait web.yaml pod/web --for delete --from 30s
  podwright wait web.yaml deploy/web --for 'jsonpath={.status.readyReplicas}=3'

Exit codes: 0 it is so · 1 timed out, or nothing matches · 2 misuse or bad input`

/** Defines `podwright wait`. */
export function defineWait(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('FILE|DIR|-... KIND[/NAME]... --for WHAT [options]')
    .argument('<arguments...>', 'files, then a kind and names')
  addRunOptions(command)
  addScopeOptions(command)
  command
    .option('--for <what>', 'condition=NAME[=VALUE], delete, create or jsonpath=PATH[=VALUE]')
    .option('--from <instant>', 'when it is called (default: at the beginning)')
    .option('--timeout <duration>', 'how long it waits; 0 looks once (default: 30s)')
    .addHelpText('after', EXAMPLES)
    .action((args: string[], flags: WaitFlags) => exit(wait(args, flags)))
}

function wait(args: readonly string[], flags: WaitFlags): number {
  const { files, words } = partArguments(args)
  if (flags.for === undefined) {
    const hint = 'add --for condition=Ready, for example'
    throw new PodwrightError({ code: 'USAGE', where: '--for', problem: 'expected what to wait for, got nothing', hint })
  }
  const trace = viewedTrace(files, flags)
  const results = waitFor(trace, words.join(' '), flags.for, {
    namespace: flags.namespace,
    allNamespaces: flags.allNamespaces,
    selector: flags.selector,
    from: readInstant(flags.from, '--from', trace),
    timeout: flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout'),
  })
  for (const { time, text, outcome } of results) {
    const line = `${formatInstant(time).padStart(10)}  ${text}`
    if (outcome === 'met') printLines([line])
    else note(line)
  }
  return results.every(({ outcome }) => outcome === 'met') ? EXIT.fine : EXIT.finding
}
