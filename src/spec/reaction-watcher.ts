import type { RunContext } from '../cluster/index.js'
import { PodwrightError } from '../errors/index.js'
import {
  compileMonitors,
  type MonitorSet,
  type Occurrence,
  ofPod,
  workloadsAbove,
  workloadsIn,
} from '../expect/index.js'
import { controllerOf, type OwnerReference } from '../model/index.js'
import type { Plan } from '../scenario/index.js'
import { ROW, type RowListener } from '../trace/index.js'

type Row = Parameters<RowListener['row']>

/**
 * What a reaction waits for, or one of several things: with a copy for each pod that a controller has made of a workload that it
 * names, and where it names several for each choice of a pod of each.
 */
interface Awaited {
  readonly when: Occurrence
  readonly reaction: number
  readonly workloads: readonly string[]
  monitors: MonitorSet[]
}

/** More choices of pods than this are refused: each is watched by itself. */
const MOST_COPIES = 100_000

/** Watches rows for what the reactions of a plan wait for; each is told of once in a run. */
export class ReactionWatcher implements RowListener {
  readonly #awaited: readonly Awaited[]
  readonly #context: RunContext
  readonly #react: (reaction: number) => void
  readonly #hasWorkloads: boolean
  #pending: Awaited[] = []
  /** Kept where a reaction is about a workload: a copy for a pod that comes later has to know what was before. */
  #rows: Row[] = []
  #owners = new Map<string, OwnerReference>()
  /** The pods of each workload that is named, in the order in which they were made. */
  #pods = new Map<string, Set<string>>()

  constructor(plan: Plan, context: RunContext, react: (reaction: number) => void) {
    this.#context = context
    this.#awaited = (plan.reactions ?? []).flatMap(({ when }, reaction) =>
      alternativesOf(when).map(each => {
        const workloads = [...workloadsIn(each)]
        return { when: each, reaction, workloads, monitors: workloads.length > 0 ? [] : [this.#monitorOf(each)] }
      }),
    )
    this.#hasWorkloads = this.#awaited.some(({ workloads }) => workloads.length > 0)
    this.#react = react
    this.reset()
  }

  /** Another run begins. */
  reset(): void {
    for (const awaited of this.#awaited) {
      if (awaited.workloads.length > 0) awaited.monitors = []
      else for (const monitor of awaited.monitors) monitor.reset()
    }
    this.#pending = [...this.#awaited]
    if (!this.#hasWorkloads) return
    this.#rows = []
    this.#owners = new Map()
    this.#pods = new Map()
  }

  row(...row: Row): void {
    if (this.#pending.length === 0) return
    if (this.#hasWorkloads) {
      const [, , kind, object, a] = row
      if (kind === ROW.created) this.#created(object, a)
      this.#rows.push(row)
    }
    let isDecided = false
    for (const { monitors } of this.#pending) {
      for (const monitor of monitors) {
        monitor.row(...row)
        isDecided ||= monitor.isDecided
      }
    }
    if (isDecided) this.#settle()
  }

  /** Tells of the reactions that wait no longer; of several things that one waits for the first is enough. */
  #settle(): void {
    const pending = this.#pending
    const decided = new Set<number>()
    for (const { monitors, reaction } of pending) if (monitors.some(monitor => monitor.isDecided)) decided.add(reaction)
    this.#pending = pending.filter(({ reaction }) => !decided.has(reaction))
    for (const reaction of decided) this.#react(reaction)
  }

  #monitorOf(what: Occurrence): MonitorSet {
    return compileMonitors([{ kind: 'never', what }], this.#context.symbols, this.#context)
  }

  /** A new pod of a workload gets its copies, which then see all rows but the one in hand. */
  #created(symbol: number, manifest: number): void {
    const object = this.#context.object(symbol)
    const made = this.#context.manifest(manifest)?.object
    const owner = made === undefined ? undefined : controllerOf(made.metadata)
    if (object === undefined || owner === undefined) return
    if (object.kind !== 'Pod') {
      this.#owners.set(object.path, owner)
      return
    }
    const above = new Set(workloadsAbove(owner, object.namespace, this.#owners))
    const pod = `${object.namespace}/${object.name}`
    for (const path of above) {
      const pods = this.#pods.get(path) ?? new Set()
      // A pod that is made again under its name, as a StatefulSet's are, is watched already.
      if (pods.has(pod)) return
      this.#pods.set(path, pods.add(pod))
    }
    for (const awaited of this.#pending) {
      if (awaited.workloads.some(path => above.has(path))) this.#watchFor(awaited, pod)
    }
  }

  /** Adds the copies in which a new pod has a part. */
  #watchFor(awaited: Awaited, pod: string): void {
    let copies: readonly { readonly when: Occurrence; readonly hasPart: boolean }[] = [
      { when: awaited.when, hasPart: false },
    ]
    for (const path of awaited.workloads) {
      const pods = [...(this.#pods.get(path) ?? [])]
      if (copies.length * pods.length > MOST_COPIES) throw tooMany(awaited.workloads)
      copies = copies.flatMap(({ when, hasPart }) =>
        pods.map(each => ({ when: ofPod(when, path, each), hasPart: hasPart || each === pod })),
      )
    }
    for (const { when, hasPart } of copies) {
      if (!hasPart) continue
      const monitor = this.#monitorOf(when)
      for (const row of this.#rows) monitor.row(...row)
      awaited.monitors.push(monitor)
    }
  }
}

/** Any of several things is each of them by itself: no pod of one workload has to wait for one of another. */
const alternativesOf = (when: Occurrence): readonly Occurrence[] =>
  when.kind === 'anyOf' && workloadsIn(when).size > 0 ? when.occurrences.flatMap(alternativesOf) : [when]

const tooMany = (workloads: readonly string[]): PodwrightError =>
  new PodwrightError({
    code: 'INPUT_TOO_LARGE',
    where: 'when',
    problem: `expected at most ${MOST_COPIES} pods, or choices of pods, to wait for, got more of ${workloads.join(' and ')}`,
    hint: 'name one pod, or fewer workloads at once',
  })
