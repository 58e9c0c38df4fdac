#!/usr/bin/env node
// Measures the engine: lifecycles per second, alone and on a crowded node, and the bare queue.
//   npm run bench              a readable table
//   npm run bench -- --json    one JSON object, the last line
// Each line runs in a process of its own: V8 learns from one workload to allocate long-lived objects in the old space
// ("pretenuring"), which makes another workload in the same process up to twice as slow.
import { execFileSync } from 'node:child_process'
import process, { memoryUsage } from 'node:process'
import { fileURLToPath } from 'node:url'
import { Runner, run } from '../dist/cluster/index.js'
import { compileMonitors, parseClause, resolveClauses, rosterOf } from '../dist/expect/index.js'
import { LawMonitor } from '../dist/invariant/index.js'
import { EntryQueue } from '../dist/kernel/index.js'
import { lifecyclePlan, pairPlan } from './plans.mjs'

const MS_PER_ROUND = 500
const ROUNDS = 25
const ONE_NODE_PODS = 1000
const RUNS_PER_CALL = 200

/** Calls `work` for a while, several times over; the best rate per second counts, the others were disturbed. */
function rate(perCall, work) {
  let best = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    let calls = 0
    let elapsed = 0
    while (elapsed < MS_PER_ROUND) {
      work()
      calls++
      elapsed = performance.now() - start
    }
    best = Math.max(best, (calls * perCall * 1000) / elapsed)
  }
  return Math.round(best)
}

/** Fresh one-pod runs of a prepared plan, with the digest of the full trace. */
function onePod() {
  const runner = new Runner(lifecyclePlan(1))
  const { digest, entries, rows } = runner.run()
  const lifecyclesPerSecond = rate(RUNS_PER_CALL, () => {
    for (let i = 0; i < RUNS_PER_CALL; i++) runner.run()
  })
  return {
    lifecyclesPerSecond,
    entriesPerSecond: lifecyclesPerSecond * entries,
    entriesPerLifecycle: entries,
    rowsPerLifecycle: rows,
    digest,
  }
}

/** A thousand pods on one node, all in one run. */
function oneNode() {
  const runner = new Runner(lifecyclePlan(ONE_NODE_PODS))
  const { digest } = runner.run()
  return { lifecyclesPerSecondOneNode: rate(ONE_NODE_PODS, () => runner.run()), digestOneNode: digest }
}

/** Memory of a kept full trace, and that its digest is the one that the lines above computed. */
function fullTrace() {
  const plan = lifecyclePlan(ONE_NODE_PODS)
  run(lifecyclePlan(1))
  globalThis.gc()
  const before = memoryUsage()
  const trace = run(plan)
  globalThis.gc()
  const after = memoryUsage()
  const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
  return {
    bytesPerLifecycle: Math.round(bytes / ONE_NODE_PODS),
    fullDigestOneNode: trace.digest,
    fullDigest: run(lifecyclePlan(1)).digest,
  }
}

/** What it costs to check every law while a run goes on: the same runs with and without the monitor, in turns. */
function laws() {
  const runner = new Runner(lifecyclePlan(1))
  const monitor = new LawMonitor(runner.lawContext)
  const options = { listener: monitor }
  const alone = () => {
    for (let i = 0; i < RUNS_PER_CALL; i++) runner.run()
  }
  const watched = () => {
    for (let i = 0; i < RUNS_PER_CALL; i++) {
      monitor.reset()
      const { end } = runner.run(options)
      if (monitor.finish(end, 'quiescent').length > 0) throw new Error('a lifecycle breaks a law')
    }
  }
  // Short slices in turns: the machine's speed wanders, and both sides have to meet its best moments.
  const microseconds = work => {
    const start = performance.now()
    work()
    return ((performance.now() - start) * 1000) / RUNS_PER_CALL
  }
  const best = { alone: Number.POSITIVE_INFINITY, watched: Number.POSITIVE_INFINITY }
  const until = performance.now() + 2 * ROUNDS * MS_PER_ROUND
  while (performance.now() < until) {
    best.watched = Math.min(best.watched, microseconds(watched))
    best.alone = Math.min(best.alone, microseconds(alone))
  }
  return { lawsMicrosecondsPerLifecycle: Math.round((best.watched - best.alone) * 100) / 100 }
}

/** Pop and push with ten entries pending: what a small cluster's queue does. */
function bareQueue() {
  const queue = new EntryQueue()
  const BATCH = 100_000
  let sequence = 0
  for (let i = 0; i < 10; i++) queue.push(i, ++sequence, sequence, 0, 0, -1)
  const heapOpsPerSecond = rate(BATCH, () => {
    for (let i = 0; i < BATCH; i++) {
      queue.pop()
      queue.push(queue.time + ((i * 7919) % 13), ++sequence, sequence, 0, 0, -1)
    }
  })
  return { heapOpsPerSecond }
}

/** Ten typical properties, compiled once, over the same 64 rows again and again: reset, the rows, the verdicts. */
function tenProperties() {
  const trace = run(pairPlan())
  const rows = Array.from({ length: 64 }, (_, number) => trace.rows.at(number))
  const clauses = TEN_CLAUSES.map(text => parseClause(text))
  const monitors = compileMonitors(resolveClauses(clauses, rosterOf(trace)), trace.symbols)
  const watch = () => {
    monitors.reset()
    for (const { number, time, kind, object, a, b, c } of rows) monitors.row(number, time, kind, object, a, b, c)
    return monitors.finish(trace.end, 'quiescent')
  }
  const wrong = watch().findIndex(({ kind }) => kind !== 'holds')
  if (wrong >= 0) throw new Error(`${TEN_CLAUSES[wrong]}: expected to hold`)
  const perSecond = rate(RUNS_PER_CALL, () => {
    for (let i = 0; i < RUNS_PER_CALL; i++) watch()
  })
  return { tenPropertiesOver64Rows: Math.round(1e9 / perSecond) / 1000 }
}

const TEN_CLAUSES = [
  'whenever pod web is deleted, container web/app gets SIGTERM immediately',
  'never container web/app is killed with SIGKILL',
  'container web/app starts exactly once',
  'pull for pod web succeeds before container web/app starts',
  'pod web has Ready=True within 10s',
  'always pod web does not have Ready=True or container web/app is ready',
  'pod web goes through Pending, Running, Succeeded',
  'whenever container web/log is running, it stays so for 10s',
  'in order: container web/app starts; readiness probe of container web/app succeeds; container web/app exits',
  'after pod web is deleted: never container web/log starts',
]

const LINES = { onePod, oneNode, fullTrace, laws, bareQueue, tenProperties }

const line = process.argv.find(argument => argument.startsWith('--line='))?.slice('--line='.length)
if (line !== undefined) {
  console.log(JSON.stringify(LINES[line]()))
  process.exit(0)
}

const figures = {}
for (const name of Object.keys(LINES)) {
  process.stderr.write(`measuring ${name} …\n`)
  const output = execFileSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), `--line=${name}`], {
    encoding: 'utf8',
  })
  Object.assign(figures, JSON.parse(output))
}
if (figures.digest !== figures.fullDigest || figures.digestOneNode !== figures.fullDigestOneNode) {
  throw new Error('the digest of the measured runs is not that of the full trace')
}

if (process.argv.includes('--json')) console.log(JSON.stringify(figures))
else {
  const rows = [
    ['lifecycles/s, one pod a run', figures.lifecyclesPerSecond],
    [`lifecycles/s, ${ONE_NODE_PODS} pods on one node`, figures.lifecyclesPerSecondOneNode],
    ['entries/s, one pod a run', figures.entriesPerSecond],
    ['entries a lifecycle', figures.entriesPerLifecycle],
    ['rows a lifecycle', figures.rowsPerLifecycle],
    ['bytes a lifecycle, full trace kept', figures.bytesPerLifecycle],
    ['µs a lifecycle, every law checked', figures.lawsMicrosecondsPerLifecycle],
    ['pop + push/s of the bare queue, 10 pending', figures.heapOpsPerSecond],
    ['µs for ten properties over 64 rows', figures.tenPropertiesOver64Rows],
    ['digest, one pod', figures.digest],
    ['digest, one node', figures.digestOneNode],
  ]
  for (const [name, value] of rows) {
    const text = typeof value === 'number' ? String(value).replace(/\B(?=(\d{3})+$)/g, ' ') : value
    console.log(`${name.padEnd(46)}${text.padStart(18)}`)
  }
}
