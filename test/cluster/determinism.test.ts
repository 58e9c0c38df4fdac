import { Worker } from 'node:worker_threads'
import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { planDigest, Runner, run } from '../../src/cluster/index.js'
import type { Plan } from '../../src/scenario/index.js'
import { encodeTrace } from '../../src/trace/index.js'
import { behaves, exits, plan, planPod } from './plans.js'

/** Several pods that share a node, crash, wait for probes, and are deleted: every part of the kubelet has work. */
const busyPlan: Plan = plan(
  [
    planPod(
      'web',
      [
        {
          readinessProbe: { httpGet: { port: 8080 }, periodSeconds: 3 },
          livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5 },
          lifecycle: { preStop: { exec: { command: ['drain'] } } },
        },
      ],
      {
        app: behaves({
          readiness: [
            [
              { from: 0, result: 'failure' },
              { from: 7000, result: 'success' },
            ],
          ],
        }),
      },
      { initContainers: [{ name: 'migrate', image: 'migrate:1' }] },
    ),
    planPod('crash', [{}], { app: behaves({ runs: [exits(1, 2000)] }) }),
    planPod(
      'job',
      [{}, { name: 'other' }],
      { app: behaves({ runs: [exits(0, 4000)] }), other: behaves({ runs: [exits(3, 1000)] }) },
      { restartPolicy: 'OnFailure' },
    ),
  ],
  { steps: [{ at: 90_000, do: 'delete', pod: 'default/web', gracePeriodSeconds: 5 }], horizon: 240_000 },
)

describe('a run', () => {
  test('has the digests that it always had', () => {
    expect({ canonical: run(busyPlan).digest, seed7: run(busyPlan, { seed: 7 }).digest }).toMatchInlineSnapshot(`
      {
        "canonical": "f48ecb2f0727cd6d",
        "seed7": "09e6482bc71a8b92",
      }
    `)
  })

  test('is the same twice, and whether or not its rows are kept', () => {
    const runner = new Runner(busyPlan)
    const { digest } = run(busyPlan)
    expect(runner.run().digest).toBe(digest)
    expect(runner.run({ seed: 3 }).digest).toBe(run(busyPlan, { seed: 3 }).digest)
    expect(runner.run().digest).toBe(digest)
  })

  propertyTest.prop([fc.integer({ min: 0, max: 1_000_000 })], { numRuns: 40 })(
    'of a seed is replayed by its recipe',
    seed => {
      const seeded = run(busyPlan, { seed })
      const replayed = run(busyPlan, { recipe: seeded.header.recipe })
      expect(replayed.digest).toBe(seeded.digest)
      expect(replayed.header.recipe).toBe(seeded.header.recipe)
    },
  )

  test('differs between seeds', () => {
    const digests = new Set([1, 2, 3, 4, 5].map(seed => run(busyPlan, { seed }).digest))
    expect(digests.size).toBe(5)
  })

  test('is the same in a worker thread', async () => {
    const url = new URL('../../dist/cluster/index.js', import.meta.url).href
    const code = `
      import { parentPort, workerData } from 'node:worker_threads'
      const { run } = await import(workerData.url)
      parentPort.postMessage(run(workerData.plan, { seed: 11 }).digest)`
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
      workerData: { url, plan: busyPlan },
    })
    const digest = await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    await worker.terminate()
    expect(digest).toBe(run(busyPlan, { seed: 11 }).digest)
  })

  test('knows its plan by what it says, not by where it was written', () => {
    const origin = { file: 'elsewhere.yaml', line: 9, column: 1 }
    const moved = { ...busyPlan, pods: busyPlan.pods.map(pod => ({ ...pod, origin })) }
    expect(planDigest(moved)).toBe(planDigest(busyPlan))
    expect(run(moved).digest).toBe(run(busyPlan).digest)
    expect(planDigest({ ...busyPlan, horizon: 1 })).not.toBe(planDigest(busyPlan))
  })

  test('names a cause before each of its rows, and time never goes back', () => {
    const { rows } = run(busyPlan, { seed: 5 })
    let last = 0
    for (let number = 0; number < rows.length; number++) {
      expect(rows.causeOf(number)).toBeLessThan(number)
      expect(rows.timeOf(number)).toBeGreaterThanOrEqual(last)
      last = rows.timeOf(number)
    }
  })

  test('of a crash loop over a day stays small', () => {
    const crash = plan([planPod('crash', [{}], { app: behaves({ runs: [exits(1, 500)] }) })], {
      horizon: 24 * 3_600_000,
    })
    const trace = run(crash)
    expect(trace.outcome).toBe('horizon')
    // A restart every five minutes and what belongs to it.
    expect(trace.rows.length).toBeLessThan(10_000)
    expect([...encodeTrace(trace)].length).toBe(trace.rows.length + 1)
  })

  test('of a quiet pod ends when nothing more can happen', () => {
    const quiet = plan(
      [planPod('web', [{ livenessProbe: { httpGet: { port: 80 } }, readinessProbe: { httpGet: { port: 80 } } }], {})],
      {
        horizon: 365 * 24 * 3_600_000,
      },
    )
    const trace = run(quiet)
    expect(trace.outcome).toBe('quiescent')
    expect(trace.end).toBeLessThan(60_000)
  })

  test('begins with the nodes of the plan, whatever became of them in the run before', () => {
    const late = { ...planPod('late', [{}], {}), createdAt: 20_000 }
    const losing = plan([planPod('web', [{}], {}), late], {
      steps: [{ at: 10_000, do: 'deleteNode', node: 'node-1' }],
      horizon: 30_000,
    })
    const runner = new Runner(losing)
    const { digest } = run(losing)
    expect([runner.run().digest, runner.run().digest, runner.run().digest]).toEqual([digest, digest, digest])
  })

  test('that never ends is ended by the limit on entries', () => {
    const trace = run(busyPlan, { entryLimit: 100 })
    expect(trace.outcome).toBe('entryLimit')
  })
})
