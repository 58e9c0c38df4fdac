/** A step into an object: a field's name, a map's key or an index. */
export type PathSegment = string | number

/** Why an object cannot be decoded, in the API server's words. */
export interface DecodingError {
  readonly message: string
  /** The field the message is about; for an unknown field its own path. */
  readonly path: readonly PathSegment[]
  readonly hint?: string
}
