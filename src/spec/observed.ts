import type { ConditionStatus, PodPhase, StateWord } from '../expect/index.js'
import { CONDITION_STATUS, ROW, type Row, type Trace, type TraceObject, unpackStatusAndReason } from '../trace/index.js'

/** The phases that a pod went through, in order. */
export const phasesOf = (trace: Trace, { symbol }: TraceObject): readonly PodPhase[] =>
  sequence(trace, symbol, row => (row.kind === ROW.phase ? (trace.symbols.text(row.a) as PodPhase) : undefined))

/** The statuses that a condition went through, in order; rows about those of a node are of another kind. */
export const conditionsOf = (
  trace: Trace,
  { symbol }: TraceObject,
  type: string,
  kind: typeof ROW.condition | typeof ROW.nodeCondition = ROW.condition,
): readonly ConditionStatus[] =>
  sequence(trace, symbol, row => {
    if (row.kind !== kind || trace.symbols.text(row.a) !== type) return undefined
    return CONDITION_STATUS[CONDITION_STATUS.indexOf(unpackStatusAndReason(row.b).status)]
  })

/** The numbers that a field of a workload's status went through, from its creation on; of a CronJob how many Jobs it lists. */
export const countsOf = (trace: Trace, { symbol, kind }: TraceObject, field: string): readonly number[] =>
  sequence(trace, symbol, row => {
    if (row.kind === ROW.created) return 0
    const wanted = kind === 'CronJob' ? ROW.ownerText : ROW.ownerStatus
    if (row.kind !== wanted || trace.symbols.text(row.a) !== field) return undefined
    if (kind !== 'CronJob') return Math.max(0, row.b)
    const list = trace.symbols.text(row.b)
    return list === '' ? 0 : list.split(',').length
  })

/** The types of an object's conditions, in the order in which they came. */
export function conditionTypesOf(trace: Trace, { symbol }: TraceObject): readonly string[] {
  const types = sequence(trace, symbol, row => (row.kind === ROW.condition ? trace.symbols.text(row.a) : undefined))
  return [...new Set(types)]
}

/** The states that a container went through, in order: `waiting ContainerCreating`, `running`, `terminated Error`. */
export const statesOf = (trace: Trace, { symbol }: TraceObject): readonly StateWord[] =>
  sequence(trace, symbol, row => stateWord(trace, row))

function stateWord({ symbols }: Trace, { kind, a, b }: Row): StateWord | undefined {
  const named = (state: 'waiting' | 'terminated', reason: string): StateWord =>
    reason === '' ? state : `${state} ${reason}`
  switch (kind) {
    case ROW.containerWaiting:
      return named('waiting', symbols.text(a))
    case ROW.containerRunning:
      return 'running'
    case ROW.containerTerminated:
      return named('terminated', symbols.text(b))
    default:
      return undefined
  }
}

/** The values of one object's rows, each that differs from the one before; rows of which nothing is read have none. */
function sequence<Value>(trace: Trace, object: number, read: (row: Row) => Value | undefined): Value[] {
  const { rows } = trace
  const values: Value[] = []
  for (let number = 0; number < rows.length; number++) {
    if (rows.objectOf(number) !== object) continue
    const value = read(rows.at(number))
    if (value !== undefined && value !== values.at(-1)) values.push(value)
  }
  return values
}
