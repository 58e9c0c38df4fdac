import { type Origin, PodwrightError } from '../errors/index.js'
import type { BehaviourRule, StatedBehaviour } from './behaviour-rule.js'
import { parseTarget } from './behaviour-target.js'
import { readHook, readProcess, readRuns, readSandbox, readTerm } from './clause-readers.js'
import { readImage } from './image-text.js'
import { readProbe } from './probe-text.js'
import { readServes } from './serve-text.js'
import { readUses } from './usage-text.js'
import { WordReader } from './word-reader.js'

/** The words a clause can begin with. */
export const CLAUSE_WORDS = [
  'runs',
  'exits',
  'crashes',
  'is',
  'fails',
  'waits',
  'serves',
  'stops',
  'ignores',
  'liveness',
  'readiness',
  'startup',
  'postStart',
  'preStop',
  'uses',
  'image',
  'sandbox',
] as const

/**
 * Parses a rule of one line, `TARGET: WORDS`: whom it is for, and what they do, clauses separated by `;`.
 *
 * `web/app: exits 1 after 5s, then runs; readiness fails until 12s; stops after 3s on SIGTERM`. A rule that only speaks of
 * images needs no target: `image app:2 pulls in 8s`.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` that names the column, what was expected, and the nearest word.
 */
export function parseBehaviourRule(text: string, where?: Origin | string): BehaviourRule {
  if (/^\s*image\s/i.test(text)) return imageRule(text, where)
  const colon = /:(?:\s|$)/.exec(text)
  if (colon === null) {
    const isGlued = /^[^\s:]+:\S/.test(text)
    throw new PodwrightError({
      code: 'BEHAVIOUR_INVALID',
      where,
      problem: `expected TARGET: WORDS, got ${JSON.stringify(text.slice(0, 80))}`,
      hint: isGlued
        ? 'put a space after the colon'
        : "write who, a colon, and what it does, such as 'web/app: exits 1 after 5s'",
    })
  }
  const target = parseTarget(text.slice(0, colon.index).trim(), where)
  return { target, behaviour: readClauses(new WordReader(text, colon.index + 1, where)), where }
}

function imageRule(text: string, where: Origin | string | undefined): BehaviourRule {
  const behaviour = parseBehaviour(text, where)
  const other = Object.keys(behaviour).find(field => field !== 'images')
  if (other === undefined) return { target: {}, behaviour, where }
  throw new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where,
    problem: `expected only images in a rule without a target, got ${other}`,
    hint: "write who it is for before it, such as 'web/app: …', or '*: …' for every container",
  })
}

/** Parses the words of a rule without its target: `exits 1 after 5s; readiness fails until 12s`. */
export const parseBehaviour = (text: string, where?: Origin | string): StatedBehaviour =>
  readClauses(new WordReader(text, 0, where))

type Draft = { -readonly [Field in keyof StatedBehaviour]: StatedBehaviour[Field] }

function readClauses(reader: WordReader): StatedBehaviour {
  const draft: Draft = {}
  do readClause(reader, draft)
  while (reader.take(';') && !reader.isAtEnd)
  if (!reader.isAtEnd) reader.fail('a semicolon or the end', FOLLOWERS, SEQUENCE_HINT)
  return draft
}

function readClause(reader: WordReader, draft: Draft): void {
  const probe = reader.takeOneOf(['liveness', 'readiness', 'startup'])
  const hook = probe === undefined ? reader.takeOneOf(['postStart', 'preStop']) : undefined
  if (probe !== undefined) state(reader, draft, probe, () => readProbe(reader))
  else if (hook !== undefined) state(reader, draft, hook, () => readHook(reader))
  else if (reader.take('uses')) draft.uses = readUses(reader, draft.uses ?? {})
  else if (reader.take('image')) readImageClause(reader, draft)
  else if (reader.take('serves')) state(reader, draft, 'serves', () => readServes(reader))
  else if (reader.take('sandbox')) draft.sandbox = readSandbox(reader, draft.sandbox ?? {})
  else readProcessClause(reader, draft)
}

/** A clause that names no probe, hook or image speaks of the process. */
function readProcessClause(reader: WordReader, draft: Draft): void {
  const term = readTerm(reader)
  if (term !== undefined) {
    state(reader, draft, 'onTerm', () => term.onTerm)
    return
  }
  const first = readProcess(reader)
  if (first === undefined) reader.fail('what it does', CLAUSE_WORDS, hintOf(reader))
  state(reader, draft, 'runs', () => readRuns(reader, first))
}

const hintOf = (reader: WordReader): string | undefined =>
  reader.isAtEnd ? `begin with one of ${CLAUSE_WORDS.join(', ')}` : undefined

/** Takes over what a clause says, once: a second clause of the same kind is a mistake. */
function state<Field extends keyof Draft>(
  reader: WordReader,
  draft: Draft,
  field: Field,
  read: () => Draft[Field],
): void {
  if (draft[field] !== undefined) reader.failBefore(`expected ${field} once, got it twice`, SEQUENCE_HINT)
  draft[field] = read()
}

/** The words that may go on where a clause could be over. */
const FOLLOWERS = ['after', 'then', 'times', 'with', 'until', 'from', 'SIGTERM']

const SEQUENCE_HINT = "successive starts are joined with ', then ': exits 1 after 5s, then runs"

function readImageClause(reader: WordReader, draft: Draft): void {
  const name = reader.word('the name of an image')
  const images = draft.images ?? {}
  draft.images = { ...images, [name]: readImage(reader, images[name] ?? {}) }
}

/** Reads a whole text by one of the readers above, for the fields of a Scenario file. */
export function parsePart<Part>(
  text: string,
  where: Origin | string | undefined,
  read: (reader: WordReader) => Part,
): Part {
  const reader = new WordReader(text, 0, where)
  const part = read(reader)
  if (!reader.isAtEnd) reader.fail('the end')
  return part
}
