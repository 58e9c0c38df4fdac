import { formatDuration } from '../time/index.js'
import { DEFAULT_BEHAVIOUR } from './behaviour.js'
import { processWords } from './describe-behaviour.js'
import type { Assumption, PlanPod } from './plan.js'
import type { ResolvedBehaviour, ScriptedContainer } from './resolve-behaviour.js'

/** More names than this are counted, not listed. */
const MOST_NAMES = 4

/**
 * Collects what was assumed because nobody said otherwise, grouped by what it is: thirty containers that run on are one
 * line, and replicas of a workload are one name.
 */
export class AssumptionList {
  readonly #subjects = new Map<string, Set<string>>()
  readonly #totals = new Map<string, Set<string>>()
  readonly #notes: Assumption[] = []

  /** Takes note of one line that is grouped with nothing. */
  note(subject: string, text: string): void {
    this.#notes.push({ subject, text })
  }

  /** Takes note of the fields of a container's behaviour that are defaults and matter: only probes and hooks that exist. */
  container(it: ScriptedContainer, { assumed }: ResolvedBehaviour): void {
    const name = `${it.ownerName ?? it.pod}/${it.container}`
    this.#count('container', name)
    if (assumed.has('runs')) this.#add(RUN_TEXTS[it.role], name)
    if (assumed.has('onTerm')) this.#add(TERM_TEXT, name)
    const { livenessProbe, readinessProbe, startupProbe, lifecycle } = it.spec
    this.#answers('probe', PROBE_TEXT, name, [
      ['liveness', livenessProbe !== undefined, assumed.has('liveness')],
      ['readiness', readinessProbe !== undefined, assumed.has('readiness')],
      ['startup', startupProbe !== undefined, assumed.has('startup')],
    ])
    const { postStart, preStop } = lifecycle ?? {}
    this.#answers('hook', HOOK_TEXT, name, [
      ['postStart', postStart !== undefined && postStart.sleep === undefined, assumed.has('postStart')],
      ['preStop', preStop !== undefined && preStop.sleep === undefined, assumed.has('preStop')],
    ])
  }

  /** Takes note of an image of which nothing, or not how long it takes, is said. */
  image(name: string, isAssumed: boolean): void {
    this.#count('image', name)
    if (isAssumed) this.#add(IMAGE_TEXT, name)
  }

  /** Takes note of what requests get from containers of which nothing is said. */
  requests(pods: readonly Pick<PlanPod, 'containers'>[]): void {
    const isStated = pods.every(({ containers }) =>
      Object.values(containers).some(({ serves }) => serves !== undefined),
    )
    if (!isStated || pods.length === 0) this.note('requests', REQUEST_TEXT)
  }

  /** The lines: notes first, then what is assumed of workloads, processes, SIGTERM, probes, hooks and images. */
  lines(): readonly Assumption[] {
    return [...this.#notes, ...TEXTS.flatMap(({ text, kind }) => this.#line(text, kind))]
  }

  #answers(kind: string, text: string, name: string, fields: readonly (readonly [string, boolean, boolean])[]): void {
    for (const [field, exists, isAssumed] of fields) {
      if (!exists) continue
      this.#count(kind, `${name} ${field}`)
      if (isAssumed) this.#add(text, `${name} ${field}`)
    }
  }

  #line(text: string, kind: string): Assumption[] {
    const names = [...(this.#subjects.get(text) ?? [])]
    if (names.length === 0) return []
    const isAll = names.length > 1 && names.length === this.#totals.get(kind)?.size
    return [{ subject: isAll ? `every ${kind}` : listNames(names), text }]
  }

  #count(kind: string, name: string): void {
    addTo(this.#totals, kind, name)
  }

  #add(text: string, name: string): void {
    addTo(this.#subjects, text, name)
  }
}

const addTo = (sets: Map<string, Set<string>>, key: string, name: string): void => {
  const set = sets.get(key)
  if (set === undefined) sets.set(key, new Set([name]))
  else set.add(name)
}

function listNames(names: readonly string[]): string {
  if (names.length <= MOST_NAMES + 1) return names.join(', ')
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`
}

const { process, initProcess, jobProcess, hook, image } = DEFAULT_BEHAVIOUR
const RUN_TEXTS = {
  container: 'runs on',
  sidecar: 'runs on',
  init: processWords(initProcess),
  job: processWords(jobProcess),
} as const
const TERM_TEXT = `SIGTERM ends it after ${formatDuration(process.onTerm?.exitAfter ?? 0)} with exit ${process.onTerm?.exitCode}`
const PROBE_TEXT = 'succeeds'
const HOOK_TEXT = `succeeds after ${formatDuration(hook.duration)}`
const IMAGE_TEXT = `absent at first, pulled in ${formatDuration(image.pullDuration)}`

const REQUEST_TEXT = `answered in ${formatDuration(DEFAULT_BEHAVIOUR.serves.latency)} from the container's start on; SIGTERM closes the listener`

const TEXTS = [
  { text: RUN_TEXTS.container, kind: 'container' },
  { text: RUN_TEXTS.init, kind: 'container' },
  { text: RUN_TEXTS.job, kind: 'container' },
  { text: TERM_TEXT, kind: 'container' },
  { text: PROBE_TEXT, kind: 'probe' },
  { text: HOOK_TEXT, kind: 'hook' },
  { text: IMAGE_TEXT, kind: 'image' },
]
