import { planDigest, type RunOptions } from '../cluster/index.js'
import { PodwrightError } from '../errors/index.js'
import type { Plan } from '../scenario/index.js'
import type { Trace } from '../trace/index.js'
import { ENGINE_VERSION } from './engine-version.js'

/** What a replay string says: enough to run the same again, and to know whether it was the same. */
export interface Replay {
  readonly engine: string
  readonly kubernetes: string
  readonly planDigest: string
  /** Digest of the run's trace. */
  readonly digest: string
  readonly seed?: number | undefined
  readonly recipe?: string | undefined
}

const PREFIX = 'pw1'
/** Longer strings are no replay strings. */
const MOST_CHARACTERS = 16 * 1024 * 1024
const SHAPE = /^pw1:([\w.+-]{1,40}):(\d{1,3}\.\d{1,3}):([0-9a-f]{16}):([0-9a-f]{16})(?::(?:s(-?\d{1,16})|r([\w-]*)))?$/

/** Writes a run as one word of a command line: versions, digests of its plan and trace, and its seed or recipe. */
export function formatReplay(plan: Plan, { digest, header }: Trace, choices: RunOptions = {}): string {
  const { seed } = header
  const { recipe } = choices
  const drawn = seed !== undefined ? `:s${seed}` : recipe !== undefined ? `:r${toBase64Url(recipe)}` : ''
  return `${PREFIX}:${ENGINE_VERSION}:${plan.kubernetes}:${planDigest(plan)}:${digest}${drawn}`
}

/**
 * Reads a replay string.
 *
 * @throws PodwrightError `USAGE` for anything else.
 */
export function parseReplay(text: string, where?: string): Replay {
  const match = text.length > MOST_CHARACTERS ? null : SHAPE.exec(text)
  if (match === null) throw refused(text, where)
  const [, engine, kubernetes, plan, digest, seed, written] = match
  const recipe = written === undefined ? undefined : fromBase64Url(written)
  if (written !== undefined && recipe === undefined) throw refused(text, where)
  return {
    engine,
    kubernetes,
    planDigest: plan,
    digest,
    seed: seed === undefined ? undefined : Number(seed),
    recipe,
  }
}

function refused(text: string, where: string | undefined): PodwrightError {
  const isRecipe = /^pw1:[a-zA-Z-]+@/.test(text)
  return new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a replay string such as pw1:${ENGINE_VERSION}:1.32:…, got ${JSON.stringify(text.slice(0, 80))}`,
    hint: isRecipe ? 'that is a recipe: podwright run FILE --recipe …' : 'copy the one that a failure printed',
  })
}

/** Byte by byte: the recipe of a long run is longer than what a call takes as arguments. */
function toBase64Url(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Undefined for what is cut off, or no text. */
function fromBase64Url(text: string): string | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, character => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
