import { describe, expect, test } from 'vitest'
import { run, start } from '../../../src/cluster/index.js'
import { RUNS } from '../../../src/scenario/index.js'
import { ROW, requestsOf } from '../../../src/trace/index.js'
import { answered, lost, rowsOf, server, service, shop, traffic, twoNodes } from './shops.js'

// Rules of control-plane.md §5 in the tests' names: KP-1 … KP-5, TR-1 … TR-3, ES-5, ES-6.

const deletion = (at: number, pod = 'default/web-1') => ({ do: 'delete', at, pod }) as const
const sleeping = (seconds: number) => ({ container: { lifecycle: { preStop: { sleep: { seconds } } } } })
const crashingAfter = (exitAfter: number) => ({ behaviour: { runs: [{ ...RUNS, exitAfter, exitCode: 1 }] } })
const onNode = (nodeName: string) => ({ spec: { nodeName } })
const timesOf = (trace: ReturnType<typeof run>, kind: number): number[] =>
  rowsOf(trace).flatMap(row => (row.kind === kind ? [row.time] : []))

describe('a stream of requests', () => {
  test('goes to the ready pods in turn, and costs no rows but a few', () => {
    const trace = run(shop([server('web-1'), server('web-2')]))
    expect(answered(trace)).toMatchInlineSnapshot(`
      {
        "web-1": 729,
        "web-2": 679,
      }
    `)
    expect(lost(trace)).toEqual({})
    expect(timesOf(trace, ROW.requestsAnswered)).toHaveLength(2)
  })

  test('begins when it is told to, whether there is an endpoint or not', () => {
    const trace = run(shop([server('web-1')], { traffic: traffic({ from: 0, until: 3000 }) }))
    expect(lost(trace)).toMatchInlineSnapshot(`
      {
        "no endpoint: the rules name none": 93,
      }
    `)
    expect(requestsOf(trace)[0]).toMatchObject({ service: 'default/web', sent: 150 })
  })

  test('loses requests to a pod that is deleted: it refuses them until the rules leave it out (TR-1)', () => {
    const trace = run(shop([server('web-1'), server('web-2')], { steps: [deletion(10_000)] }))
    expect(lost(trace)).toMatchInlineSnapshot(`
      {
        "refused web-1: its process has closed its listener": 3,
        "refused web-1: its process has exited": 22,
      }
    `)
    expect(timesOf(trace, ROW.requestFailed).at(-1)).toBeLessThan(11_000)
  })

  test('loses none where preStop sleeps longer than the rules take (TR-1)', () => {
    const trace = run(shop([server('web-1', {}, sleeping(3)), server('web-2')], { steps: [deletion(10_000)] }))
    expect(lost(trace)).toEqual({})
  })

  test('loses some where preStop sleeps for less than the rules of a slow proxy take', () => {
    const plan = shop([server('web-1', {}, sleeping(1)), server('web-2')], { steps: [deletion(10_000)] })
    const trace = run({ ...plan, timing: { ...plan.timing, proxySync: 1500 } })
    expect(lost(trace)).toMatchInlineSnapshot(`
      {
        "refused web-1: its process has closed its listener": 2,
        "refused web-1: its process has exited": 10,
      }
    `)
  })

  test('loses those under way when a process crashes, and those that come before its pod is unready', () => {
    const pods = [server('web-1', { latency: 100 }, crashingAfter(10_000)), server('web-2')]
    expect(lost(run(shop(pods)))).toMatchInlineSnapshot(`
      {
        "refused web-1: its process has exited": 58,
        "reset web-1: its process exited before the answer": 5,
      }
    `)
  })

  test('waits for what is under way when SIGTERM ends the process, unless it drops that', () => {
    const slow = { latency: 1000, keepsListening: true }
    const steps = [deletion(10_000)]
    const graceful = run(shop([server('web-1', slow), server('web-2')], { steps }))
    const rude = run(shop([server('web-1', { ...slow, dropsInFlightOnExit: true }), server('web-2')], { steps }))
    expect([lost(graceful), lost(rude)]).toMatchInlineSnapshot(`
      [
        {
          "refused web-1: its process has closed its listener": 22,
        },
        {
          "refused web-1: its process has exited": 22,
          "reset web-1: its process exited before the answer": 25,
        },
      ]
    `)
    expect(timesOf(graceful, ROW.exit)[0] - timesOf(rude, ROW.exit)[0]).toBeGreaterThan(900)
  })

  test('is cut by SIGKILL, however gracefully the process stops', () => {
    const pods = [
      server('web-1', { latency: 4000, keepsListening: true }, { spec: { terminationGracePeriodSeconds: 2 } }),
      server('web-2'),
    ]
    expect(lost(run(shop(pods, { steps: [deletion(10_000)] })))).toMatchInlineSnapshot(`
      {
        "refused web-1: its process has closed its listener": 22,
        "reset web-1: its process exited before the answer": 53,
      }
    `)
  })

  test('is refused by a process that does not listen yet though its pod is Ready (TR-3)', () => {
    const trace = run(shop([server('web-1', { listensAfter: 3000 })]))
    expect(lost(trace)).toMatchInlineSnapshot(`
      {
        "refused web-1: its process does not listen yet": 83,
      }
    `)
  })

  test('times out where the process hangs, where it answers too late, and where its node cannot be reached', () => {
    const client = { timeout: 1000 }
    const steps = [
      { do: 'cutNetwork', at: 10_000, node: 'a' },
      { do: 'restoreNetwork', at: 12_000, node: 'a' },
    ] as const
    const one = (serves: Parameters<typeof server>[1], changes = {}) =>
      lost(
        run(
          shop([server('web-1', serves, onNode('a'))], {
            nodes: twoNodes,
            traffic: traffic({ until: 20_000 }, client),
            ...changes,
          }),
        ),
      )
    expect([
      one({ hangsAfter: 15_000 }),
      one({ latency: 1500 }),
      one({ latency: 100 }, { steps }),
    ]).toMatchInlineSnapshot(`
      [
        {
          "timed out web-1: its process does not answer any more": 225,
        },
        {
          "timed out web-1: its process answers too slowly": 908,
        },
        {
          "timed out web-1: its node does not answer": 105,
        },
      ]
    `)
  })

  test('is sent again at once, and is lost only when every attempt failed', () => {
    const plan = shop([server('web-1'), server('web-2')], {
      steps: [deletion(10_000)],
      traffic: traffic({}, { retries: 1 }),
    })
    const trace = run(plan)
    expect(lost(trace)).toEqual({})
    expect(lost(trace, ROW.requestRetried)).toMatchInlineSnapshot(`
      {
        "refused web-1: its process has closed its listener": 3,
        "refused web-1: its process has exited": 22,
      }
    `)
    expect(requestsOf(trace)[0]).toMatchObject({ lost: 0, retried: 25 })
  })

  test('over connections that are kept stays with its pod until that closes them, whatever the rules say (KP-5)', () => {
    const keepAlive = { connections: 2, requestsPerConnection: null }
    const pods = [server('web-1', { keepsListening: true }, sleeping(5)), server('web-2')]
    const trace = run(shop(pods, { steps: [deletion(10_000)], traffic: traffic({}, { keepAlive }) }))
    expect(lost(trace)).toEqual({})
    const lastOfFirst = rowsOf(trace).find(
      ({ kind, b }) => kind === ROW.requestsAnswered && trace.symbols.text(b).endsWith('web-1'),
    )
    expect((lastOfFirst?.time ?? 0) - (lastOfFirst?.c ?? 0)).toBeGreaterThan(15_000)
    const fewEach = run(
      shop(pods, {
        steps: [deletion(10_000)],
        traffic: traffic({}, { keepAlive: { connections: 2, requestsPerConnection: 10 } }),
      }),
    )
    const left = rowsOf(fewEach).find(
      ({ kind, b }) => kind === ROW.requestsAnswered && fewEach.symbols.text(b).endsWith('web-1'),
    )
    expect((left?.time ?? 0) - (left?.c ?? 0)).toBeLessThan(11_500)
  })

  test('of one client sticks to one pod where the Service has session affinity, for so long (KP-5)', () => {
    const sticky = (timeoutSeconds: number) =>
      service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds } } })
    const plan = shop([server('web-1'), server('web-2')], { steps: [deletion(20_000)] })
    const rare = traffic({ requests: 1, per: 5000 })
    expect(answered(run({ ...plan, objects: [sticky(60)] }))).toMatchInlineSnapshot(`
      {
        "web-1": 908,
        "web-2": 450,
      }
    `)
    expect(answered(run({ ...plan, objects: [sticky(1)], traffic: rare, steps: [] }))).toMatchInlineSnapshot(`
      {
        "web-1": 3,
        "web-2": 3,
      }
    `)
  })

  test('goes to the pods of the client’s node where the policy is Local, and nowhere else (KP-2, KP-3)', () => {
    const objects = [service({ internalTrafficPolicy: 'Local' })]
    const pods = [server('web-1', {}, onNode('a')), server('web-2', {}, onNode('b'))]
    const changes = {
      objects,
      nodes: twoNodes,
      steps: [deletion(10_000)],
      traffic: traffic({ until: 13_000 }, { node: 'a', timeout: 1000 }),
    }
    const trace = run(shop(pods, changes))
    expect([answered(trace), lost(trace)]).toMatchInlineSnapshot(`
      [
        {
          "web-1": 408,
        },
        {
          "no endpoint: the rules name none on the client's node": 100,
          "refused web-1: its process has closed its listener": 5,
          "refused web-1: its process has exited": 45,
        },
      ]
    `)
  })

  test('goes to a pod that is being deleted and still Ready where no other is ready (KP-1)', () => {
    const trace = run(
      shop([server('web-1', {}, sleeping(8))], { steps: [deletion(10_000)], traffic: traffic({ until: 17_000 }) }),
    )
    expect(lost(trace)).toEqual({})
  })

  test('to a named port goes to the container that has it, and to no pod without it (ES-5)', () => {
    const objects = [service({ ports: [{ port: 80, targetPort: 'http' }] })]
    const named = { container: { ports: [{ name: 'http', containerPort: 8080 }] } }
    const trace = run(shop([server('web-1', {}, named), server('web-2')], { objects }))
    expect(answered(trace)).toMatchInlineSnapshot(`
      {
        "web-1": 1408,
      }
    `)
  })

  test('to a headless Service keeps the addresses that the client looked up for half a minute (ES-6)', () => {
    const plan = shop([server('web-1'), server('web-2')], {
      objects: [service({ clusterIP: 'None' })],
      steps: [deletion(10_000)],
    })
    const trace = run({ ...plan, traffic: traffic({ until: 60_000 }) })
    const failures = timesOf(trace, ROW.requestFailed)
    expect([failures.length, failures[0], failures.at(-1)]).toMatchInlineSnapshot(`
      [
        1042,
        10010,
        30830,
      ]
    `)
  })

  test('finds a Service that comes later', () => {
    const steps = [{ do: 'createObject', at: 10_000, object: service() }] as const
    const trace = run(shop([server('web-1')], { objects: [], steps }))
    expect(timesOf(trace, ROW.proxyRules)).toEqual([11_000])
    expect(answered(trace)).toMatchInlineSnapshot(`
      {
        "web-1": 950,
      }
    `)
  })

  test('is drawn by a seed: how late the rules are, and which pod each connection gets', () => {
    const plan = shop([server('web-1'), server('web-2')], { steps: [deletion(10_000)] })
    const counts = [1, 2, 3].map(seed => timesOf(run(plan, { seed }), ROW.requestFailed).length)
    expect(new Set(counts).size).toBeGreaterThan(1)
    const { recipe, digest } = ((trace = run(plan, { seed: 1 })) => ({
      recipe: trace.header.recipe,
      digest: trace.digest,
    }))()
    expect(run(plan, { recipe }).digest).toBe(digest)
  })

  test('is the same when a run pauses on its way', () => {
    const plan = shop([server('web-1'), server('web-2')], { steps: [deletion(10_000)] })
    const paused = start(plan)
    for (let at = 0; at <= 60_000; at += 777) paused.runUntil(at)
    paused.runUntil(60_000)
    expect(paused.trace().digest).toBe(run(plan).digest)
  })
})

describe('totals of requests', () => {
  test('say which race lost each, to whom, and in which state the pod was', () => {
    const trace = run(shop([server('web-1'), server('web-2')], { steps: [deletion(10_000)] }))
    expect(requestsOf(trace)).toMatchInlineSnapshot(`
      [
        {
          "answered": 1383,
          "answeredBy": {
            "default/web-1": 229,
            "default/web-2": 1154,
          },
          "losses": [
            {
              "count": 3,
              "first": 10010,
              "last": 10090,
              "pod": {
                "deletedAt": 10000,
                "isReady": true,
                "name": "default/web-1",
                "phase": "Running",
                "staleFor": 10,
              },
              "race": "refused",
              "why": "its process has closed its listener",
            },
            {
              "count": 22,
              "first": 10130,
              "last": 10970,
              "pod": {
                "deletedAt": 10000,
                "isReady": false,
                "name": "default/web-1",
                "phase": "Succeeded",
                "staleFor": 130,
              },
              "race": "refused",
              "why": "its process has exited",
            },
          ],
          "lost": 25,
          "retried": 0,
          "sent": 1408,
          "service": "default/web",
          "underWay": 0,
        },
      ]
    `)
  })
})
