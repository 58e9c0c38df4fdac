import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type * as Engine from '../../src/cluster/index.js'
import type { Edit, Mutant } from './mutant.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Below node_modules, so that the copies find their packages, and so that vitest leaves them to Node as they are. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'podwright')

/** Whole copies of the built engine, each broken in one place. */
export class BrokenEngines {
  readonly #folder: string
  #count = 0

  /** Copies what the engine imports once; the rooms do not change. */
  constructor(built = join(ROOT, 'dist')) {
    mkdirSync(CACHE, { recursive: true })
    this.#folder = mkdtempSync(join(CACHE, 'broken-engines-'))
    cpSync(built, this.#folder, { recursive: true, filter: source => !/\.d\.ts$|[\\/](cli|bin)$/.test(source) })
    writeFileSync(join(this.#folder, 'package.json'), '{ "type": "module" }\n')
  }

  /** A copy of the engine with a mutant's edits; an edit that does not fit exactly once is an error. */
  async load({ edits }: Mutant): Promise<typeof Engine> {
    const copy = join(this.#folder, `cluster-${this.#count++}`)
    cpSync(join(this.#folder, 'cluster'), copy, { recursive: true })
    for (const edit of edits) {
      const file = join(copy, edit.file)
      writeFileSync(file, edited(readFileSync(file, 'utf8'), edit))
    }
    return (await import(/* @vite-ignore */ pathToFileURL(join(copy, 'index.js')).href)) as typeof Engine
  }

  /** Takes the copies away. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** The text with the one place changed. */
export function edited(text: string, { file, find, replace }: Edit): string {
  const at = text.indexOf(find)
  if (at < 0) throw new Error(`${file}: the text to break is not there any more:\n${find}`)
  if (text.indexOf(find, at + 1) >= 0) throw new Error(`${file}: the text to break is there more than once:\n${find}`)
  return text.slice(0, at) + replace + text.slice(at + find.length)
}
