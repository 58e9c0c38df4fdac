#!/usr/bin/env node
// Measures podwright at one work in one way, in a process of its own (see bench/run.mjs for why), and prints one JSON line:
//   node podwright.mjs WORK fromManifests|fullTrace|runner
import process from 'node:process'
import { changesOf, findObject, findRow, planManifests, Runner, run } from '../../dist/index.js'
import { summarise } from './sample.mjs'
import { workNamed } from './works.mjs'

const WARM_UP_MS = 700
const ROUND_MS = 250
const ROUNDS = 9

function planOf({ manifests, behave, nodes, horizon, deleteAt }) {
  const plan = planManifests(manifests, { behave, nodes, horizon })
  if (deleteAt === undefined) return plan
  return { ...plan, steps: [{ at: deleteAt, do: 'delete', pod: 'default/worker' }] }
}

/** What is measured: one call is the whole work. */
const WAYS = {
  fromManifests: work => () => run(planOf(work)),
  fullTrace: work => {
    const plan = planOf(work)
    return () => run(plan)
  },
  runner: work => {
    const runner = new Runner(planOf(work))
    return () => runner.run()
  },
}

/** What came about, in the words of `works.mjs`. */
const FACTS = {
  crashLoop: trace => {
    const app = findObject(trace, 'worker/app').symbol
    const states = changesOf(trace, app, { of: 'state' })
    return {
      restarts: Number(changesOf(trace, app, { of: 'restarts' }).at(-1).value),
      exitCode: states.findLast(({ value }) => value === 'terminated').exitCode,
      state: states.at(-1).reason,
      lastStartMs: states.findLast(({ value }) => value === 'running').time,
    }
  },
  deletion: (trace, { deleteAt }) => ({
    exitCode: findRow(trace, 'worker/app exit').b,
    sigtermAfterMs: findRow(trace, 'worker/app signal=SIGTERM').time - deleteAt,
    sigkillAfterMs: findRow(trace, 'worker/app killed').time - deleteAt,
    goneAfterMs: findRow(trace, 'worker gone').time - deleteAt,
  }),
  hundredReady: (trace, { manifests }) => {
    const changes = manifests.map(({ metadata }) =>
      changesOf(trace, findObject(trace, metadata.name).symbol, { of: 'condition', type: 'Ready' }).at(-1),
    )
    const ready = changes.filter(change => change?.value === 'True')
    return { ready: ready.length, lastReadyMs: Math.max(...ready.map(({ time }) => time)) }
  },
}

/** A call takes too little for the clock, so a round makes many and tells the time of one. */
function measure(work) {
  const spend = atLeast => {
    const start = performance.now()
    let calls = 0
    let elapsed = 0
    while (elapsed < atLeast) {
      work()
      calls++
      elapsed = performance.now() - start
    }
    return elapsed / calls
  }
  spend(WARM_UP_MS)
  return summarise(Array.from({ length: ROUNDS }, () => spend(ROUND_MS)))
}

const [name, way] = process.argv.slice(2)
const work = workNamed(name)
const once = WAYS[way](work)
const trace = run(planOf(work))
if (once().digest !== trace.digest)
  throw new Error(`the measured run is not the one whose trace is read: ${name}, ${way}`)
console.log(JSON.stringify({ ...measure(once), facts: FACTS[name](trace, work), digest: trace.digest }))
