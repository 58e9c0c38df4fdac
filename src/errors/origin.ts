/** Where a piece of input stands in its file; lines and columns count from 1. */
export interface Origin {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Renders an origin as `file:line:column`, the form editors and terminals turn into a link. */
export const formatOrigin = (origin: Origin): string => `${origin.file}:${origin.line}:${origin.column}`
