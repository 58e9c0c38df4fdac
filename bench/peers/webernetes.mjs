#!/usr/bin/env node
// Measures the peer at one work, in a process of its own, and prints one JSON line:  node webernetes.mjs WORK
// What counts is from applying the manifests until the work is done; starting its control plane and closing it do not.
import process from 'node:process'
import { BUNDLE } from './paths.mjs'
import { summarise } from './sample.mjs'
import { advance, STEPPINGS, settle } from './stepping.mjs'
import { workNamed } from './works.mjs'

const WARM_UP_ROUNDS = 2
const ROUNDS = 5
/** Virtual time that its control plane gets to come up in. */
const BOOT_MS = 5000

const { BaseImage, Cluster } = await import(BUNDLE)

/** The image of every work; each process is what podwright's words in `works.mjs` say. */
function imageFor(work, record) {
  const processes = {
    crashes: async context => {
      await context.sleep(5000)
      return 1
    },
    ignoresTerm: context => context.waitUntilKilled(),
    serves: context => {
      context.listenHttp(8080, async () => ({ status: 200, body: 'ok' }))
      return context.waitUntilKilled()
    },
  }
  class App extends BaseImage {
    static imageName = 'app'
    static imageVersion = '1'
    defaultCommand = ['app']
    exec(context, argv) {
      return argv[0] === 'app' ? processes[work.process](context) : super.exec(context, argv)
    }
  }
  if (work.process === 'ignoresTerm') {
    // Its runtime leaves a process with a handler alone on SIGTERM, and kills it on SIGKILL all the same.
    App.prototype.signalHandler = (_, signal) => record.signal(signal)
  }
  return App
}

/** What its API server told a watcher, and the signals that the process saw; times since the manifests were applied. */
class Observer {
  restarts = 0
  exitCode
  state
  lastStartMs
  isGone = false
  readyPods = new Set()
  signals = {}
  now = () => 0

  signal(name) {
    this.signals[name] ??= this.now()
  }

  pod(type, { metadata, status }) {
    if (type === 'delete') {
      this.isGone = true
      this.goneMs = this.now()
    }
    const isReady = status?.conditions?.some(condition => condition.type === 'Ready' && condition.status === 'True')
    if (isReady && !this.readyPods.has(metadata.name)) {
      this.readyPods.add(metadata.name)
      this.lastReadyMs = this.now()
    }
    const [app] = status?.containerStatuses ?? []
    if (app !== undefined) this.#container(app)
  }

  #container({ restartCount, state }) {
    if (state?.running !== undefined && (this.lastStartMs === undefined || restartCount > this.restarts)) {
      this.lastStartMs = this.now()
    }
    this.restarts = restartCount
    this.exitCode = state?.terminated?.exitCode ?? this.exitCode
    this.state = state?.waiting?.reason ?? state?.terminated?.reason ?? 'Running'
  }
}

/** When a work is over, and what came about, in the words of `works.mjs`. */
const ENDS = {
  crashLoop: () => false,
  deletion: observer => observer.isGone,
  hundredReady: (observer, { manifests }) => observer.readyPods.size === manifests.length,
}
const FACTS = {
  crashLoop: ({ restarts, exitCode, state, lastStartMs }) => ({ restarts, exitCode, state, lastStartMs }),
  deletion: ({ exitCode, signals, goneMs }, { deleteAt }) => ({
    exitCode,
    sigtermAfterMs: signals.SIGTERM - deleteAt,
    sigkillAfterMs: signals.SIGKILL - deleteAt,
    goneAfterMs: goneMs - deleteAt,
  }),
  hundredReady: ({ readyPods, lastReadyMs }) => ({ ready: readyPods.size, lastReadyMs }),
}

async function boot(work, observer, stepping) {
  const cluster = new Cluster({ nodes: work.nodes })
  cluster.registerImage(imageFor(work, observer))
  cluster.pause()
  const { clock } = cluster
  await settle(cluster.init(), 'its start')
  await advance(clock, stepping, clock.nowMs() + BOOT_MS)
  const system = await settle(cluster.api.corev1.listNamespacedPod({ namespace: 'kube-system' }), 'a list')
  const down = system.items.filter(({ status }) => status?.phase !== 'Running').map(({ metadata }) => metadata.name)
  if (down.length > 0) throw new Error(`its control plane did not come up: ${down.join(', ')}`)
  return cluster
}

/** One round: the whole work on a new cluster. */
async function round(work, stepping) {
  const observer = new Observer()
  const bootStart = performance.now()
  const cluster = await boot(work, observer, stepping)
  const { clock } = cluster
  const bootMs = performance.now() - bootStart

  const start = performance.now()
  const zero = clock.nowMs()
  observer.now = () => clock.nowMs() - zero
  let watchError
  cluster.informer('pods', (type, pod) => observer.pod(type, pod), {
    namespace: 'default',
    onError: error => {
      watchError ??= error
    },
  })
  const isOver = () => watchError !== undefined || ENDS[work.name](observer, work)
  await settle(cluster.apply(work.manifests), 'applying the manifests')
  if (work.deleteAt !== undefined) {
    await advance(clock, stepping, zero + work.deleteAt)
    const deletion = cluster.api.corev1.deleteNamespacedPod({ namespace: 'default', name: 'worker' })
    await settle(deletion, 'the deletion')
  }
  await advance(clock, stepping, zero + work.horizon, isOver)
  const ms = performance.now() - start

  if (watchError !== undefined) throw new Error(`its watch failed: ${watchError}`)
  await settle(cluster.close(), 'its end')
  return { ms, bootMs, facts: FACTS[work.name](observer, work) }
}

/** Steppings take turns, so that what disturbs the machine disturbs them all. */
async function measure(work) {
  const rounds = new Map(STEPPINGS.map(stepping => [stepping, []]))
  for (let i = 0; i < WARM_UP_ROUNDS; i++) await round(work, STEPPINGS[i % STEPPINGS.length])
  for (let i = 0; i < ROUNDS; i++) {
    for (const stepping of STEPPINGS) rounds.get(stepping).push(await round(work, stepping))
    process.stderr.write(`  round ${i + 1} of ${ROUNDS}\n`)
  }
  return STEPPINGS.map(stepping => {
    const done = rounds.get(stepping)
    return {
      stepping,
      ...summarise(done.map(({ ms }) => ms)),
      bootMs: summarise(done.map(({ bootMs }) => bootMs)).ms,
      facts: done.map(({ facts }) => facts),
    }
  })
}

console.log(JSON.stringify(await measure(workNamed(process.argv[2]))))
// Its timers would keep the process alive.
process.exit(0)
