import type { Command } from 'commander'
import { nearestWord, PodwrightError } from '../errors/index.js'
import { type GetOptions, kubectlGet, watchObjects } from '../kubectl/index.js'
import { EXIT } from './report-error.js'
import { printLines } from './standard-streams.js'
import {
  addRunOptions,
  addScopeOptions,
  partArguments,
  printView,
  scopeOf,
  type ViewFlags,
  viewedTrace,
} from './view-input.js'

interface GetFlags extends ViewFlags {
  readonly output?: string
  readonly watch?: boolean
  readonly showLabels?: boolean
}

const DESCRIPTION = `Show what kubectl get would have printed at an instant of a run.

The arguments are manifests, directories, - or a trace (.jsonl), then what kubectl is asked about: a kind, kinds
with commas between them, all, KIND NAME... or KIND/NAME... Kinds may be written as kubectl takes them: po, deploy, rs.`

const EXAMPLES = `
Examples:
  podwright get web.yaml deploy,rs,pods                the end of the run
  podwright get web.yaml pods -o wide --at 12.5s       the pods after 12.5 s
  podwright get k8s/ all -A                            pods, services and workloads of every namespace
  podwright get web.yaml deploy/web -o yaml --at 3s    one object, whole
  podwright get web.yaml pods -l app=web --watch       a line for every change
  podwright get trace.jsonl endpoints                  of a run that was kept`

/** Defines `podwright get`. */
export function defineGet(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('FILE|DIR|-... KIND[/NAME]... [options]')
    .argument('<arguments...>', 'files, then a kind and names')
  addRunOptions(command)
  addScopeOptions(command)
  command
    .option('--at <instant>', 'at this instant (default: the end of the run)')
    .option('-o, --output <form>', `${FORMS.join(', ')} (default: a table)`)
    .option('--show-labels', 'a column with the labels')
    .option('-w, --watch', 'a line for every change of pods or workloads, up to --at')
    .addHelpText('after', EXAMPLES)
    .action((args: string[], flags: GetFlags) => exit(get(args, flags)))
}

const FORMS = ['wide', 'yaml', 'json', 'name'] as const

function get(args: readonly string[], flags: GetFlags): number {
  const { files, words } = partArguments(args)
  const output = readForm(flags.output)
  const trace = viewedTrace(files, flags)
  const options: GetOptions = {
    ...scopeOf(flags, trace),
    showLabels: flags.showLabels,
    output,
  }
  const what = words.join(' ')
  if (flags.watch === true) printLines(watchObjects(trace, what, options))
  else printView(kubectlGet(trace, what, options))
  return EXIT.fine
}

function readForm(text: string | undefined): GetOptions['output'] {
  const found = FORMS.find(form => form === text)
  if (text === undefined || found !== undefined) return found
  const nearest = nearestWord(text, FORMS)
  throw new PodwrightError({
    code: 'USAGE',
    where: '--output',
    problem: `expected one of ${FORMS.join(', ')}, got ${JSON.stringify(text.slice(0, 80))}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}?`,
  })
}
