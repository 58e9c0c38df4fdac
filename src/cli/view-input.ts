import type { Command } from 'commander'
import { nearestWord, PodwrightError } from '../errors/index.js'
import { readText } from '../files/index.js'
import { findResource, isResourceWord, resourcesNamed, type ViewOptions } from '../kubectl/index.js'
import { formatDuration, type Milliseconds, parseDuration } from '../time/index.js'
import { decodeTrace, type Trace } from '../trace/index.js'
import { linesOf } from './lines-of.js'
import { loadPlan } from './load-plan.js'
import { addPlanOptions, type PlanFlags, readPlanSettings } from './plan-settings.js'
import { runWhole } from './run-whole.js'
import { note, print } from './standard-streams.js'

/** Options of every command that views a run as kubectl would have shown it. */
export interface ViewFlags extends PlanFlags {
  readonly at?: string
  readonly allNamespaces?: boolean
  readonly selector?: string
}

/** What a view is made of. */
export interface ViewInput {
  readonly trace: Trace
  /** What kubectl is asked about, `deploy web`. */
  readonly what: string
  readonly namespace: string | undefined
}

/** Adds the options that say which run is viewed. */
export const addRunOptions = (command: Command): void => addPlanOptions(command)

/** Adds the options that say which objects are meant. */
export function addScopeOptions(command: Command): void {
  command
    .optionsGroup('What is shown:')
    .option('-A, --all-namespaces', 'in every namespace')
    .option('-l, --selector <query>', 'only objects with these labels: app=web,tier!=cache')
}

/**
 * Parts the arguments of a view into files and what kubectl is asked about: files come first, and the first word that is a kind, or a
 * kind and a name, begins the rest. A file that is called as a kind is written `./pods`.
 *
 * @throws PodwrightError `USAGE` where either is missing.
 */
export function partArguments(args: readonly string[], isKindNeeded = true): { files: string[]; words: string[] } {
  const begin = args.findIndex(arg => !isPath(arg) && isResourceWord(arg))
  const files = args.slice(0, begin < 0 ? args.length : begin)
  const words = begin < 0 ? [] : args.slice(begin)
  const last = files.at(-1)
  const isMisspelt = isKindNeeded && words.length === 0 && files.length > 1 && last !== undefined && !isPath(last)
  if (isMisspelt) throw notAKind(last)
  if (files.length === 0) {
    throw new PodwrightError({
      code: 'USAGE',
      problem: 'expected manifests and then a kind, got no manifests',
      hint: `write the files first: podwright get web.yaml ${words.join(' ') || 'pods'}`,
    })
  }
  if (words.length > 0 || !isKindNeeded) return { files, words }
  throw new PodwrightError({
    code: 'USAGE',
    problem: 'expected manifests and then a kind, got no kind',
    hint: `write the kind behind the files: podwright get ${files.join(' ')} pods`,
  })
}

const isPath = (word: string): boolean => word === '-' || /^\.{0,2}\/|\.(ya?ml|jsonl?)$|\/$/.test(word)

/** A word that is neither a file nor a kind. */
function notAKind(word: string): PodwrightError {
  const [kind] = word.split('/')
  if (findResource(kind) === undefined && nearestKind(kind) !== undefined) {
    try {
      resourcesNamed(kind, word)
    } catch (error) {
      if (error instanceof PodwrightError) return error
      throw error
    }
  }
  return new PodwrightError({
    code: 'USAGE',
    where: word,
    problem: 'expected a file or a kind, got neither',
    hint: 'files come first, then a kind such as pods, deploy/web or svc',
  })
}

const nearestKind = (word: string): string | undefined => nearestWord(word, COMMON_KINDS)

const COMMON_KINDS = [
  ...['pods', 'deployments', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs', 'services', 'nodes'],
  ...['pod', 'deployment', 'replicaset', 'statefulset', 'daemonset', 'job', 'cronjob', 'service', 'node'],
  ...['events', 'endpoints', 'endpointslices', 'namespaces', 'configmaps', 'deploy', 'secrets', 'all'],
]

/** Runs manifests to their end, or reads the trace that a `.jsonl` file holds. */
export function viewedTrace(files: readonly string[], flags: ViewFlags): Trace {
  const [first] = files
  if (files.length === 1 && first.endsWith('.jsonl')) return decodeTrace(linesOf(readText(first)), first)
  const settings = readPlanSettings(files, flags)
  const { plan } = loadPlan(settings, { hasPortableNames: true })
  const { trace, isCut } = runWhole(plan, { seed: settings.seed, recipe: settings.recipe })
  if (isCut) note('the limit on entries was reached: what comes after it is not shown')
  return trace
}

/** Which objects are meant, and when. */
export const scopeOf = (flags: ViewFlags, trace: Trace): ViewOptions => ({
  at: readInstant(flags.at, '--at', trace),
  namespace: flags.namespace,
  allNamespaces: flags.allNamespaces,
  selector: flags.selector,
})

/** Prints what kubectl would have printed; that nothing was found is a note, as there. */
export function printView(text: string): void {
  if (text.startsWith('No resources found')) note(text.trimEnd())
  else print(text)
}

/** Reads an instant of a run that is over. */
export function readInstant(text: string | undefined, where: string, trace: Trace): Milliseconds | undefined {
  if (text === undefined) return undefined
  const at = parseDuration(text, where)
  const { horizon } = trace.header
  if (at <= horizon) return at
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected an instant up to the horizon ${formatDuration(horizon)}, got ${formatDuration(at)}`,
    hint: `add --horizon ${formatDuration(at)}`,
  })
}
