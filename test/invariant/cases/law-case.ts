import type { ArtificialOptions, ArtificialRow } from '../artificial-trace.js'

/** A run that keeps a law where it comes near it, and one that breaks it. */
export interface LawCase {
  readonly law: string
  /** What the lawful run shows. */
  readonly when: string
  readonly options?: ArtificialOptions
  readonly lawful: readonly ArtificialRow[]
  readonly broken: readonly ArtificialRow[]
  /** Options of the broken run, where they are others. */
  readonly brokenOptions?: ArtificialOptions
  /** The finding's sentence. */
  readonly says: string
}
