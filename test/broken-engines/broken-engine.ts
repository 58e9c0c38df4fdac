import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Runner, run } from '../../src/cluster/index.js'
import type { checkLaws, LawMonitor } from '../../src/invariant/index.js'
import type { Edit, Mutant } from './mutant.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Below node_modules, so that the copies find their packages, and so that vitest leaves them to Node as they are. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'podwright')

/** What a test asks of an engine. */
export interface Engine {
  readonly run: typeof run
  readonly Runner: typeof Runner
  readonly checkLaws: typeof checkLaws
  readonly LawMonitor: typeof LawMonitor
}

/** Copies of the built engine, each broken in its own way. */
export class BrokenEngines {
  readonly #folder: string
  /** The build as it is: rooms that a mutant leaves whole are imported from here. */
  readonly #whole: string
  #count = 0

  constructor(built = join(ROOT, 'dist')) {
    mkdirSync(CACHE, { recursive: true })
    this.#folder = mkdtempSync(join(CACHE, 'broken-engines-'))
    this.#whole = join(this.#folder, 'whole')
    cpSync(built, this.#whole, { recursive: true, filter: source => !/\.d\.ts$|[\\/](cli|bin)$/.test(source) })
    writeFileSync(join(this.#folder, 'package.json'), '{ "type": "module" }\n')
  }

  /** A copy of the engine with a mutant's edits; an edit that does not fit exactly once is an error. */
  async load({ edits }: Mutant): Promise<Engine> {
    const number = this.#count++
    const isOfCluster = edits.every(({ file }) => file.startsWith('cluster/'))
    // Most mutants are in one room: it is copied beside the others of the whole build, which cost nothing then.
    const root = isOfCluster ? this.#whole : join(this.#folder, `broken-${number}`)
    const cluster = isOfCluster ? `cluster-${number}` : 'cluster'
    if (isOfCluster) cpSync(join(root, 'cluster'), join(root, cluster), { recursive: true })
    else cpSync(this.#whole, root, { recursive: true, filter: source => !/[\\/]cluster-\d+$/.test(source) })
    for (const edit of edits) {
      const file = join(root, edit.file.replace(/^cluster\//, `${cluster}/`))
      writeFileSync(file, edited(readFileSync(file, 'utf8'), edit))
    }
    const load = (room: string) => import(/* @vite-ignore */ pathToFileURL(join(root, room, 'index.js')).href)
    const { run, Runner } = (await load(cluster)) as Pick<Engine, 'run' | 'Runner'>
    const { checkLaws, LawMonitor } = (await load('invariant')) as Pick<Engine, 'checkLaws' | 'LawMonitor'>
    return { run, Runner, checkLaws, LawMonitor }
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
