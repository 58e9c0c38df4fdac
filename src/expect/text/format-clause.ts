import { formatDuration } from '../../time/index.js'
import { type Clause, isLevel, type PodName, type Scope } from '../clause.js'
import type { ObjectName } from '../object-clause.js'
import { BINDING, conditionName, expressionText } from './format-expression.js'
import { countedText, objectText } from './object-text.js'
import { wordText } from './plain-word.js'
import { boundText, gapToleranceText, quantityText } from './quantity-text.js'
import { containerText, type NameStyle, podText } from './subject-text.js'

/** How a clause is written. */
export interface ClauseStyle {
  /** How a pod is called; default: as the clause calls it. */
  readonly podName?: ((pod: PodName) => string) | undefined
  /** How a workload, a budget, an autoscaler or a node is called; default: as the clause calls it. */
  readonly objectName?: ((object: ObjectName) => string) | undefined
}

/** Where a clause stands. */
interface Place extends NameStyle {
  /** Times count from something that happens, not from the beginning of the run. */
  readonly isRelative: boolean
  /** Directly after `at the end:`, where a level needs no `eventually`, and an occurrence does. */
  readonly isAtTheEnd: boolean
}

/**
 * Writes a clause as one line of English, the text form of Scenario files and of the documentation. `parseClause` reads it
 * back as the same data.
 */
export const formatClause = (clause: Clause, style: ClauseStyle = {}): string =>
  textOf(clause, { ...style, isInEach: false, isRelative: false, isAtTheEnd: false })

function textOf(clause: Clause, place: Place): string {
  const tight = (what: Parameters<typeof expressionText>[0]): string => expressionText(what, place, BINDING.prefix)
  const loose = (what: Parameters<typeof expressionText>[0]): string => expressionText(what, place)
  switch (clause.kind) {
    case 'always':
      return `always ${loose(clause.level)}`
    case 'never':
      return `never ${loose(clause.what)}`
    case 'stays':
      return `whenever ${loose(clause.level)}, it stays so for ${formatDuration(clause.ms)}`
    case 'count':
      return `${tight(clause.what)} ${quantityText(clause)}`
    case 'monotonic':
      return `restart count of ${containerText(clause.container, place)} never falls`
    case 'eventually':
      return eventuallyText(clause, place)
    case 'response': {
      const then = clause.bound === undefined ? loose(clause.then) : tight(clause.then)
      return `whenever ${loose(clause.trigger)}, ${then}${boundText(clause.bound, true)}`
    }
    case 'precedes':
      return `${tight(clause.first)} before ${tight(clause.second)}`
    case 'notBefore':
      return `no ${tight(clause.what)} before ${tight(clause.before)}`
    case 'inOrder': {
      const head = clause.isStrict === true ? 'strictly in order' : 'in order'
      return `${head}: ${clause.occurrences.length === 0 ? 'nothing' : clause.occurrences.map(loose).join('; ')}`
    }
    case 'phases':
      return `${podText(clause.pod, place)} goes through ${sequence(clause.phases)}`
    case 'conditions':
      return `${conditionName(clause.type)} of ${podText(clause.pod, place)} goes through ${sequence(clause.statuses)}`
    case 'objectConditions':
      return `${conditionName(clause.type)} of ${objectText(clause.object, place)} goes through ${sequence(clause.statuses)}`
    case 'objectCounts': {
      const { object, field, counts } = clause
      return `${objectText(object, place)} goes through ${sequence(counts.map(String))} ${countedText(object, field, 2)}`
    }
    case 'states':
      return `${containerText(clause.container, place)} goes through ${sequence(clause.states.map(stateText))}`
    case 'gaps': {
      const gaps = sequence(clause.are.map(formatDuration))
      return `from ${tight(clause.from)} to ${tight(clause.to)}: gaps of ${gaps}${gapToleranceText(clause.toleranceMs, clause.lateMs)}`
    }
    case 'until':
      return `${tight(clause.level)} ${clause.isWeak === true ? 'unless' : 'until'} ${tight(clause.until)}`
    default:
      return compoundText(clause, place)
  }
}

/** Clauses made of clauses. */
function compoundText(
  clause: Extract<Clause, { kind: 'scoped' | 'eachContainer' | 'allOf' | 'orVacuous' }>,
  place: Place,
): string {
  const inner = { ...place, isAtTheEnd: false }
  switch (clause.kind) {
    case 'scoped': {
      const isAtTheEnd = clause.scope.kind === 'afterQuiescence'
      const isRelative = place.isRelative || !(isAtTheEnd || clause.scope.kind === 'before')
      return `${scopeText(clause.scope, place)}: ${textOf(clause.clause, { ...inner, isRelative, isAtTheEnd })}`
    }
    case 'eachContainer': {
      const role = ROLES[clause.role ?? 'all']
      const body = textOf(clause.clause, { ...inner, isInEach: true })
      return `for each ${role} of ${podText(clause.pod, place)}: ${body}`
    }
    case 'allOf': {
      const texts = clause.clauses.map(each => {
        const text = textOf(each, inner)
        return WITH_AN_OPEN_END.has(each.kind) ? `(${text})` : text
      })
      return `all of (${texts.join('; ')})`
    }
    case 'orVacuous': {
      const text = textOf(clause.clause, inner)
      const isOpen = WITH_AN_OPEN_END.has(clause.clause.kind)
      return `${isOpen ? `(${text})` : text} or nothing of it happens`
    }
  }
}

const ROLES = { all: 'container', container: 'app container', init: 'init container', sidecar: 'sidecar' } as const

/** What follows these would be read as belonging to their last part. */
const WITH_AN_OPEN_END: ReadonlySet<Clause['kind']> = new Set(['inOrder', 'scoped', 'eachContainer', 'orVacuous'])

function eventuallyText({ what, bound }: Extract<Clause, { kind: 'eventually' }>, place: Place): string {
  const text = expressionText(what, place, bound === undefined ? BINDING.or : BINDING.prefix)
  // What happens without a word is refused at the end, where nothing does.
  const needsWord = isLevel(what) !== place.isAtTheEnd && bound === undefined
  return `${needsWord ? 'eventually ' : ''}${text}${boundText(bound, place.isRelative)}`
}

function scopeText(scope: Scope, place: Place): string {
  switch (scope.kind) {
    case 'after':
    case 'before':
      return `${scope.kind} ${expressionText(scope.what, place)}`
    case 'between': {
      const [from, to] = [scope.from, scope.to].map(each => expressionText(each, place, BINDING.prefix))
      return `between ${from} and ${to}`
    }
    case 'while':
      return `while ${expressionText(scope.level, place)}`
    case 'afterQuiescence':
      return 'at the end'
  }
}

const sequence = (texts: readonly string[]): string => (texts.length === 0 ? 'nothing' : texts.join(', '))

/** A state and its reason; a reason that is no plain word is quoted. */
function stateText(state: string): string {
  const blank = state.indexOf(' ')
  return blank < 0 ? state : `${state.slice(0, blank)} ${wordText(state.slice(blank + 1))}`
}
