import type { RunContext } from '../cluster/index.js'
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

/** One reaction: what it waits for, with a copy for each pod that a controller has made of a workload that it names. */
interface Awaited {
  readonly when: Occurrence
  readonly reaction: number
  readonly workloads: ReadonlySet<string>
  monitors: MonitorSet[]
}

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

  constructor(plan: Plan, context: RunContext, react: (reaction: number) => void) {
    this.#context = context
    this.#awaited = (plan.reactions ?? []).map(({ when }, reaction) => {
      const workloads = workloadsIn(when)
      return { when, reaction, workloads, monitors: workloads.size > 0 ? [] : [this.#monitorOf(when)] }
    })
    this.#hasWorkloads = this.#awaited.some(({ workloads }) => workloads.size > 0)
    this.#react = react
    this.reset()
  }

  /** Another run begins. */
  reset(): void {
    for (const awaited of this.#awaited) {
      if (awaited.workloads.size > 0) awaited.monitors = []
      else for (const monitor of awaited.monitors) monitor.reset()
    }
    this.#pending = [...this.#awaited]
    if (!this.#hasWorkloads) return
    this.#rows = []
    this.#owners = new Map()
  }

  row(...row: Row): void {
    const [, , kind, object, a] = row
    const pending = this.#pending
    if (pending.length === 0) return
    if (this.#hasWorkloads) {
      if (kind === ROW.created) this.#created(object, a)
      this.#rows.push(row)
    }
    for (let i = 0; i < pending.length; i++) {
      const { monitors, reaction } = pending[i]
      let isDecided = false
      for (const monitor of monitors) {
        monitor.row(...row)
        isDecided ||= monitor.isDecided
      }
      if (!isDecided) continue
      this.#react(reaction)
      pending.splice(i--, 1)
    }
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
    const above = workloadsAbove(owner, object.namespace, this.#owners)
    const pod = `${object.namespace}/${object.name}`
    for (const awaited of this.#pending) {
      const workload = above.find(path => awaited.workloads.has(path))
      if (workload === undefined) continue
      const monitor = this.#monitorOf(ofPod(awaited.when, workload, pod))
      for (const row of this.#rows) monitor.row(...row)
      awaited.monitors.push(monitor)
    }
  }
}
