import type { Origin } from '../errors/index.js'
import type { KubernetesObject, OwnerKind } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { RowStore } from './row-store.js'
import type { SymbolTable } from './symbol-table.js'

/** Version of the trace's encoding; a reader refuses what it does not know. */
export const TRACE_VERSION = 1

/** Why a run ended. */
export type Outcome = 'quiescent' | 'horizon' | 'entryLimit' | 'paused'

/** An object of the run: what it is and where it belongs. */
export interface TraceObject {
  /** Symbol of the path; what the rows' `object` column holds. */
  readonly symbol: number
  /** `Pod/default/web`, `Node/node-1`, `Pod/default/web/app`. */
  readonly path: string
  readonly kind: 'Pod' | 'Container' | 'Node' | 'Service' | OwnerKind | 'Cluster' | 'Other'
  readonly namespace: string
  /** Name of the object; for a container the container's. */
  readonly name: string
  /** Symbol of the pod that a container belongs to. */
  readonly pod?: number | undefined
  /** For a container: in which list of the spec it stands, and at which index. */
  readonly role?: 'container' | 'init' | 'sidecar' | 'ephemeral' | undefined
  readonly index?: number | undefined
}

/** One version of a manifest that the run used, defaulted. Rows refer to it by its index. */
export interface TraceManifest {
  readonly object: KubernetesObject
  readonly origin?: Origin | undefined
  /** Origins of fields, where the input kept them; paths are joined with dots, `spec.containers.0.image`. Not part of the digest. */
  readonly fieldOrigin?: ((path: readonly (string | number)[]) => Origin | undefined) | undefined
}

/** What a trace says about its run before the first row. */
export interface TraceHeader {
  readonly version: number
  readonly kubernetes: string
  readonly horizon: Milliseconds
  /** Seed of the run, if it had one. */
  readonly seed?: number | undefined
  /** The non-canonical draws; replays the run. */
  readonly recipe: string
  readonly planDigest: string
  /** How far the API's clock is past a whole second at t = 0; absent: not at all. Timestamps are cut to whole seconds. */
  readonly clockOffset?: Milliseconds | undefined
}

/**
 * The record of a run: rows in order, with the texts and objects they refer to. Everything that podwright reports is read from here.
 */
export interface Trace {
  readonly header: TraceHeader
  readonly symbols: SymbolTable
  readonly rows: RowStore
  /** By symbol. */
  readonly objects: ReadonlyMap<number, TraceObject>
  readonly manifests: readonly TraceManifest[]
  /** What was there from the beginning without pods, nodes and workloads: Services, ConfigMaps, budgets … Not part of the digest. */
  readonly initialObjects?: readonly KubernetesObject[] | undefined
  readonly outcome: Outcome
  /** Virtual time at which the run ended. */
  readonly end: Milliseconds
  /** 64 bits over the rows' contents, as 16 hexadecimal digits. */
  readonly digest: string
}
