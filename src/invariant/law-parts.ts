import type { Profile } from '../model/index.js'
import { formatDuration, type Milliseconds } from '../time/index.js'
import type { SymbolTable } from '../trace/index.js'
import { Findings } from './findings.js'
import type { LawContext } from './law-context.js'
import type { ContainerRecord, PodRecord } from './pod-record.js'
import { RowInHand } from './row-in-hand.js'
import { type Words, wordsOf } from './words.js'

/** What every family of laws works with. */
export class LawParts {
  /** The row that the laws are looking at. */
  row = new RowInHand()
  readonly findings: Findings
  readonly symbols: SymbolTable
  readonly words: Words
  readonly profile: Profile
  readonly clockOffset: Milliseconds
  readonly longestBackOffMs: Milliseconds
  readonly toleranceMs: Milliseconds

  constructor(context: LawContext, profile: Profile, off: ReadonlySet<string>) {
    const { symbols } = context
    this.findings = new Findings(symbols, this, off)
    this.symbols = symbols
    this.words = wordsOf(symbols)
    this.profile = profile
    this.clockOffset = context.clockOffset ?? 0
    this.longestBackOffMs = context.longestBackOffMs ?? LONGEST_BACK_OFF_MS
    this.toleranceMs = context.toleranceMs ?? 0
  }
}

const LONGEST_BACK_OFF_MS = 300_000

/** `pod default/web`, for sentences. */
export const podNamed = ({ facts }: PodRecord): string =>
  `pod ${facts.object.metadata.namespace ?? 'default'}/${facts.object.metadata.name ?? ''}`

/** `container app of pod default/web`, for sentences. */
export const containerNamed = ({ facts, pod }: ContainerRecord): string =>
  `${ROLE_WORDS[facts.role]} ${facts.name} of ${podNamed(pod)}`

const ROLE_WORDS = {
  init: 'init container',
  sidecar: 'sidecar',
  container: 'container',
  ephemeral: 'ephemeral container',
} as const

/** `12.5s`: times and spans in sentences. */
export const at = (ms: Milliseconds): string => formatDuration(ms)
