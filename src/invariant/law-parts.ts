import type { Profile } from '../model/index.js'
import { formatDuration, type Milliseconds } from '../time/index.js'
import type { SymbolTable } from '../trace/index.js'
import type { Findings } from './findings.js'
import type { ContainerRecord, PodRecord } from './pod-record.js'
import type { RowInHand } from './row-in-hand.js'
import type { Words } from './words.js'

/** What every family of laws works with. */
export interface LawParts {
  readonly row: RowInHand
  readonly findings: Findings
  readonly symbols: SymbolTable
  readonly words: Words
  readonly profile: Profile
  readonly clockOffset: Milliseconds
  readonly longestBackOffMs: Milliseconds
  readonly toleranceMs: Milliseconds
}

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
