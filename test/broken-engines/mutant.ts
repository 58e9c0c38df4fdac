/** One change in a built file. */
export interface Edit {
  /** Below `dist/`. */
  readonly file: string
  /** Has to stand there exactly once. */
  readonly find: string
  readonly replace: string
}

/** An engine that breaks a law. */
export interface Mutant {
  /** The law that has to notice. */
  readonly law: string
  /** What the broken engine does. */
  readonly does: string
  readonly edits: readonly Edit[]
  /** Tried on scenarios of workloads; absent: of bare pods. */
  readonly isOfWorkloads?: true
}

/** An engine broken in one place. */
export const mutant = (law: string, does: string, file: string, find: string, replace: string): Mutant => ({
  law,
  does,
  edits: [{ file, find, replace }],
})

/** The same where only a run with workloads can show it. */
export const mutantOfWorkloads = (law: string, does: string, file: string, find: string, replace: string): Mutant => ({
  ...mutant(law, does, file, find, replace),
  isOfWorkloads: true,
})
