import type { Verdict } from '../verdict.js'

type Of<Kind extends Verdict['kind']> = Extract<Verdict, { kind: Kind }>

const ofKind = <Kind extends Verdict['kind']>(verdicts: readonly Verdict[], kind: Kind): Of<Kind>[] =>
  verdicts.filter((each): each is Of<Kind> => each.kind === kind)

/** The earliest violation, else the open one that is decided first; undefined: all are holding or vacuous. */
function worst(verdicts: readonly Verdict[]): Verdict | undefined {
  const [violated] = ofKind(verdicts, 'violated').sort((a, b) => a.time - b.time || a.row - b.row)
  if (violated !== undefined) return violated
  const open = ofKind(verdicts, 'open')
  const soonest = Math.min(...open.map(({ decidedBy = Number.POSITIVE_INFINITY }) => decidedBy))
  return open.find(({ decidedBy = Number.POSITIVE_INFINITY }) => decidedBy === soonest)
}

/** Violated before open before vacuous before holds: of the clauses of an `allOf`. */
export const ofAll = (verdicts: readonly Verdict[]): Verdict =>
  worst(verdicts) ?? verdicts.find(({ kind }) => kind === 'vacuous') ?? { kind: 'holds' }

/** Violated before open before holds before vacuous: of obligations, and of the parts of a scope. */
export const ofAny = (verdicts: readonly Verdict[]): Verdict =>
  worst(verdicts) ?? verdicts.find(({ kind }) => kind === 'holds') ?? { kind: 'vacuous' }
