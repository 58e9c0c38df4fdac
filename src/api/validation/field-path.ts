import type { PathSegment } from '../decoding/decoding-error.js'

/** A path into an object that grows at its end, written as the API server writes it: `spec.containers[0].resources.limits[cpu]`. */
export class FieldPath {
  /** The way to the value in the object itself, for looking up where it stands in a file. */
  readonly segments: readonly PathSegment[]
  private readonly text: string

  private constructor(text: string, segments: readonly PathSegment[]) {
    this.text = text
    this.segments = segments
  }

  static root(name: string): FieldPath {
    return new FieldPath(name, [name])
  }

  child(...names: readonly string[]): FieldPath {
    return new FieldPath(`${this.text}.${names.join('.')}`, [...this.segments, ...names])
  }

  index(index: number): FieldPath {
    return new FieldPath(`${this.text}[${index}]`, [...this.segments, index])
  }

  key(key: string): FieldPath {
    return new FieldPath(`${this.text}[${key}]`, [...this.segments, key])
  }

  toString(): string {
    return this.text
  }
}
