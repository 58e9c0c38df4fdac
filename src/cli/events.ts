import type { Command } from 'commander'
import { nearestWord, PodwrightError } from '../errors/index.js'
import { type EventsOptions, kubectlEvents } from '../kubectl/index.js'
import { EXIT } from './report-error.js'
import { note, print } from './standard-streams.js'
import { addRunOptions, partArguments, readInstant, type ViewFlags, viewedTrace } from './view-input.js'

interface EventsFlags extends ViewFlags {
  readonly for?: string
  readonly types?: string
}

const DESCRIPTION = `Show what kubectl events would have printed at an instant of a run: the Events by their last occurrence.`

const EXAMPLES = `
Examples:
  podwright events web.yaml                            all of them, at the end of the run
  podwright events web.yaml --types Warning            what went wrong
  podwright events web.yaml --for deploy/web --at 30s  those about one object`

/** Defines `podwright events`. */
export function defineEvents(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('FILE|DIR|-... [options]')
    .argument('<file...>', 'manifests, directories, - for standard input, or a trace (.jsonl)')
  addRunOptions(command)
  command
    .optionsGroup('What is shown:')
    .option('--for <kind/name>', 'only Events about this object')
    .option('--types <types>', 'only Events of these types: Normal, Warning')
    .option('-A, --all-namespaces', 'in every namespace')
    .option('--at <instant>', 'at this instant (default: the end of the run)')
    .addHelpText('after', EXAMPLES)
    .action((args: string[], flags: EventsFlags) => exit(events(args, flags)))
}

function events(args: readonly string[], flags: EventsFlags): number {
  const { files, words } = partArguments(args, false)
  if (words.length > 0) {
    const problem = `expected files, got ${JSON.stringify(words[0].slice(0, 80))}`
    throw new PodwrightError({ code: 'USAGE', problem, hint: `add --for ${words[0]}` })
  }
  const types = flags.types?.split(',').map(readType)
  const trace = viewedTrace(files, flags)
  const text = kubectlEvents(trace, {
    at: readInstant(flags.at, '--at', trace),
    namespace: flags.namespace,
    allNamespaces: flags.allNamespaces,
    for: flags.for,
    types,
  })
  if (/^No events found/.test(text)) note(text.trimEnd())
  else print(text)
  return EXIT.fine
}

const TYPES = ['Normal', 'Warning'] as const

function readType(text: string): NonNullable<EventsOptions['types']>[number] {
  const found = TYPES.find(type => type.toLowerCase() === text.trim().toLowerCase())
  if (found !== undefined) return found
  const nearest = nearestWord(text, TYPES)
  throw new PodwrightError({
    code: 'USAGE',
    where: '--types',
    problem: `expected ${TYPES.join(' or ')}, got ${JSON.stringify(text.slice(0, 80))}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}?`,
  })
}
