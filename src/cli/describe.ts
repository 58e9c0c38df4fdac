import type { Command } from 'commander'
import { kubectlDescribe } from '../kubectl/index.js'
import { EXIT } from './report-error.js'
import {
  addRunOptions,
  addScopeOptions,
  partArguments,
  printView,
  scopeOf,
  type ViewFlags,
  viewedTrace,
} from './view-input.js'

const DESCRIPTION = `Show what kubectl describe would have printed at an instant of a run.

The arguments are manifests, directories, - or a trace (.jsonl), then a kind, KIND NAME... or KIND/NAME...`

const EXAMPLES = `
Examples:
  podwright describe web.yaml deploy/web              the Deployment at the end of the run, with its Events
  podwright describe web.yaml pods -l app=web --at 2s
  podwright describe k8s/ node/node-1                 what runs there, and what it asks for`

/** Defines `podwright describe`. */
export function defineDescribe(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('FILE|DIR|-... KIND[/NAME]... [options]')
    .argument('<arguments...>', 'files, then a kind and names')
  addRunOptions(command)
  addScopeOptions(command)
  command
    .option('--at <instant>', 'at this instant (default: the end of the run)')
    .addHelpText('after', EXAMPLES)
    .action((args: string[], flags: ViewFlags) => exit(describe(args, flags)))
}

function describe(args: readonly string[], flags: ViewFlags): number {
  const { files, words } = partArguments(args)
  const trace = viewedTrace(files, flags)
  printView(kubectlDescribe(trace, words.join(' '), scopeOf(flags, trace)))
  return EXIT.fine
}
