import { TRANSIENT } from './align.js'
import { podsOf } from './aspects.js'
import type { Observed } from './recording.js'

/** Every message that people read, by where it stood, and for how many seconds at most; Events stand for ever. */
export type StandingTexts = ReadonlyMap<string, number>

/** Seconds: a message that stood longer could not be overlooked, by a relist or a batch. */
const NOTICEABLE = TRANSIENT + 1

/** An Event of the last seconds may be missing, and counts as a message that stood for no time. */
const LAST_SECONDS = 3
const NO_TIME = 0.001

/** What differs from run to run, and what stands for it. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/_[a-z0-9.-]+\([^)]*\)/g, '_<namespace>(<uid>)'],
  [/assigned \S+\/(\S+) to \S+/, 'assigned <namespace>/$1 to <node>'],
  [/ in [\dms.]+ \([\dms.]+ including waiting\)\. Image size: \d+ bytes/, ' in <time>'],
  // Spare nodes of the recorder.
  [/, \d+ node\(s\) had untolerated taint \{oracle\/j: only\}/, ''],
  [/\b\d+(\/\d+)? (?=nodes are available|node\(s\)|Preemption is)/g, '<n> '],
  [/\b\d+\.\d+\.\d+\.\d+(:\d+)?/g, '<address>'],
]

/** Collects the messages of an observation until an instant. */
export function standingTexts(observed: Observed, until: number, namespace: string): StandingTexts {
  const texts = new Map<string, number>()
  // Repetitions of a recording ran in namespaces with a suffix.
  const ownNamespace = new RegExp(`\\b${escaped(namespace)}(p\\d[a-z]?)?\\b`, 'g')
  const add = (where: string, text: string, seconds: number): void => {
    const plain = VARYING.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text)
    const key = `${where}: ${plain.replace(ownNamespace, '<namespace>')}`
    texts.set(key, Math.max(texts.get(key) ?? 0, seconds))
  }
  const addList = (
    where: string,
    list: readonly { readonly t: number; readonly message?: string | undefined }[] = [],
  ): void => {
    for (const [i, { t, message }] of list.entries()) {
      if (message && t <= until) add(where, message, (list[i + 1]?.t ?? until) - t)
    }
  }
  for (const pod of podsOf(observed)) {
    addList('phase', pod.phase)
    for (const [type, list] of Object.entries(pod.conditions ?? {})) addList(`condition ${type}`, list)
    for (const [name, list] of Object.entries(pod.containers ?? {})) addList(`state ${name}`, list)
    for (const { t, reason, message } of pod.events ?? []) {
      if (t > until) continue
      add(`event ${reason}`, message ?? '', t <= until - LAST_SECONDS ? Number.POSITIVE_INFINITY : NO_TIME)
    }
  }
  return texts
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A message that stood in every real run has to appear; one that stood and that no real run had must not. */
export function compareTexts(model: StandingTexts, recorded: readonly StandingTexts[]): readonly string[] {
  const isInEvery = (text: string): boolean => recorded.every(run => (run.get(text) ?? 0) >= NOTICEABLE)
  const missing = [...recorded[0].keys()].filter(text => !model.has(text) && isInEvery(text))
  const unreal = [...model].filter(([text, seconds]) => seconds >= NOTICEABLE && !recorded.some(run => run.has(text)))
  return [...missing.map(text => `missing ${text}`), ...unreal.map(([text]) => `never in reality: ${text}`)]
}
