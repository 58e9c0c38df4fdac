#!/usr/bin/env node
// What tsc leaves undone: the command is executable, and dist/ holds nothing whose source is gone.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

for (const path of readdirSync(dist, { recursive: true })) {
  const source = join(root, 'src', path.replace(/(\.d)?\.[jt]s$/, '.ts'))
  if (/\.[jt]s$/.test(path) && !existsSync(source)) rmSync(join(dist, path))
}

const command = join(dist, 'cli', 'main.js')
if (existsSync(command)) chmodSync(command, 0o755)
