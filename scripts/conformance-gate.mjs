#!/usr/bin/env node
// Replays the recordings of the real Kubernetes and compares the score with test/conformance/floor.json: a score below
// its floor fails, so fidelity is never lost unnoticed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const recordings = join(root, '..', 'shared', 'conformance')
const compare = join(root, '..', 'shared', 'tools', 'compare.mjs')
const floors = JSON.parse(readFileSync(join(root, 'test', 'conformance', 'floor.json'), 'utf8'))

/** What is scored: the kubelet's classes by hand, the random pods, and the wording of both. */
const SCORES = {
  AtoI: { classes: 'ABCDEFGHI', count: 'matched' },
  O: { classes: 'O', count: 'matched' },
  texts: { classes: 'ABCDEFGHIO', count: 'worded' },
}

/** Above its floor by more points than this, a score deserves a higher floor. */
const SLACK = 1

function fail(message, stdout, stderr) {
  process.stderr.write(stdout.slice(-4000) + stderr.slice(-4000))
  throw new Error(`conformance gate: ${message}`)
}

/** Runs node; an exit code that is not expected ends the gate with what the program said. */
function node(args, expectedCodes) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (expectedCodes.includes(status)) return { stdout, stderr }
  return fail(`node ${args.join(' ')} ended with ${signal ?? `exit code ${status}`}`, stdout, stderr)
}

function percentOf({ classes, count }, perClass) {
  const tallies = [...classes].flatMap(name => perClass[name] ?? [])
  const total = tallies.reduce((sum, tally) => sum + tally.total, 0)
  return (100 * tallies.reduce((sum, tally) => sum + tally[count], 0)) / Math.max(1, total)
}

function print(perClass, scores) {
  console.log('class  matched    texts')
  for (const [name, { matched, worded, total }] of Object.entries(perClass).sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${name.padEnd(5)} ${`${matched}/${total}`.padStart(8)} ${`${worded}/${total}`.padStart(8)}`)
  for (const [name, score] of Object.entries(scores))
    console.log(`${name.padEnd(5)} ${`${score.toFixed(1)} %`.padStart(8)}   floor ${floors[name]} %`)
}

function judge(name, score) {
  const floor = floors[name]
  if (score < floor) {
    console.error(`conformance gate: ${name} fell to ${score.toFixed(1)} %, below its floor of ${floor} %`)
    process.exitCode = 1
  }
  if (score > floor + SLACK)
    console.log(`hint: raise ${name} in test/conformance/floor.json to ${Math.floor(score * 10) / 10}`)
}

function gate() {
  const simulated = mkdtempSync(join(tmpdir(), 'podwright-conformance-'))
  try {
    // Exit code 1 says that some recording differs, which is what the floors are for.
    const { stdout, stderr } = node(['dist/bin/podwright.js', 'conform', recordings, '--emit', simulated], [0, 1])
    if (readdirSync(simulated).length === 0) fail('`podwright conform --emit` wrote nothing', stdout, stderr)
    const { perClass } = JSON.parse(node([compare, recordings, simulated, '--json'], [0]).stdout)
    const scores = Object.fromEntries(Object.entries(SCORES).map(([name, score]) => [name, percentOf(score, perClass)]))
    print(perClass, scores)
    for (const [name, score] of Object.entries(scores)) judge(name, score)
  } finally {
    rmSync(simulated, { recursive: true, force: true })
  }
}

if (!existsSync(recordings) || !existsSync(compare)) console.log('skipped: ../shared/conformance is not here')
else {
  try {
    gate()
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
