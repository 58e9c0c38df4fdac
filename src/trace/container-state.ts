import type { ContainerState, ContainerStateTerminated, ContainerStatus } from '../model/index.js'
import { formatTimestamp } from '../time/index.js'
import { containerIDOf, imageIDOf } from './identifiers.js'
import { unpackInstanceAndExit } from './packed-columns.js'
import { ROW } from './row-kind.js'
import type { Row } from './row-store.js'
import type { SymbolTable } from './symbol-table.js'
import type { TraceObject } from './trace.js'

/** What the runtime did with one instance of a container; times are whole seconds of the API's clock. */
export interface InstanceRecord {
  image: number
  startedSeconds: number | undefined
  finishedSeconds: number | undefined
}

/** A container's status as the rows so far leave it. Rows change it; `containerStatusOf` makes the API's object. */
export interface ContainerRecord {
  readonly object: TraceObject
  /** The row that says the present state; undefined before the first. */
  state: Row | undefined
  /** The row that says the last state. */
  last: Row | undefined
  restarts: number
  isReady: boolean
  isStarted: boolean
  /** The newest instance that the status has spoken of; −1 before the first. */
  instance: number
}

export const createContainerRecord = (object: TraceObject): ContainerRecord => ({
  object,
  state: undefined,
  last: undefined,
  restarts: 0,
  isReady: false,
  isStarted: false,
  instance: -1,
})

/** Applies a row of the API's clock that concerns a container. */
export function applyToContainer(record: ContainerRecord, row: Row): void {
  switch (row.kind) {
    case ROW.containerWaiting:
      record.state = row
      break
    case ROW.containerRunning:
      record.state = row
      record.instance = Math.max(record.instance, row.a)
      break
    case ROW.containerTerminated:
      record.state = row
      record.instance = Math.max(record.instance, unpackInstanceAndExit(row.a).instance)
      break
    case ROW.containerLastTerminated:
      record.last = row.b === 0 ? undefined : row
      record.instance = Math.max(record.instance, unpackInstanceAndExit(row.a).instance)
      break
    case ROW.containerRestarts:
      record.restarts = row.a
      break
    case ROW.containerReady:
      record.isReady = row.a === 1
      break
    case ROW.containerStarted:
      record.isStarted = row.a === 1
      break
  }
}

/** Builds the API's status of a container; `specImage` is what it shows until the runtime knows better. */
export function containerStatusOf(
  record: ContainerRecord,
  instances: readonly (InstanceRecord | undefined)[],
  symbols: SymbolTable,
  specImage: string,
): ContainerStatus {
  const { object, instance } = record
  const created = instances[instance]
  const image = created === undefined || created.image === 0 ? specImage : symbols.text(created.image)
  const isEphemeral = object.role === 'ephemeral'
  return {
    name: object.name,
    state: record.state === undefined ? {} : stateOf(record.state, object, instances, symbols),
    lastState: record.last === undefined ? {} : { terminated: terminatedOf(record.last, object, instances, symbols) },
    ready: record.isReady,
    restartCount: record.restarts,
    image,
    imageID: instance < 0 ? '' : imageIDOf(image),
    ...(instance < 0 ? {} : { containerID: containerIDOf(object.path, instance) }),
    // The prober fills `started` in for init and regular containers only.
    ...(isEphemeral && !record.isStarted ? {} : { started: record.isStarted }),
  }
}

function stateOf(
  row: Row,
  object: TraceObject,
  instances: readonly (InstanceRecord | undefined)[],
  symbols: SymbolTable,
): ContainerState {
  switch (row.kind) {
    case ROW.containerWaiting:
      return {
        waiting: { ...optionalText('reason', symbols.text(row.a)), ...optionalText('message', symbols.text(row.b)) },
      }
    case ROW.containerRunning:
      return { running: { startedAt: formatTimestamp(row.b * 1000) } }
    default:
      return { terminated: terminatedOf(row, object, instances, symbols) }
  }
}

function terminatedOf(
  row: Row,
  object: TraceObject,
  instances: readonly (InstanceRecord | undefined)[],
  symbols: SymbolTable,
): ContainerStateTerminated {
  const { instance, exitCode } = unpackInstanceAndExit(row.a)
  const known = instances[instance]
  return {
    exitCode,
    ...optionalText('reason', symbols.text(row.b)),
    ...optionalText('message', symbols.text(row.c)),
    startedAt: instant(known?.startedSeconds),
    finishedAt: instant(known?.finishedSeconds),
    ...(instance < 0 ? {} : { containerID: containerIDOf(object.path, instance) }),
  }
}

const instant = (seconds: number | undefined): string | null =>
  seconds === undefined ? null : formatTimestamp(seconds * 1000)

const optionalText = <Key extends string>(key: Key, text: string): { readonly [key in Key]?: string } =>
  text === '' ? {} : ({ [key]: text } as { readonly [key in Key]?: string })
