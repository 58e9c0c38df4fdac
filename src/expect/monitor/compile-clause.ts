import { PodwrightError } from '../../errors/index.js'
import { type Bound, type Clause, isLevel, type Level, type Occurrence, type Scope } from '../clause.js'
import type { ObjectClause } from '../object-clause.js'
import { AllOfMonitor, OrVacuousMonitor } from './combining-monitors.js'
import { CountMonitor } from './count-monitor.js'
import { objectConditionOf, objectCountOf } from './followed-objects.js'
import { conditionOf, phaseOf, restartsOf, stateOf } from './followed-values.js'
import { AlwaysMonitor, StaysMonitor, UntilMonitor } from './level-monitors.js'
import type { Clock, Monitor } from './monitor.js'
import { GapsMonitor, InOrderMonitor, PrecedenceMonitor } from './order-monitors.js'
import { DueMonitor, SparedMonitor } from './response-monitors.js'
import { AfterMonitor, BeforeMonitor, BetweenMonitor, QuiescenceMonitor, WhileMonitor } from './scope-monitors.js'
import {
  expectedCount,
  expectedPhase,
  expectedState,
  expectedStatus,
  MonotonicMonitor,
  SequenceMonitor,
} from './sequence-monitor.js'
import type { OccurrenceSignal } from './signal.js'
import type { SignalNetwork } from './signal-network.js'

const ENDLESS = Number.POSITIVE_INFINITY

/** Makes the monitor of a resolved clause, with its signals in the network. */
export function compileClause(clause: Clause, network: SignalNetwork, clock: Clock): Monitor {
  const compile = (inner: Clause): Monitor => compileClause(inner, network, clock)
  switch (clause.kind) {
    case 'always':
      return new AlwaysMonitor(network.level(clause.level))
    case 'never':
      return isLevel(clause.what)
        ? new AlwaysMonitor(network.not(clause.what))
        : new CountMonitor(network.occurrence(clause.what), 0, 0)
    case 'stays':
      return new StaysMonitor(network.level(clause.level), clause.ms)
    case 'until':
      return new UntilMonitor(network.level(clause.level), network.what(clause.until), clause.isWeak ?? false)
    case 'count': {
      const { is, count } = clause
      const [least, most] = [is === 'atMost' ? 0 : count, is === 'atLeast' ? ENDLESS : count]
      return new CountMonitor(network.occurrence(clause.what), least, most)
    }
    case 'eventually':
      return compileAnswer(undefined, clause.what, clause.bound, network, clock)
    case 'response':
      return compileAnswer(network.occurrence(clause.trigger), clause.then, clause.bound, network, clock)
    case 'precedes':
      return new PrecedenceMonitor(network.occurrence(clause.first), network.occurrence(clause.second), false)
    case 'notBefore':
      return new PrecedenceMonitor(network.occurrence(clause.before), network.occurrence(clause.what), true)
    case 'inOrder': {
      const occurrences = clause.occurrences.map(each => network.occurrence(each))
      return new InOrderMonitor(occurrences, clause.isStrict ?? false)
    }
    case 'gaps': {
      const [from, to] = [network.occurrence(clause.from), network.occurrence(clause.to)]
      const { are, toleranceMs = 0, lateMs = toleranceMs } = clause
      return new GapsMonitor(from, to, { are, toleranceMs, lateMs })
    }
    case 'phases':
    case 'conditions':
    case 'states':
    case 'monotonic':
    case 'objectConditions':
    case 'objectCounts':
      return compileFollowed(clause, network)
    case 'scoped':
      return compileScope(clause.scope, compile(clause.clause), network)
    case 'allOf':
      return new AllOfMonitor(clause.clauses.map(compile))
    case 'orVacuous':
      return new OrVacuousMonitor(compile(clause.clause))
    case 'eachContainer':
      throw misuse(`expected a clause for each container of ${clause.pod}, got eachContainer`)
  }
}

const misuse = (problem: string): PodwrightError =>
  new PodwrightError({ code: 'USAGE', where: 'clause', problem, hint: 'resolveClauses makes or refuses it' })

/** Without a trigger, what must come is counted from the beginning. */
function compileAnswer(
  trigger: OccurrenceSignal | undefined,
  what: Level | Occurrence,
  bound: Bound | undefined,
  network: SignalNetwork,
  clock: Clock,
): Monitor {
  const question = { trigger, answer: network.what(what) }
  switch (bound?.kind) {
    case undefined:
      return new DueMonitor(question, clock, 0, ENDLESS)
    case 'immediately':
      return new DueMonitor(question, clock, 0, 0)
    case 'within':
      return new DueMonitor(question, clock, 0, bound.ms)
    case 'at': {
      const { ms, toleranceMs = 0 } = bound
      return new DueMonitor(question, clock, Math.max(0, ms - toleranceMs), ms + toleranceMs)
    }
    case 'after':
      return new SparedMonitor(question, clock, bound.ms, true)
    case 'noSoonerThan':
      // Milliseconds are whole, so all before an instant is all up to the one before it.
      return new SparedMonitor(question, clock, bound.ms - 1, false)
    case 'for':
      if (!isLevel(what)) throw misuse(`expected something that can be so for a while, got ${what.kind}`)
      return new SparedMonitor({ trigger, answer: network.not(what) }, clock, bound.ms, false)
  }
}

function compileFollowed(
  clause: Extract<Clause, ObjectClause | { kind: 'phases' | 'conditions' | 'states' | 'monotonic' }>,
  network: SignalNetwork,
): Monitor {
  const { symbols, objects } = network
  switch (clause.kind) {
    case 'phases': {
      const followed = network.once({ followed: 'phase', of: clause.pod }, () => phaseOf(clause.pod))
      const expected = clause.phases.map(phase => expectedPhase(phase, symbols))
      return new SequenceMonitor(followed, expected)
    }
    case 'conditions': {
      const { pod, type } = clause
      const followed = network.once({ followed: 'condition', type, of: pod }, () => conditionOf(pod, type, symbols))
      return new SequenceMonitor(followed, clause.statuses.map(expectedStatus))
    }
    case 'states': {
      const followed = network.once({ followed: 'state', of: clause.container }, () => stateOf(clause.container))
      const expected = clause.states.map(word => expectedState(word, symbols))
      return new SequenceMonitor(followed, expected)
    }
    case 'objectConditions': {
      const { object, type } = clause
      const key = { followed: 'objectCondition', type, of: object }
      const followed = network.once(key, () => objectConditionOf({ object, type }, symbols, objects))
      return new SequenceMonitor(followed, clause.statuses.map(expectedStatus))
    }
    case 'objectCounts': {
      const { object, field } = clause
      const key = { followed: 'objectCount', field, of: object }
      const followed = network.once(key, () => objectCountOf({ object, field }, symbols, objects))
      return new SequenceMonitor(followed, clause.counts.map(expectedCount))
    }
    case 'monotonic': {
      const { container } = clause
      return new MonotonicMonitor(network.once({ followed: 'restarts', of: container }, () => restartsOf(container)))
    }
  }
}

function compileScope(scope: Scope, clause: Monitor, network: SignalNetwork): Monitor {
  switch (scope.kind) {
    case 'after':
      return new AfterMonitor(network.occurrence(scope.what), clause)
    case 'before':
      return new BeforeMonitor(network.occurrence(scope.what), clause)
    case 'between':
      return new BetweenMonitor(network.occurrence(scope.from), network.occurrence(scope.to), clause)
    case 'while':
      return new WhileMonitor(network.level(scope.level), clause)
    case 'afterQuiescence':
      return new QuiescenceMonitor(clause)
  }
}
