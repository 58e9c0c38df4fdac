import { PodwrightError } from '../../errors/index.js'
import type { ContainerName, HookName, PodName, ProbeType, SignalName, StateWord } from '../clause.js'
import { ClauseWords } from './clause-words.js'
import { wholeNumber } from './count-words.js'
import { HookOccurrences } from './hook-occurrences.js'
import { LevelWords } from './level-words.js'
import { OccurrenceWords } from './occurrence-words.js'
import { ProbeOccurrences } from './probe-occurrences.js'
import { RestartCountWords } from './restart-count-words.js'

/** How a container is terminated, where the reason alone does not say enough. */
export interface TerminatedWords {
  /** `Completed`, `Error`, `OOMKilled` … */
  readonly reason?: string | undefined
  readonly exitCode?: number | undefined
}

/**
 * A container of a pod: what may be said of it.
 *
 * Two clocks, never mixed: `started`, `exited`, `signalled`, `killed`, `probe`, `hook` and `alive` are what the container runtime
 * did, when it did it; the others are what the API server's store says, up to a relist (a second) later.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod } from 'podwright'
 *
 * const app = pod('web').container('app')
 * const said = [
 *   app.started(),
 *   app.ready().becomes(),
 *   app.probe('readiness').failed(),
 *   app.hook('preStop').ended(),
 *   app.restartCount().atLeast(2),
 *   app.states('waiting ContainerCreating', 'running', 'terminated Completed'),
 * ]
 * assert.deepEqual(said[0].clause, {
 *   kind: 'eventually',
 *   what: { kind: 'started', container: { pod: 'web', container: 'app' } },
 * })
 * ```
 */
export class ContainerWords {
  /** The container, as plain data. */
  readonly name: ContainerName
  readonly #pod: PodName

  constructor(pod: PodName, name: ContainerName) {
    this.name = name
    this.#pod = pod
  }

  /** Its process starts. */
  started(): OccurrenceWords {
    return new OccurrenceWords({ kind: 'started', container: this.name })
  }

  /** Its process ends, with any exit code or with this one. */
  exited(code?: number): OccurrenceWords {
    const { name: container } = this
    if (code === undefined) return new OccurrenceWords({ kind: 'exited', container })
    return new OccurrenceWords({ kind: 'exited', container, code: wholeNumber(code, 'exited') })
  }

  /** The runtime sends its process this signal. */
  signalled(signal: SignalName): OccurrenceWords {
    return new OccurrenceWords({ kind: 'signalled', container: this.name, signal })
  }

  /** The runtime kills its process: SIGKILL, which cannot be ignored. */
  killed(signal: 'SIGKILL' = 'SIGKILL'): OccurrenceWords {
    return this.signalled(signal)
  }

  /** What one of its probes answers. */
  probe(type: ProbeType): ProbeOccurrences {
    return new ProbeOccurrences(this.name, type)
  }

  /** What becomes of one of its lifecycle hooks. */
  hook(hook: HookName): HookOccurrences {
    return new HookOccurrences(this.name, hook)
  }

  /** An Event about the container, new or counted up. */
  event(reason: string): OccurrenceWords {
    return new OccurrenceWords({ kind: 'event', pod: this.#pod, reason, container: this.name.container })
  }

  /** Its process runs, by the runtime's clock: from its start until its exit. */
  alive(): LevelWords {
    return new LevelWords({ kind: 'alive', container: this.name })
  }

  /** Its status says `running`. */
  running(): LevelWords {
    return new LevelWords({ kind: 'running', container: this.name })
  }

  /** Its status says `ready: true`. */
  ready(): LevelWords {
    return new LevelWords({ kind: 'ready', container: this.name })
  }

  /** Its status says `started: true`: it runs, and its startup probe, if it has one, has succeeded. */
  startedUp(): LevelWords {
    return new LevelWords({ kind: 'startedUp', container: this.name })
  }

  /** Its status says `waiting`, for any reason or for this one: `CrashLoopBackOff`, `ImagePullBackOff` … */
  waiting(reason?: string): LevelWords {
    const waiting = { kind: 'waiting', container: this.name } as const
    return new LevelWords(reason === undefined ? waiting : { ...waiting, reason })
  }

  /** Its status says `terminated`, anyhow, for this reason (`Completed`, `Error`, `OOMKilled` …), or with this exit code. */
  terminated(how: string | TerminatedWords = {}): LevelWords {
    const { reason, exitCode } = typeof how === 'string' ? { reason: how } : how
    return new LevelWords({
      kind: 'terminated',
      container: this.name,
      ...(reason === undefined ? {} : { reason }),
      ...(exitCode === undefined ? {} : { exitCode: wholeNumber(exitCode, 'exitCode') }),
    })
  }

  /** Its status says `restartCount`: this number, or compared by what is said behind it. */
  restartCount(): RestartCountWords
  restartCount(count: number): LevelWords
  restartCount(count?: number): RestartCountWords | LevelWords {
    const words = new RestartCountWords(this.name)
    return count === undefined ? words : words.is(count)
  }

  /** The states that its status goes through, these and no others, in this order: `waiting CrashLoopBackOff`, `running` … */
  states(...states: readonly [StateWord, ...StateWord[]]): ClauseWords {
    if (states.length === 0) {
      throw new PodwrightError({ code: 'USAGE', where: 'states', problem: 'expected at least one state, got none' })
    }
    return new ClauseWords({ kind: 'states', container: this.name, states })
  }
}
