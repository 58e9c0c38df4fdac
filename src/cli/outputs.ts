import { nearestWord, PodwrightError } from '../errors/index.js'
import { describePod, getPods, objectsToJson, objectsToYaml, watchPods } from '../kubectl/index.js'
import type { Event, Pod } from '../model/index.js'
import { summary, workloadLines } from '../report/index.js'
import type { Milliseconds } from '../time/index.js'
import { type ClusterState, encodeTrace, stateAt, type Trace } from '../trace/index.js'
import { print, printLines } from './standard-streams.js'

/** The forms of `--output`. */
export const OUTPUTS = ['timeline', 'table', 'watch', 'json', 'jsonl', 'yaml', 'describe', 'summary', 'none'] as const

/** A form of `--output`. */
export type Output = (typeof OUTPUTS)[number]

/** Reads the value of `--output`. */
export function outputNamed(text: string): Output {
  const found = OUTPUTS.find(each => each === text)
  if (found !== undefined) return found
  const nearest = nearestWord(text, OUTPUTS)
  throw new PodwrightError({
    code: 'USAGE',
    where: '--output',
    problem: `expected one of ${OUTPUTS.join(', ')}, got ${JSON.stringify(text.slice(0, 80))}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}?`,
  })
}

/** What a machine reads: all of standard output, the same bytes everywhere. */
export const isForMachines = (output: Output): boolean => output === 'json' || output === 'jsonl' || output === 'yaml'

/** Prints the pods as they were at an instant, as `kubectl get pods` would. */
export function printTable(trace: Trace, at: Milliseconds): void {
  printLines(getPods(podsOf(stateAt(trace, at)), at + clockOffsetOf(trace)))
}

/** Prints a trace in every form but the timeline; objects as they are at an instant, the last of the trace. */
export function printTrace(trace: Trace, output: Exclude<Output, 'timeline'>, at: Milliseconds): void {
  switch (output) {
    case 'none':
      break
    case 'table':
      printTable(trace, at)
      break
    case 'watch':
      printLines(watchPods(trace))
      break
    case 'jsonl':
      printLines(jsonLines(trace))
      break
    case 'json':
      print(objectsToJson(podsOf(stateAt(trace, at))))
      break
    case 'yaml':
      print(objectsToYaml(podsOf(stateAt(trace, at))))
      break
    case 'describe':
      printLines(descriptions(trace, at))
      break
    case 'summary':
      printLines([...workloadLines(trace), ...summary(trace)])
  }
}

/** Pods by namespace, then by name, as the API server lists them. */
function podsOf(state: ClusterState): Pod[] {
  const pods = state.podSymbols().flatMap(symbol => state.pod(symbol) ?? [])
  return pods.sort((a, b) => compare(keyOf(a), keyOf(b)))
}

const keyOf = ({ metadata }: Pod): string => `${metadata.namespace} ${metadata.name}`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const clockOffsetOf = ({ header }: Trace): Milliseconds => header.clockOffset ?? 0

function* jsonLines(trace: Trace): Generator<string, void, undefined> {
  for (const line of encodeTrace(trace)) yield safeJson(line)
}

/** JSON in which the control characters that it lets through are escaped, for the terminal's sake. */
export const safeJson = (json: string): string =>
  UNSAFE_IN_JSON.test(json) ? json.replace(EVERY_UNSAFE_IN_JSON, escaped) : json

const UNSAFE_IN_JSON = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/
const EVERY_UNSAFE_IN_JSON = new RegExp(UNSAFE_IN_JSON, 'g')
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

function* descriptions(trace: Trace, at: Milliseconds): Generator<string, void, undefined> {
  const state = stateAt(trace, at)
  const events = state.events()
  let isFirst = true
  for (const pod of podsOf(state)) {
    if (!isFirst) yield* ['', '']
    isFirst = false
    yield* describePod(pod, eventsOf(pod, events), at + clockOffsetOf(trace))
  }
}

const eventsOf = ({ metadata }: Pod, events: readonly Event[]): Event[] =>
  events.filter(({ involvedObject: { kind, namespace, name } }) => {
    return kind === 'Pod' && namespace === metadata.namespace && name === metadata.name
  })
