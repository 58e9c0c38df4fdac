import { describe, expect, test } from 'vitest'
import { run } from '../../src/cluster/index.js'
import { DEFAULT_TIMING } from '../../src/scenario/index.js'
import { ROW, stateAt, type Trace } from '../../src/trace/index.js'
import { behaves, exits, plan, planPod } from './plans.js'

// Random scenarios broke laws here: something that others write, or do, while the kubelet is about something else.

const HANGS = { from: 0, result: 'hang' } as const
const conditionsAt = (trace: Trace, time: number): readonly (string | undefined)[] =>
  (stateAt(trace, time).pod(trace.symbols.intern('Pod/default/web'))?.status?.conditions ?? [])
    .filter(({ status }) => status === 'True')
    .map(({ type }) => type)

/** The instances whose probes were answered. */
const probed = ({ rows }: Trace): number[] =>
  Array.from({ length: rows.length }, (_, number) => rows.at(number)).flatMap(({ kind, a }) =>
    kind === ROW.probe ? [a] : [],
  )

describe('the kubelet', () => {
  test('probes the instance that came while a probe of the one before was under way, and failed it', () => {
    const startupProbe = { httpGet: { port: 80 }, periodSeconds: 1, timeoutSeconds: 8, failureThreshold: 1 }
    const pod = planPod('web', [{ startupProbe }], {
      app: behaves({ runs: [exits(1, 4000), behaves().runs[0]], startup: [[HANGS], behaves().startup[0]] }),
    })
    const trace = run(plan([pod], { horizon: 60_000 }))
    expect(probed(trace)).toEqual([0, 1])
    expect(conditionsAt(trace, 30_000)).toContain('Ready')
  })

  test('leaves the condition of an eviction alone that it has not heard of', () => {
    const readinessProbe = { httpGet: { port: 80 }, periodSeconds: 1, failureThreshold: 1 }
    const pod = planPod('web', [{ readinessProbe }], {
      app: behaves({ readiness: [[...behaves().readiness[0], { from: 16_000, result: 'failure' }]] }),
    })
    const trace = run(
      plan([pod], {
        steps: [{ at: 20_000, do: 'evict', pod: 'default/web' }],
        timing: { ...DEFAULT_TIMING, watch: 2000 },
        horizon: 60_000,
      }),
    )
    expect(conditionsAt(trace, 19_000)).toContain('Ready')
    const after = conditionsAt(trace, 21_900)
    expect(after).not.toContain('Ready')
    expect(after).toContain('DisruptionTarget')
  })
})
