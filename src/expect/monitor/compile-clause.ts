import { PodwrightError } from '../../errors/index.js'
import type { Bound, Clause, Scope } from '../clause.js'
import { AllOfMonitor, OrVacuousMonitor } from './combining-monitors.js'
import { CountMonitor } from './count-monitor.js'
import { NotLevel } from './derived-signals.js'
import { conditionOf, phaseOf, restartsOf, stateOf } from './followed-values.js'
import { AlwaysMonitor, StaysMonitor, UntilMonitor } from './level-monitors.js'
import type { Clock, Monitor } from './monitor.js'
import { GapsMonitor, InOrderMonitor, PrecedenceMonitor } from './order-monitors.js'
import { DueMonitor, type Question, SparedMonitor } from './response-monitors.js'
import { AfterMonitor, BeforeMonitor, BetweenMonitor, QuiescenceMonitor, WhileMonitor } from './scope-monitors.js'
import { expectedPhase, expectedState, expectedStatus, MonotonicMonitor, SequenceMonitor } from './sequence-monitor.js'
import { LevelSignal } from './signal.js'
import type { SignalNetwork } from './signal-network.js'

const ENDLESS = Number.POSITIVE_INFINITY

/** Makes the monitor of a resolved clause, with its signals in the network. */
export function compileClause(clause: Clause, network: SignalNetwork, clock: Clock): Monitor {
  const compile = (inner: Clause): Monitor => compileClause(inner, network, clock)
  switch (clause.kind) {
    case 'always':
      return new AlwaysMonitor(network.level(clause.level))
    case 'never': {
      const what = network.what(clause.what)
      return what instanceof LevelSignal
        ? new AlwaysMonitor(not(what, clause.what, network))
        : new CountMonitor(what, 0, 0)
    }
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
      return compileAnswer({ answer: network.what(clause.what) }, clause.what, clause.bound, network, clock)
    case 'response': {
      const question = { trigger: network.occurrence(clause.trigger), answer: network.what(clause.then) }
      return compileAnswer(question, clause.then, clause.bound, network, clock)
    }
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
      return new GapsMonitor(from, to, clause.are, clause.toleranceMs ?? 0)
    }
    case 'phases':
    case 'conditions':
    case 'states':
    case 'monotonic':
      return compileFollower(clause, network)
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
  new PodwrightError({ code: 'USAGE', where: 'clause', problem, hint: 'resolveClauses writes it out' })

const not = (signal: LevelSignal, level: object, network: SignalNetwork): LevelSignal =>
  network.once({ kind: 'not', level }, () => new NotLevel(signal))

function compileAnswer(
  question: Question,
  answer: object,
  bound: Bound | undefined,
  network: SignalNetwork,
  clock: Clock,
): Monitor {
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
    case 'for': {
      const signal = question.answer
      if (!(signal instanceof LevelSignal))
        throw misuse('expected a level that can be so for a while, got an occurrence')
      return new SparedMonitor({ ...question, answer: not(signal, answer, network) }, clock, bound.ms, false)
    }
  }
}

function compileFollower(
  clause: Extract<Clause, { kind: 'phases' | 'conditions' | 'states' | 'monotonic' }>,
  network: SignalNetwork,
): Monitor {
  const { symbols } = network
  switch (clause.kind) {
    case 'phases': {
      const followed = network.once({ followed: 'phase', of: clause.pod }, () => phaseOf(clause.pod))
      const expected = clause.phases.map(phase => expectedPhase(phase, symbols))
      return new SequenceMonitor(followed, expected)
    }
    case 'conditions': {
      const { pod, type } = clause
      const followed = network.once({ followed: type, of: pod }, () => conditionOf(pod, type, symbols))
      return new SequenceMonitor(followed, clause.statuses.map(expectedStatus))
    }
    case 'states': {
      const followed = network.once({ followed: 'state', of: clause.container }, () => stateOf(clause.container))
      const expected = clause.states.map(word => expectedState(word, symbols))
      return new SequenceMonitor(followed, expected)
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
