import { EventRecorder } from '../client/index.js'
import { type Environment, type PodIdentity, WORD } from '../contract/index.js'
import { truncateNote } from './failure-text.js'

/** What the scheduler says of pods (control-plane.md MSG-1 to MSG-5, P-5). Its texts are upstream's. */
export class SchedulingEvents {
  readonly #environment: Environment
  readonly #recorder: EventRecorder

  constructor(environment: Environment) {
    this.#environment = environment
    this.#recorder = new EventRecorder(environment, SCHEDULER_SOURCE)
  }

  reset(): void {
    this.#recorder.reset()
  }

  forget(index: number): void {
    this.#recorder.forget(index)
  }

  /** only finalizers keep a pod that was deleted before it had a node. */
  skipped({ index, path, reference }: PodIdentity, cause: number): void {
    const { symbols } = this.#environment
    const text = symbols.intern(`skip schedule deleting pod: ${symbols.text(reference)}`)
    this.#recorder.record(index, path, true, WORD.FailedScheduling, text, cause)
  }

  /** `node`: the symbol of its name. */
  scheduled({ index, path, reference }: PodIdentity, node: number, cause: number): void {
    const message = this.#environment.symbols.message(SCHEDULED, reference, node)
    this.#recorder.record(index, path, false, WORD.Scheduled, message, cause)
  }

  /** Answers the row, −1 where the spam filter dropped it. */
  failed({ index, path }: PodIdentity, message: string, cause: number): number {
    const note = this.#environment.symbols.intern(truncateNote(message))
    return this.#recorder.record(index, path, true, WORD.FailedScheduling, note, cause)
  }

  /** P-5: a victim is told for whom it goes. */
  preempted({ index, path }: PodIdentity, by: PodIdentity, node: string, cause: number): void {
    const note = this.#environment.symbols.intern(`Preempted by pod ${by.uid} on node ${node}`)
    this.#recorder.record(index, path, false, WORD.Preempted, note, cause)
  }
}

/** Number of `default-scheduler` in EVENT_SOURCES. */
const SCHEDULER_SOURCE = 1

const SCHEDULED = {
  name: 'scheduled',
  arguments: ['symbol', 'symbol'],
  write: ([pod, node]: readonly (string | number)[]) => `Successfully assigned ${pod} to ${node}`,
} as const
