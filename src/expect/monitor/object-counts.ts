import type { KubernetesObject } from '../../model/index.js'
import { ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { ObjectName } from '../object-clause.js'
import type { RunObjects } from './run-objects.js'
import type { Subscription } from './signal.js'
import { ofObject } from './subscriptions.js'

/** The rows that say a number of an object, and what they say: undefined where it is nothing about this number. */
export interface CountReader {
  readonly rows: Subscription
  readonly read: (kind: RowKind, a: number, b: number) => number | undefined
}

/** Reads a number of an object out of rows; a `removed` row is among them, and whoever asks knows what it means. */
export function countReader(
  { object, field }: { readonly object: ObjectName; readonly field: string },
  symbols: SymbolTable,
  objects: RunObjects,
): CountReader {
  const wanted = symbols.intern(field)
  const isList = object.startsWith('CronJob/')
  const kind = isList ? ROW.ownerText : ROW.ownerStatus
  return {
    rows: ofObject(object, ROW.created, ROW.removed, kind),
    read: (rowKind, a, b) => {
      if (rowKind === ROW.created) return field === 'spec.replicas' ? replicasOf(objects.manifest(a)?.object) : 0
      if (rowKind !== kind || a !== wanted) return undefined
      // −1 stands for a number that the status does not say.
      return isList ? lengthOf(symbols.text(b)) : Math.max(0, b)
    },
  }
}

/** How many replicas a manifest asks for; the API's default is one. */
export function replicasOf(object: KubernetesObject | undefined): number {
  const { replicas = 1 } = (object as { readonly spec?: { readonly replicas?: number } } | undefined)?.spec ?? {}
  return replicas
}

/** Of a list that is joined with commas. */
const lengthOf = (list: string): number => (list === '' ? 0 : list.split(',').length)
