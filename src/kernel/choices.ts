import { PodwrightError } from '../errors/index.js'
import { finish, hashText, mix } from '../hash/index.js'

/**
 * One kind of nondeterminism of a real cluster, by name: the phase of the PLEG relist, the jitter of a resync.
 * `canonical` says in words which value a run without seed takes.
 */
export interface ChoiceLabel {
  readonly name: string
  readonly canonical: string
  readonly hash: number
}

export const choiceLabel = (name: string, canonical: string): ChoiceLabel => ({ name, canonical, hash: hashText(name) })

/** Turns the numbers that the engine calls its objects by into their paths, which do not change when others come or go. */
export interface ObjectPaths {
  path(object: number): string
  hash(object: number): number
}

/** Where the values of choices come from, as data: nothing (canonical), a seed, or a recipe made by an earlier run. */
export interface ChoiceSource {
  /** Any whole number; equal seeds give equal runs. */
  readonly seed?: number | undefined
  /** The text of `Choices.recipe()`; draws that it does not name are canonical. */
  readonly recipe?: string | undefined
}

/**
 * The source of every value that a real cluster would leave to chance.
 *
 * A value belongs to its address (label, object, n), not to its place in a stream: skipping a draw, or adding an object,
 * disturbs no other draw.
 */
export class Choices {
  /** Canonical runs skip the hashing; components may ask before they compute an address. */
  readonly isCanonical: boolean
  readonly #seed: number
  readonly #isSeeded: boolean
  readonly #planned: Map<string, number> | undefined
  readonly #asked = new Set<string>()
  readonly #drawn = new Map<string, number>()
  readonly #paths: ObjectPaths
  readonly #isRecording: boolean

  constructor(source: ChoiceSource, paths: ObjectPaths, isRecording: boolean) {
    if (source.seed !== undefined && source.recipe !== undefined) {
      throw new PodwrightError({
        code: 'USAGE',
        problem: 'expected a seed or a recipe, got both',
        hint: 'a recipe already holds every draw',
      })
    }
    this.#isSeeded = source.seed !== undefined
    this.#seed = hashText(`${source.seed ?? 0}`)
    this.#planned = source.recipe === undefined ? undefined : parseRecipe(source.recipe)
    this.isCanonical = !this.#isSeeded && this.#planned === undefined
    this.#paths = paths
    this.#isRecording = isRecording
  }

  /**
   * Draws a whole number in [0, range); `canonical` is what a run without seed or recipe gets.
   * `isKept` false leaves the draw out of the recipe: the caller draws again if it turns out to matter.
   */
  draw(label: ChoiceLabel, object: number, n: number, range: number, canonical: number, isKept = true): number {
    if (this.isCanonical) return canonical
    if (this.#isSeeded) {
      const value = Math.floor((this.#hash(label, object, n) / 0x1_0000_0000) * range)
      if (isKept && this.#isRecording && value !== canonical) this.#drawn.set(this.#address(label, object, n), value)
      return value
    }
    const address = this.#address(label, object, n)
    const planned = this.#planned?.get(address)
    if (planned === undefined) return canonical
    this.#asked.add(address)
    return planned < range ? planned : range - 1
  }

  /** The draws of this run that were not canonical, as a text that replays them. */
  recipe(): string {
    const draws = this.#planned ?? this.#drawn
    return `${RECIPE_VERSION}${[...draws].map(([address, value]) => `${address}=${value}`).join(';')}`
  }

  /** Addresses of the recipe that the run never asked for: it was made for another input. */
  unusedAddresses(): string[] {
    return this.#planned === undefined ? [] : [...this.#planned.keys()].filter(address => !this.#asked.has(address))
  }

  #hash(label: ChoiceLabel, object: number, n: number): number {
    const hash = mix(mix(mix(this.#seed, label.hash), this.#paths.hash(object)), n | 0)
    return finish(mix(hash, Math.floor(n / 0x1_0000_0000)))
  }

  #address(label: ChoiceLabel, object: number, n: number): string {
    return `${label.name}@${this.#paths.path(object)}#${n}`
  }
}

const RECIPE_VERSION = 'pw1:'
const DRAW = /^([a-zA-Z-]+@[^#;=]*#\d+)=(\d{1,15})$/

function parseRecipe(text: string): Map<string, number> {
  if (!text.startsWith(RECIPE_VERSION)) {
    throw new PodwrightError({
      code: 'RECIPE_INVALID',
      where: 'recipe',
      problem: `expected a text that begins with ${RECIPE_VERSION}, got ${JSON.stringify(text.slice(0, 24))}`,
      hint: 'copy the recipe that a seeded run printed',
    })
  }
  const planned = new Map<string, number>()
  for (const draw of text.slice(RECIPE_VERSION.length).split(';')) {
    if (draw === '') continue
    const match = DRAW.exec(draw.trim())
    if (match === null) {
      throw new PodwrightError({
        code: 'RECIPE_INVALID',
        where: 'recipe',
        problem: `expected label@object#n=value, got ${JSON.stringify(draw.slice(0, 80))}`,
      })
    }
    planned.set(match[1], Number(match[2]))
  }
  return planned
}
