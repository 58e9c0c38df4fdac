import { join } from 'node:path'

/** Inside node_modules, where no tool of the root looks. */
export const BUNDLE = join(import.meta.dirname, 'node_modules', '.cache', 'webernetes.mjs')
