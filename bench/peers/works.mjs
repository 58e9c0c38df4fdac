/**
 * The work that both do: the same manifests and the same behaviour, once in podwright's words, once as the name of a
 * process that `webernetes.mjs` writes as async code.
 */

const pod = (name, container, spec = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { ...spec, containers: [{ name: 'app', image: 'app:1', ...container }] },
})

/** The peer pulls in no time, so podwright's images are present. */
const PRESENT = 'image app:1 is present'

/**
 * `judged` says which facts make it the same work: `exactly`, or within so many milliseconds; `told` are only printed,
 * since jitter and relist phases are the cluster's own.
 */
export const WORKS = [
  {
    name: 'crashLoop',
    title: 'a crash loop of one pod, 600 s',
    manifests: [pod('worker', {})],
    behave: ['worker/app: exits 1 after 5s', PRESENT],
    process: 'crashes',
    nodes: 1,
    horizon: 600_000,
    judged: { restarts: 'exactly', exitCode: 'exactly', state: 'exactly', lastStartMs: 'told' },
  },
  {
    name: 'deletion',
    title: 'a pod deleted, preStop 2 s in a grace of 4 s',
    // A sleep hook: the peer gives a hook of kind exec no time at all, so that it fails at once.
    manifests: [
      pod('worker', { lifecycle: { preStop: { sleep: { seconds: 2 } } } }, { terminationGracePeriodSeconds: 4 }),
    ],
    behave: ['worker/app: ignores SIGTERM', PRESENT],
    process: 'ignoresTerm',
    nodes: 1,
    horizon: 60_000,
    deleteAt: 10_000,
    judged: { exitCode: 'exactly', sigtermAfterMs: 100, sigkillAfterMs: 100, goneAfterMs: 1000 },
  },
  {
    name: 'hundredReady',
    title: 'a hundred pods becoming ready',
    manifests: Array.from({ length: 100 }, (_, i) =>
      pod(`web-${i}`, { readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 } }),
    ),
    behave: [PRESENT],
    process: 'serves',
    // The peer's default. On one node some of its pods wait for a resync, more than a minute.
    nodes: 3,
    horizon: 120_000,
    judged: { ready: 'exactly', lastReadyMs: 1000 },
  },
]

/** Facts of a peer's run that are not what podwright's are, as texts; empty: the same work. */
export function differences(work, podwright, peer) {
  return Object.entries(work.judged)
    .filter(([fact, judgement]) => {
      if (judgement === 'told') return false
      if (judgement === 'exactly') return podwright[fact] !== peer[fact]
      return !(Math.abs(podwright[fact] - peer[fact]) <= judgement)
    })
    .map(([fact]) => `${fact} ${podwright[fact]}, the peer's ${peer[fact]}`)
}

export function workNamed(name) {
  const work = WORKS.find(each => each.name === name)
  if (work === undefined) throw new Error(`no work is named ${name}`)
  return work
}
