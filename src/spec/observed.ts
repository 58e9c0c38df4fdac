import type { ConditionStatus, PodPhase, StateWord } from '../expect/index.js'
import { CONDITION_STATUS, ROW, type Row, type Trace, type TraceObject, unpackStatusAndReason } from '../trace/index.js'

/** The phases that a pod went through, in order. */
export const phasesOf = (trace: Trace, { symbol }: TraceObject): readonly PodPhase[] =>
  sequence(trace, symbol, row => (row.kind === ROW.phase ? (trace.symbols.text(row.a) as PodPhase) : undefined))

/** The statuses that a condition of a pod went through, in order. */
export const conditionsOf = (trace: Trace, { symbol }: TraceObject, type: string): readonly ConditionStatus[] =>
  sequence(trace, symbol, row => {
    if (row.kind !== ROW.condition || trace.symbols.text(row.a) !== type) return undefined
    return CONDITION_STATUS[CONDITION_STATUS.indexOf(unpackStatusAndReason(row.b).status)]
  })

/** The types of a pod's conditions, in the order in which they came. */
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
