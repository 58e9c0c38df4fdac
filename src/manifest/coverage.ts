import { type FieldType, type PathSegment, structOf, writtenStruct } from '../api/index.js'
import type { Origin } from '../errors/index.js'
import type { Kind, Profile } from '../model/index.js'
import { COVERAGE, type Unmodelled } from './coverage-table.js'

/** What becomes of a field: acted on, without effect on what pods go through, or one that would have an effect in a cluster. */
export type CoverageClass = 'modelled' | 'noEffect' | 'unmodelled'

/** One field that a manifest gives. */
export interface CoveredField {
  /** `spec.containers[0].livenessProbe.periodSeconds` */
  readonly path: string
  readonly coverage: CoverageClass
  /** Why it is not modelled. */
  readonly reason?: string
  /** Where it is written; only of what is not modelled. */
  readonly origin?: Origin
}

/** What becomes of the fields of one object. */
export interface ObjectCoverage {
  readonly kind: Kind
  readonly namespace?: string
  readonly name: string
  readonly origin: Origin
  readonly fields: readonly CoveredField[]
}

type JsonRecord = Readonly<Record<string, unknown>>
/** What a release models beyond the default one. */
type CoverageProfile = Partial<Pick<Profile, NonNullable<Unmodelled['modelledWith']>>>
type Locate = (path: readonly PathSegment[]) => Origin

/** Classifies the fields an object has in its manifest, before defaulting. */
export function coverFields(
  kind: Kind,
  value: JsonRecord,
  locate: Locate,
  profile: CoverageProfile = {},
): readonly CoveredField[] {
  const walk = new CoverageWalk(kind, locate, profile)
  walk.struct(writtenStruct(kind, value), value, [], '')
  return walk.fields
}

class CoverageWalk {
  readonly fields: CoveredField[] = []
  private readonly kind: Kind
  private readonly locate: Locate
  private readonly profile: CoverageProfile

  constructor(kind: Kind, locate: Locate, profile: CoverageProfile) {
    this.kind = kind
    this.locate = locate
    this.profile = profile
  }

  struct(name: string, value: JsonRecord, path: readonly PathSegment[], text: string): void {
    const rows = rowsOf(COVERAGE[`${this.kind}/${name}`] === undefined ? name : `${this.kind}/${name}`)
    for (const field of structOf(name).values()) {
      const member = value[field.name]
      if (member === undefined || member === null) continue
      const row = rows.get(field.name)
      const at = [...path, field.name]
      const where = text === '' ? field.name : `${text}.${field.name}`
      if (row === 'inside') this.inside(field.type, member, at, where)
      else this.leaf(row, member, at, where)
    }
  }

  private inside(type: FieldType, value: unknown, path: readonly PathSegment[], text: string): void {
    if (type.kind === 'struct') this.struct(type.struct, value as JsonRecord, path, text)
    if (type.kind !== 'list' || !Array.isArray(value)) return
    value.forEach((element, i) => {
      if (element !== null) this.inside(type.element, element, [...path, i], `${text}[${i}]`)
    })
  }

  private leaf(row: Row | undefined, value: unknown, path: readonly PathSegment[], text: string): void {
    const isModelled = typeof row === 'object' && row.modelledWith !== undefined && this.profile[row.modelledWith]
    if (row === 'modelled' || row === 'noEffect') this.fields.push({ path: text, coverage: row })
    else if (isModelled) this.fields.push({ path: text, coverage: 'modelled' })
    else if (isEmpty(value) || (typeof row === 'object' && row.unless === JSON.stringify(value))) {
      this.fields.push({ path: text, coverage: 'noEffect' })
    } else {
      const reason = typeof row === 'object' ? row.reason : 'podwright does not know this field'
      this.fields.push({ path: text, coverage: 'unmodelled', reason, origin: this.locate(path) })
    }
  }
}

/** `affinity: {}` and the like: templates leave them behind, and they say nothing. */
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

type Row = 'modelled' | 'noEffect' | 'inside' | Unmodelled

const ROWS = new Map<string, ReadonlyMap<string, Row>>()

/** A row of the table by field; each is taken apart when it is first asked for. */
function rowsOf(name: string): ReadonlyMap<string, Row> {
  const known = ROWS.get(name)
  if (known !== undefined) return known
  const rows = new Map<string, Row>()
  const struct = COVERAGE[name] ?? {}
  for (const coverage of ['modelled', 'noEffect', 'inside'] as const) {
    for (const field of struct[coverage]?.split(' ') ?? []) rows.set(field, coverage)
  }
  for (const [field, why] of Object.entries(struct.unmodelled ?? {})) {
    rows.set(field, typeof why === 'string' ? { reason: why } : why)
  }
  ROWS.set(name, rows)
  return rows
}
