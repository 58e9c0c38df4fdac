#!/usr/bin/env node
// Measures a whole cluster: workloads scheduled on many nodes, run and rolled once, in one process.
//   npm run bench:cluster                        a readable table
//   npm run bench:cluster -- --json              one JSON object, the last line
//   npm run bench:cluster -- --size=limits       Kubernetes' own limits: 150,000 pods on 5,000 nodes
//   npm run bench:cluster -- --size=daemonSet    a DaemonSet on 1,000 nodes, rolled from node to node
//   npm run bench:cluster -- --nodes 500 --deployments 150 --replicas 100 --json
// The time is that of everything from objects to digest: defaults, plan, compilation, run. A pod of a workload counts once, though
// the rollout makes each of them a second time. Where other work runs on the machine, the CPU's time says more
// than the clock's. The peak is the process's own, as the operating system counts it. The script
// gives V8 a young generation of 64 MiB, because a pod's versions live for some seconds of virtual time: a tenth less CPU's time.
import { cpuUsage, resourceUsage, stderr } from 'node:process'
import { parseArgs } from 'node:util'
import { Runner } from '../dist/cluster/index.js'
import { ROW } from '../dist/trace/index.js'
import { daemonSetPlan, rolloutPlan } from './rollout-plan.mjs'

const SIZES = {
  first: { nodes: 1000, deployments: 300, replicas: 100, hours: 1 },
  limits: { nodes: 5000, deployments: 1500, replicas: 100, hours: 1 },
  // One node at a time, of which each takes six seconds.
  daemonSet: { nodes: 1000, hours: 2 },
}
const COUNTS = ['nodes', 'deployments', 'replicas', 'hours']
const ROWS_PER_LINE = 250_000

/** The size by its name, with what single options say otherwise: whole numbers. */
function readSize(values) {
  const size = SIZES[values.size]
  if (size === undefined) throw new Error(`--size: expected one of ${Object.keys(SIZES)}, got ${values.size}`)
  const read = { ...size }
  for (const name of COUNTS.filter(each => values[each] !== undefined)) {
    if (size[name] === undefined) throw new Error(`--${name}: --size=${values.size} has none`)
    read[name] = Number(values[name])
    if (!Number.isInteger(read[name]) || read[name] < 1)
      throw new Error(`--${name}: expected a whole number, got ${values[name]}`)
  }
  return read
}

/** Counts what has to come out, and tells on stderr how far the run is. */
class Progress {
  bound = 0
  removed = 0
  #start = performance.now()

  get seconds() {
    return (performance.now() - this.#start) / 1000
  }

  row(number, time, kind) {
    if (kind === ROW.bound) this.bound++
    else if (kind === ROW.removed) this.removed++
    if (number % ROWS_PER_LINE === 0) this.tell(`${number} rows, virtual time ${time / 1000} s`)
  }

  tell(text) {
    const pods = `${this.bound} pods bound, ${this.removed} gone`
    stderr.write(`${this.seconds.toFixed(1)} s: ${text}, ${pods}, ${peakMebibytes()} MiB\n`)
  }
}

const peakMebibytes = () => Math.round(resourceUsage().maxRSS / 1024)

const texts = Object.fromEntries(COUNTS.map(name => [name, { type: 'string' }]))
const { values } = parseArgs({
  options: { ...texts, size: { type: 'string', default: 'first' }, json: { type: 'boolean' } },
})
const size = readSize(values)
const isDaemonSet = values.size === 'daemonSet'
const progress = new Progress()
const plan = isDaemonSet ? daemonSetPlan(size) : rolloutPlan(size)
const { digest, outcome, end, entries, rows } = new Runner(plan).run({ listener: progress })
const { seconds } = progress
const { user, system } = cpuUsage()
progress.tell(`${outcome} at ${end / 1000} s`)

const pods = isDaemonSet ? size.nodes : size.deployments * size.replicas
if (outcome === 'entryLimit' || progress.bound !== 2 * pods || progress.removed !== pods) {
  throw new Error(
    `expected ${pods} pods that run and are replaced: ${progress.bound} bound, ${progress.removed} removed`,
  )
}

const figures = {
  [isDaemonSet ? 'daemonPodsPerSecond' : 'clusterPodsPerSecond']: Math.round(pods / seconds),
  seconds: Math.round(seconds * 100) / 100,
  cpuSeconds: Math.round((user + system) / 1e4) / 100,
  peakMiB: peakMebibytes(),
  ...size,
  entries,
  rows,
  digest,
}
if (values.json) console.log(JSON.stringify(figures))
else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(24)}${String(value).padStart(20)}`)
