// The declarations keep this import, where they leave the next one out: what is merged into vitest's types below would otherwise
// depend on the order in which a program's files are read.
import 'vitest'
import { expect, Snapshots } from 'vitest'
import { type Clause, type ConditionStatus, type PodPhase, PodWords, type StateWord } from '../expect/index.js'
import {
  ContainerRun,
  checkScenario,
  PodRun,
  passesThrough,
  runFailure,
  type ScenarioInput,
  ScenarioRun,
  type StatedExpectation,
  statedFailure,
  timelineText,
} from '../spec/index.js'
import { containerOf, podOf, refused, runOf } from './received.js'

/** The statuses that conditions go through, by type. */
export type ExpectedConditions = Readonly<Record<string, readonly ConditionStatus[]>>

/** What `toSatisfy` takes: words, plain data or a line of text; of a pod also a function that gets the pod's words. */
export type Satisfaction = StatedExpectation | ((pod: PodWords) => StatedExpectation | readonly StatedExpectation[])

interface Answer {
  readonly pass: boolean
  readonly message: () => string
}

/** Passes if every expectation holds of the run; the message is that of a spec. */
function satisfies(run: ScenarioRun, stated: readonly StatedExpectation[]): Answer {
  const failure = statedFailure(run, stated)
  if (failure !== undefined) return { pass: false, message: () => failure.join('\n') }
  const checked = run.check(...stated)
  return {
    pass: true,
    message: () =>
      `expected the run to break this, but it holds:\n${checked.map(({ text }) => `  ${text}`).join('\n')}`,
  }
}

/** The matchers, as `expect.extend` takes them. */
const matchers = {
  toHavePhases(received: unknown, ...phases: readonly PodPhase[]): Answer {
    const { run, shortName } = podOf(received, 'toHavePhases')
    return satisfies(run, [{ kind: 'phases', pod: shortName, phases }])
  },
  toHaveConditions(received: unknown, conditions: ExpectedConditions): Answer {
    const { run, shortName } = podOf(received, 'toHaveConditions')
    const clauses = Object.entries(conditions).map(([type, statuses]): Clause => {
      return { kind: 'conditions', pod: shortName, type, statuses }
    })
    if (clauses.length === 0) throw refused('toHaveConditions', "conditions: { Ready: ['False', 'True'] }", undefined)
    return satisfies(run, clauses)
  },
  toHaveStates(received: unknown, ...states: readonly StateWord[]): Answer {
    const { pod, name } = containerOf(received, 'toHaveStates')
    return satisfies(pod.run, [{ kind: 'states', container: { pod: pod.shortName, container: name }, states }])
  },
  toSatisfy(received: unknown, ...said: readonly Satisfaction[]): Answer {
    const isOurs = received instanceof ScenarioRun || received instanceof PodRun || received instanceof ContainerRun
    // vitest's own matcher of this name takes a predicate.
    if (!isOurs) return satisfiesPredicate(received, said)
    if (said.length === 0) throw refused('toSatisfy', 'an expectation', undefined)
    const stated = said.flatMap(each =>
      typeof each === 'function' ? each(new PodWords(podOf(received, 'toSatisfy').name)) : each,
    )
    return satisfies(runOf(received, 'toSatisfy'), stated)
  },
  toPassThrough(received: unknown, ...values: readonly string[]): Answer {
    if (values.length === 0) throw refused('toPassThrough', 'what it passes through', undefined)
    return passesThrough(received instanceof ContainerRun ? received : podOf(received, 'toPassThrough'), values)
  },
  toHold(received: unknown): Answer {
    const run = received instanceof ScenarioRun ? received : checkScenario(received as ScenarioInput)
    const message = (): string =>
      run.isPassed
        ? `expected the scenario ${JSON.stringify(run.title)} not to hold, but it does`
        : runFailure(run).join('\n')
    return { pass: run.isPassed, message }
  },
  toMatchTimeline(
    this: ThisParameterType<typeof Snapshots.toMatchInlineSnapshot>,
    received: unknown,
    snapshot?: string,
  ) {
    const pod = received instanceof PodRun ? received : undefined
    const timeline = new Timeline(timelineText(runOf(received, 'toMatchTimeline'), pod))
    return Snapshots.toMatchInlineSnapshot.call(this, timeline, snapshot)
  },
}

/** The text of a timeline, which stands in a snapshot as it is, without quotes. */
class Timeline {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

expect.addSnapshotSerializer({
  test: value => value instanceof Timeline,
  serialize: (value: Timeline) => value.text,
})

function satisfiesPredicate(received: unknown, [predicate, message]: readonly unknown[]): Answer {
  if (typeof predicate !== 'function') throw refused('toSatisfy', 'a run, a pod or a container of one', received)
  const pass = predicate(received) === true
  return {
    pass,
    message: () =>
      typeof message === 'string' ? message : `expected value${pass ? ' not' : ''} to satisfy the predicate`,
  }
}

expect.extend(matchers as unknown as Parameters<typeof expect.extend>[0])

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration that is merged has this parameter
  interface Matchers<T = any> {
    /** The pod goes through exactly these phases, in this order. */
    toHavePhases: (...phases: readonly PodPhase[]) => void
    /** Each of these conditions goes through exactly these statuses, in this order. */
    toHaveConditions: (conditions: ExpectedConditions) => void
    /** The container goes through exactly these states; `waiting` and `terminated` without a reason match any. */
    toHaveStates: (...states: readonly StateWord[]) => void
    /** These phases of a pod, or states of a container, come in this order; others may lie between. */
    toPassThrough: (...values: readonly string[]) => void
    /** The scenario's expectations and all laws hold; one that is not run yet is run. */
    toHold: () => void
    /** The timeline is this one; `vitest -u` writes it. */
    toMatchTimeline: (inlineSnapshot?: string) => void
  }

  // biome-ignore lint/suspicious/noExplicitAny: the declaration that is merged has this parameter
  interface Assertion<T = any> {
    /** vitest's own: the predicate is true of the value. */
    // biome-ignore lint/suspicious/noExplicitAny: as vitest declares it
    toSatisfy(matcher: (value: any) => boolean, message?: string): any
    /** These expectations hold of the run: words, plain data, lines of text, or a function that gets the pod's words. */
    toSatisfy(...expectations: readonly Satisfaction[]): void
  }
}
