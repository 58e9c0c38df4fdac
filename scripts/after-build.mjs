#!/usr/bin/env node
// What tsc leaves undone: the command is executable, dist/ holds nothing whose source is gone, and the JSON Schema of the
// Scenario file stands where the package's exports name it.
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

for (const path of readdirSync(dist, { recursive: true })) {
  const source = join(root, 'src', path.replace(/(\.d)?\.[jt]s$/, '.ts'))
  if (/\.[jt]s$/.test(path) && !existsSync(source)) rmSync(join(dist, path))
}

const command = join(dist, 'cli', 'main.js')
if (existsSync(command)) chmodSync(command, 0o755)

const { SCENARIO_JSON_SCHEMA } = await import(pathToFileURL(join(dist, 'scenario', 'scenario-json-schema.js')).href)
writeFileSync(join(dist, 'scenario.schema.json'), `${JSON.stringify(SCENARIO_JSON_SCHEMA, null, 2)}\n`)
