#!/usr/bin/env node
// Runs the same work on podwright and on its nearest peer, @ngrok/webernetes, and prints both times and their ratio:
//   npm run bench:peers              a readable table
//   npm run bench:peers -- --json    one JSON object, the last line
// Exit code 1: the peer cannot be run, or it did other work. Every step runs in a process of its own with a time limit.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { summariseFacts, table } from './report.mjs'
import { differences, WORKS } from './works.mjs'

const HERE = import.meta.dirname
const ROOT = join(HERE, '..', '..')
const PEER = '@ngrok/webernetes'
const LIMITS = { install: 300_000, bundle: 120_000, podwright: 60_000, webernetes: 300_000 }
const WAYS = ['fromManifests', 'fullTrace', 'runner']

/** What a user can understand without a stack. */
class BenchError extends Error {}

const progress = text => process.stderr.write(`${text} …\n`)
const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))
const installed = name => join(HERE, 'node_modules', name, 'package.json')

/** Runs a command to its end, or to the end of its time; answers what it printed. */
function execute(what, limit, command, args) {
  const { status, signal, error, stdout } = spawnSync(command, args, {
    cwd: HERE,
    encoding: 'utf8',
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: limit,
  })
  if (error?.code === 'ETIMEDOUT') throw new BenchError(`${what} took more than ${limit / 1000} s and was stopped`)
  if (error !== undefined) throw new BenchError(`${what} could not be started: ${error.message}`)
  if (status !== 0)
    throw new BenchError(`${what} failed (${signal ?? `exit code ${status}`}); its own words stand above`)
  return stdout
}

function measure(what, limit, script, ...args) {
  const lines = execute(what, limit, process.execPath, [join(HERE, script), ...args])
    .trimEnd()
    .split('\n')
  return JSON.parse(lines.at(-1))
}

/** What the lock file names is there, or is installed; the root's own install knows nothing of it. */
function install() {
  const { dependencies } = read(HERE, 'package.json')
  const isThere = ([name, version]) => existsSync(installed(name)) && read(installed(name)).version === version
  if (Object.entries(dependencies).every(isThere)) return
  progress(`installing ${Object.keys(dependencies).join(' and ')} into bench/peers`)
  const words = ['ci', '--prefix', HERE, '--no-audit', '--no-fund']
  const npm = process.env.npm_execpath
  const what = 'npm ci --prefix bench/peers (it needs the registry once)'
  if (npm === undefined) execute(what, LIMITS.install, 'npm', words)
  else execute(what, LIMITS.install, process.execPath, [npm, ...words])
}

function prepare() {
  install()
  progress(`bundling ${PEER}`)
  execute(`bundling ${PEER}`, LIMITS.bundle, process.execPath, [join(HERE, 'bundle.mjs')])
}

/** What goes wrong here goes wrong with the peer. */
function asPeer(act) {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    throw new BenchError(`the peer cannot be run: ${error.message}`)
  }
}

/** podwright in each way; all ways come to the same digest, so the facts of one are those of all. */
function measurePodwright(work) {
  const measured = WAYS.map(way => {
    progress(`podwright: ${work.title}, ${way}`)
    return measure(`podwright, ${work.name}, ${way}`, LIMITS.podwright, 'podwright.mjs', work.name, way)
  })
  const [{ facts, digest }] = measured
  if (measured.some(each => each.digest !== digest)) throw new Error(`two ways, two digests: ${work.name}`)
  const times = WAYS.map((way, i) => {
    const { ms, min, max, rounds } = measured[i]
    return [way, { ms, min, max, rounds }]
  })
  return { ...Object.fromEntries(times), facts, digest }
}

/** Measures the peer with each size of step; the fastest that did the same work in every round is the one that counts. */
function measurePeer(work, podwright) {
  progress(`webernetes: ${work.title}`)
  const measured = measure(`webernetes, ${work.name}`, LIMITS.webernetes, 'webernetes.mjs', work.name)
  const steppings = measured.map(({ facts, ...times }) => ({
    ...times,
    facts: summariseFacts(facts),
    differences: [...new Set(facts.flatMap(each => differences(work, podwright.facts, each)))],
  }))
  const same = steppings.filter(each => each.differences.length === 0)
  const fastest = same.reduce((best, each) => (best === undefined || each.ms < best.ms ? each : best), undefined)
  return { ms: fastest?.ms ?? null, stepping: fastest?.stepping ?? null, steppings }
}

function measureWork(work) {
  const podwright = measurePodwright(work)
  const webernetes = asPeer(() => measurePeer(work, podwright))
  const ratio = way => (webernetes.ms === null ? null : Math.round(webernetes.ms / podwright[way].ms))
  const ratios = Object.fromEntries(WAYS.map(way => [way, ratio(way)]))
  return {
    work: work.name,
    title: work.title,
    nodes: work.nodes,
    isSameWork: webernetes.ms !== null,
    ratio: ratios.fullTrace,
    ratios,
    podwright,
    webernetes,
  }
}

function main() {
  if (!existsSync(join(ROOT, 'dist', 'index.js'))) throw new BenchError('dist/ is missing: run `npm run build` first')
  asPeer(prepare)
  const versions = {
    podwright: read(ROOT, 'package.json').version,
    webernetes: read(installed(PEER)).version,
    node: process.versions.node,
  }
  const machine = { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length }
  const date = new Date().toISOString().slice(0, 10)
  const loadBefore = loadavg()[0]
  const works = WORKS.map(measureWork)
  const answer = { date, versions, machine: { ...machine, load: [loadBefore, loadavg()[0]] }, works }
  console.log(process.argv.includes('--json') ? JSON.stringify(answer) : table(answer))
  const others = works.filter(({ isSameWork }) => !isSameWork)
  if (others.length > 0) {
    throw new BenchError(
      `the peer did other work, so there is no ratio: ${others.map(({ title }) => title).join('; ')}`,
    )
  }
}

try {
  main()
} catch (error) {
  if (!(error instanceof BenchError)) throw error
  process.stderr.write(`bench:peers: ${error.message}\n`)
  process.exitCode = 1
}
