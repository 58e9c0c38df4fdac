import { goStructName } from '../schema/autoscaling-fields.js'
import type { DecodingError, PathSegment } from './decoding-error.js'

/** How many unknown fields are told, as in sigs.k8s.io/json. */
const MAX_UNKNOWN_FIELDS = 100

/**
 * Where a decoder is and what it has found wrong.
 *
 * Go's decoder has three ranks of errors: one of a type that decodes itself ends everything, of the wrong types the first one is
 * told, and unknown fields are told only when there is nothing worse.
 */
export class DecodeState {
  /** Fields that the schema has and this release does not. */
  readonly absent: ReadonlySet<string>
  fatal: DecodingError | undefined
  firstTypeError: DecodingError | undefined
  readonly unknownFields: { text: string; path: readonly PathSegment[]; struct: string }[] = []
  private readonly path: PathSegment[] = []
  private readonly fields: string[] = []
  private readonly structs: string[] = []

  constructor(absent: ReadonlySet<string>) {
    this.absent = absent
  }

  enterField(struct: string, field: string): void {
    this.structs.push(struct)
    this.fields.push(field)
    this.path.push(field)
  }

  leaveField(): void {
    this.structs.pop()
    this.fields.pop()
    this.path.pop()
  }

  enterElement(segment: PathSegment): void {
    this.path.push(segment)
  }

  leaveElement(): void {
    this.path.pop()
  }

  /** `json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool`. */
  failType(found: string, type: string): void {
    const struct = this.structs.at(-1)
    const target =
      struct === undefined ? 'Go value' : `Go struct field ${goStructName(struct)}.${this.fields.join('.')}`
    this.firstTypeError ??= this.error(`json: cannot unmarshal ${found} into ${target} of type ${type}`)
  }

  /** An error without a field, as base64 data has it. */
  failPlain(message: string): void {
    this.firstTypeError ??= this.error(message)
  }

  failFatally(message: string): void {
    this.fatal ??= this.error(message)
  }

  addUnknownField(struct: string, field: string): void {
    if (this.unknownFields.length >= MAX_UNKNOWN_FIELDS) return
    const path = [...this.path, field]
    this.unknownFields.push({ text: strictPath(path), path, struct })
  }

  private error(message: string): DecodingError {
    return { message, path: [...this.path] }
  }
}

/** `spec.containers[0].bar`. */
function strictPath(path: readonly PathSegment[]): string {
  let text = ''
  for (const segment of path) {
    text += typeof segment === 'number' ? `[${segment}]` : text === '' ? segment : `.${segment}`
  }
  return text
}
