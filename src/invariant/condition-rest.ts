import type { Milliseconds } from '../time/index.js'
import { STATE } from './container-record.js'
import { type LawParts, podNamed } from './law-parts.js'
import type { ContainerFacts } from './pod-facts.js'
import { CONDITION, PHASE, type PodRecord, TRUTH } from './pod-record.js'

/** Compares the reasons and messages of conditions with what they are about, where a pod is at rest. */
export class ConditionRest {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** A pod that goes on. */
  unfinished(pod: PodRecord, end: Milliseconds): void {
    const { containers, truths } = pod
    if (pod.hasHandmadeConditions || containers.some(({ state }) => state === STATE.none)) return
    const unready: ContainerFacts[] = []
    const incomplete: ContainerFacts[] = []
    for (const { facts, isReady, isStartedUp } of containers) {
      const { role } = facts
      if ((role === 'container' || role === 'sidecar') && !isReady) unready.push(facts)
      if ((role === 'init' && !isReady) || (role === 'sidecar' && !isStartedUp)) incomplete.push(facts)
    }
    const notReady = `containers with unready status: [${namesOf(unready)}]`
    this.#compare(pod, CONDITION.ContainersReady, 'ContainersNotReady', notReady, end)
    if (truths[CONDITION.ContainersReady] === TRUTH.False)
      this.#compare(pod, CONDITION.Ready, 'ContainersNotReady', notReady, end)
    const notInitialized = `containers with incomplete status: [${namesOf(incomplete)}]`
    this.#compare(pod, CONDITION.Initialized, 'ContainersNotInitialized', notInitialized, end)
  }

  /** A pod that its kubelet has brought to its end. */
  finished(pod: PodRecord, end: Milliseconds): void {
    if (pod.hasHandmadeConditions || pod.isPhaseHandmade) return
    const reason = pod.phase === PHASE.Succeeded ? 'PodCompleted' : 'PodFailed'
    this.#compare(pod, CONDITION.ContainersReady, reason, '', end)
    this.#compare(pod, CONDITION.Ready, reason, '', end)
  }

  /** If the condition is False, it is for this reason, and says so. */
  #compare(pod: PodRecord, condition: number, reason: string, message: string, end: Milliseconds): void {
    if (pod.truths[condition] !== TRUTH.False) return
    const { symbols, findings } = this.#parts
    const stated = symbols.text(pod.conditionBits[condition] >> 2)
    const words = symbols.text(pod.conditionMessages[condition])
    if (stated === reason && words === message) return
    findings.addAt(
      'conditions-name-their-cause',
      end,
      pod.phaseRow,
      pod.symbol,
      `${CONDITION_NAMES[condition]} of ${podNamed(pod)} is False for ${JSON.stringify(`${stated}: ${words}`)}; it has to be ${JSON.stringify(`${reason}: ${message}`)}`,
      pod.phaseRow,
    )
  }
}

const namesOf = (containers: readonly ContainerFacts[]): string => containers.map(({ name }) => name).join(' ')

const CONDITION_NAMES = Object.keys(CONDITION)
