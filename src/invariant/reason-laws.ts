import { unpackInstanceAndExit } from '../trace/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { containerNamed, type LawParts, podNamed } from './law-parts.js'
import { CONDITION, type ContainerRecord, type PodRecord, TRUTH } from './pod-record.js'

/** Laws of the words that a status gives for what it says. */
export const REASON_LAWS: readonly Law[] = [
  {
    name: 'condition-reasons-are-the-kubelets',
    family: 'conditions',
    sentence:
      'A condition that is True has no reason, but PodCompleted where a completed pod is Initialized; one that is False has one of the reasons that its type knows.',
    source: 'pkg/kubelet/status/generate.go; scheduler (R-821 … R-825)',
  },
  {
    name: 'conditions-stay',
    family: 'conditions',
    sentence:
      'No condition of the kubelet’s is taken away from a pod that is bound, unless a step or a rejection does.',
    source: 'pkg/kubelet/status/status_manager.go mergePodStatus (R-164, R-165, R-761)',
  },
  {
    name: 'exit-reason-fits-its-code',
    family: 'runtime',
    sentence: 'An instance that exits with 0 is Completed, and one that exits with another code is not.',
    source: 'containerd: pkg/cri/server/events.go; StartContainer (R-713, R-815)',
  },
  {
    name: 'terminated-reason-is-the-exits',
    family: 'container states',
    sentence:
      'The API shows of a terminated container, as its state or its last state, the code and the reason with which that instance exited.',
    source: 'pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses (R-811, R-812, R-813)',
  },
]

/** Looks at reasons. */
export class ReasonLaws {
  readonly #parts: LawParts
  /** By CONDITION: marks, by symbol, of the reasons of a condition that is False. */
  readonly #reasons: readonly Uint8Array[]
  readonly #podCompleted: number

  constructor(parts: LawParts) {
    this.#parts = parts
    const { symbols } = parts
    this.#podCompleted = symbols.intern('PodCompleted')
    const list = (...names: string[]): number[] => names.map(name => symbols.intern(name))
    const unready = ['ContainersNotReady', 'PodCompleted', 'PodFailed', 'UnknownContainerStatuses']
    this.#reasons = [
      // A node that is lost makes its pods not Ready without a reason.
      [0, ...list(...unready, 'ReadinessGatesNotReady')],
      list(...unready),
      list('ContainersNotInitialized', 'UnknownContainerStatuses'),
      list('Unschedulable', 'SchedulingGated', 'SchedulerError'),
      [0],
    ].map(marksOf)
  }

  /** The row in hand writes one of the kubelet's conditions. */
  written(pod: PodRecord, condition: number): void {
    const { row } = this.#parts
    const reason = row.b >> 2
    const status = row.b & 3
    if (status === TRUTH.True) {
      if (reason === 0 || (condition === CONDITION.Initialized && reason === this.#podCompleted)) return
    } else if (status !== TRUTH.False || this.#reasons[condition][reason] === 1) return
    const { symbols, findings } = this.#parts
    const words = `${status === TRUTH.True ? 'True' : 'False'} for the reason ${symbols.text(reason) || '(none)'}`
    findings.add(
      'condition-reasons-are-the-kubelets',
      pod.symbol,
      `${symbols.text(row.a)} of ${podNamed(pod)} is ${words}`,
    )
  }

  /** The row in hand takes one of the kubelet's conditions away. */
  removed(pod: PodRecord): void {
    const { row, symbols, findings } = this.#parts
    findings.add('conditions-stay', pod.symbol, `${symbols.text(row.a)} of ${podNamed(pod)} is taken away`)
  }

  exited(container: ContainerRecord): void {
    const { row, words, symbols, findings } = this.#parts
    if ((row.b === 0) === (row.c === words.completed)) return
    findings.add(
      'exit-reason-fits-its-code',
      container.facts.path,
      `${containerNamed(container)} exits with ${row.b} for the reason ${symbols.text(row.c) || '(none)'}`,
      container.startRow,
    )
  }

  /** The row in hand shows a terminated instance, as the state or the last state. The state's code is another law's. */
  terminated(container: ContainerRecord, isLastState: boolean): void {
    const { row, symbols, findings } = this.#parts
    const { instance, exitCode } = unpackInstanceAndExit(row.a)
    if (instance < 0) return
    const code = container.exitCodeOf(instance)
    if (code < 0 && !isLastState) return
    const isSame = code >= 0 && container.exitReasons[instance] === row.b && (code & 0xff) === exitCode
    if (isSame || container.exitedAt === NEVER) return
    const state = isLastState ? 'as its last state' : 'as its state'
    findings.add(
      'terminated-reason-is-the-exits',
      container.facts.path,
      `${containerNamed(container)} shows ${symbols.text(row.b)} (${exitCode}) ${state}, which is not how that instance exited`,
      container.exitRow,
    )
  }
}

/** Conditions are written often, and a list is slower to search than a mark is to find. */
function marksOf(symbols: readonly number[]): Uint8Array {
  const marks = new Uint8Array(Math.max(...symbols) + 1)
  for (const symbol of symbols) marks[symbol] = 1
  return marks
}
