import { PodwrightError } from '../../errors/index.js'
import { NodeStateWords } from '../../expect/index.js'
import { type Milliseconds, readSpan, type Span } from '../../time/index.js'
import { DEFAULT_REBOOT, readTaintWord, unknownTaint } from '../node-words.js'
import type { DrainFlags, NodeResource } from '../plan.js'
import type { StatedStep, StepAction } from '../stated-step.js'
import { checkAmount, type ShutdownWords, statedShutdown } from './shutdown-words.js'

/** The steps that begin and end a fault. */
interface FaultSteps {
  readonly name: string
  readonly begins: (lasts: Milliseconds | undefined) => StepAction | readonly StepAction[]
  /** Absent: it ends by itself. */
  readonly ends?: StepAction | readonly StepAction[]
}

/**
 * Something that befalls a node: `node('b').goesSilent().at('60s').for('5m')`. It is data: the steps that begin and end it.
 */
export class NodeFault {
  readonly #fault: FaultSteps
  readonly #begin: Milliseconds | undefined
  readonly #lasts: Milliseconds | undefined

  /** @internal */
  constructor(fault: FaultSteps, begin: Milliseconds | undefined, lasts: Milliseconds | undefined) {
    this.#fault = fault
    this.#begin = begin
    this.#lasts = lasts
  }

  /** When it begins, since the beginning of the run. */
  at(span: Span): NodeFault {
    return new NodeFault(this.#fault, readSpan(span, 'at'), this.#lasts)
  }

  /**
   * How long it lasts; without it, to the end.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for no time at all, or what cannot end.
   */
  for(span: Span): NodeFault {
    const lasts = readSpan(span, 'for')
    const { name, begins, ends } = this.#fault
    if (lasts === 0) throw invalid(name, 'expected a while, got 0')
    if (ends === undefined && ![begins(lasts)].flat().some(step => 'downFor' in step))
      throw invalid(name, 'it lasts for good: leave .for out')
    return new NodeFault(this.#fault, this.#begin, lasts)
  }

  /**
   * The steps of the scenario that it stands for.
   *
   * @throws PodwrightError `SCENARIO_INVALID` when nothing said when it begins.
   */
  get steps(): readonly StatedStep[] {
    const { name, begins, ends } = this.#fault
    const [at, lasts] = [this.#begin, this.#lasts]
    if (at === undefined) throw invalid(name, "expected when it begins, such as .at('60s')")
    const first = [begins(lasts)].flat().map((step): StatedStep => ({ at, ...step }))
    if (lasts === undefined || ends === undefined) return first
    return [...first, ...[ends].flat().map((step): StatedStep => ({ at: at + lasts, ...step }))]
  }
}

/** What may befall a node. */
export interface NodeFaults {
  /** Nothing is heard of the node: its kubelet is gone and its network cut, and what runs there runs on unseen. */
  goesSilent(): NodeFault
  /** The machine is rebooted: what ran there is gone, and its kubelet starts when it is up; after 30 s, or `.for('2m')`. */
  reboots(): NodeFault
  /** It is drained, as by `kubectl drain` with these flags. */
  drains(flags?: DrainFlags): NodeFault
  /** No new pods come. */
  isCordoned(): NodeFault
  /** It gets taints, in the words of `kubectl taint`: `key=value:NoExecute`. */
  isTainted(...taints: readonly [string, ...string[]]): NodeFault
  /**
   * Something on the machine that is no pod takes so much of a resource that `left` remains, such as `50Mi` or `5%`; default half of
   * what the kubelet's threshold wants free. The kubelet evicts.
   */
  runsOutOf(resource: NodeResource, words?: { readonly left?: string | undefined }): NodeFault
  /**
   * It is switched off; with a grace its kubelet ends the pods first, the critical ones in the part of it that is kept for them. With
   * `.for` it is up again so long after it went off.
   */
  shutsDown(words?: ShutdownWords): NodeFault
  /** Its Node object is deleted; what runs there runs on for a while. */
  isDeleted(): NodeFault
}

/**
 * A node: what befalls it, for `.faults(…)` of a scenario, and what may be said of it, for `.expect(…)`.
 *
 * @throws PodwrightError `SCENARIO_INVALID` for what is no taint.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { node, scenarioBuilder } from 'podwright'
 *
 * const { document } = scenarioBuilder().nodes(2).faults(node('node-2').goesSilent().at('60s').for('5m'))
 * assert.deepEqual(document.steps, [
 *   { at: 60_000, action: 'killKubelet', subject: 'node-2' },
 *   { at: 60_000, action: 'cutNetwork', subject: 'node-2' },
 *   { at: 360_000, action: 'startKubelet', subject: 'node-2' },
 *   { at: 360_000, action: 'restoreNetwork', subject: 'node-2' },
 * ])
 * ```
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatClause, node, not, step, whenever } from 'podwright'
 *
 * const noticed = whenever(step(1).done()).then(not(node('node-1').ready())).within('50s')
 * assert.equal(formatClause(noticed.clause), 'whenever step 1 is carried out, node/node-1 is not ready within 50s')
 * ```
 */
export const node = (name: string): NodeFaults & NodeStateWords =>
  Object.assign(new NodeStateWords(name), faultsOf(name))

function faultsOf(subject: string): NodeFaults {
  const fault = (steps: FaultSteps): NodeFault => new NodeFault(steps, undefined, undefined)
  return {
    goesSilent: () =>
      fault({
        name: 'goesSilent',
        begins: () => [
          { action: 'killKubelet', subject },
          { action: 'cutNetwork', subject },
        ],
        ends: [
          { action: 'startKubelet', subject },
          { action: 'restoreNetwork', subject },
        ],
      }),
    reboots: () =>
      fault({
        name: 'reboots',
        begins: lasts => ({ action: 'reboot', subject, downFor: lasts ?? DEFAULT_REBOOT }),
      }),
    drains: (flags = {}) => fault({ name: 'drains', begins: () => ({ action: 'drain', subject, ...flags }) }),
    isCordoned: () =>
      fault({
        name: 'isCordoned',
        begins: () => ({ action: 'cordon', subject }),
        ends: { action: 'uncordon', subject },
      }),
    isTainted: (...taints) => {
      const removals = taints.map(word => {
        const taint = readTaintWord(word)
        if (taint === undefined || taint.isRemoval) throw unknownTaint(word)
        return `${taint.key}:${taint.effect}-`
      })
      return fault({
        name: 'isTainted',
        begins: () => ({ action: 'taint', subject, taints }),
        ends: { action: 'taint', subject, taints: removals },
      })
    },
    runsOutOf: (resource, { left } = {}) => {
      checkAmount(left, 'runsOutOf')
      const part = left === undefined ? {} : { left }
      return fault({
        name: 'runsOutOf',
        begins: () => ({ action: 'exhaust', subject, resource, ...part }),
        ends: { action: 'relieve', subject, resource },
      })
    },
    shutsDown: (words = {}) => {
      const said = statedShutdown(words)
      return fault({
        name: 'shutsDown',
        begins: lasts => ({ action: 'shutDown', subject, ...said, ...(lasts === undefined ? {} : { downFor: lasts }) }),
      })
    },
    isDeleted: () => fault({ name: 'isDeleted', begins: () => ({ action: 'delete', subject: `node/${subject}` }) }),
  }
}

const invalid = (where: string, problem: string): PodwrightError =>
  new PodwrightError({ code: 'SCENARIO_INVALID', where, problem })
