import type { Clause } from '../expect/index.js'
import type { Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'

/** Which part of a pod's life, or of who makes pods, a law is about: one chapter of the catalogue. */
export type LawFamily =
  | 'init containers'
  | 'sidecars'
  | 'restarts'
  | 'termination'
  | 'hooks'
  | 'probes'
  | 'conditions'
  | 'phases'
  | 'container states'
  | 'runtime'
  | 'images'
  | 'scheduling'
  | 'deletion'
  | 'events'
  | 'endpoints'
  | 'requests'
  | 'nodes'
  | 'owners'
  | 'deployments'
  | 'stateful sets'
  | 'daemon sets'
  | 'jobs'
  | 'disruptions'
  | 'policies'

/** A law that holds in every run of every scenario. */
export interface Law {
  /** Kebab-case; what `off` and the findings call it. */
  readonly name: string
  readonly family: LawFamily
  /** The law in one sentence. */
  readonly sentence: string
  /** Upstream's file, and the rule of the semantics dossiers. */
  readonly source: string
  /**
   * As much of the law as the vocabulary of expectations can say of one pod, given its defaulted manifest. A run that breaks one
   * of these clauses breaks the law; the law may forbid more. Absent: the vocabulary cannot say it.
   */
  clausesFor?(pod: Pod): readonly Clause[]
}

/** A law that a run broke: data for a reporter. */
export interface LawFinding {
  /** Name of the law. */
  readonly law: string
  /** When it was broken, in virtual milliseconds. */
  readonly time: Milliseconds
  /** The offending row; for what lasts or fails to come, the last row of the instant, or the row that asked for it. */
  readonly row: number
  /** The row that the law measures from; −1: none. */
  readonly trigger: number
  /** Path of the pod, container, workload or Service: `Pod/default/web/app`. */
  readonly object: string
  /** One sentence: who, what, when. */
  readonly text: string
}
