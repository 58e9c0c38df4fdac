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
}

/** An engine broken in one place. */
export const mutant = (law: string, does: string, file: string, find: string, replace: string): Mutant => ({
  law,
  does,
  edits: [{ file, find, replace }],
})
