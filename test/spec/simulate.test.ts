import { describe, expect, test } from 'vitest'
import { findObject, planManifests, podAt, simulate } from '../../src/index.js'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'app', image: 'app:1' }] },
}

describe('simulate', () => {
  test('takes text and objects alike', () => {
    const { digest } = simulate(JSON.stringify(pod))
    expect(simulate([pod]).digest).toBe(digest)
  })

  test('takes a Scenario beside the manifests, and what is said goes over it', () => {
    const text = `apiVersion: podwright.dev/v1
kind: Scenario
spec: { horizon: 1m, behaviours: [ "web/app: exits 1 after 5s" ] }
---
${JSON.stringify(pod)}
`
    const statusAt = (trace: ReturnType<typeof simulate>, time: number) =>
      podAt(trace, findObject(trace, 'web').symbol, time)?.status?.containerStatuses?.[0]
    const trace = simulate(text)
    expect(trace.header.horizon).toBe(60_000)
    expect(statusAt(trace, 50_000)?.state?.waiting?.reason).toBe('CrashLoopBackOff')
    const calm = simulate(text, { behave: 'web/app: runs', horizon: '2m' })
    expect(calm.header.horizon).toBe(120_000)
    expect(statusAt(calm, 50_000)?.state?.running).toBeDefined()
  })

  test('gives equal traces for equal seeds', () => {
    const digestOf = (seed: number): string => simulate([pod], { seed, behave: 'web/app: exits 1 after 1s' }).digest
    expect(digestOf(7)).toBe(digestOf(7))
    expect(digestOf(7)).not.toBe(digestOf(8))
  })

  test.each<[string, () => unknown, string]>([
    [
      'a manifest',
      () => simulate([{ ...pod, spec: { containers: [] } }]),
      'manifests[0]:8:5: Pod "web" is invalid: spec.containers: Required value',
    ],
    [
      'a rule',
      () => simulate([pod], { behave: 'web/ap: runs' }),
      'behave: web has no container ap\n  hint: the nearest is app',
    ],
    [
      'a horizon',
      () => planManifests([pod], { horizon: '5' as '5s' }),
      'horizon: expected a duration, got "5"\n  hint: write a number with a unit: 250ms, 12.5s, 10m, 1h30m',
    ],
    [
      'a number of nodes',
      () => planManifests([pod], { nodes: 0 }),
      'nodes: expected a number of nodes from 1 to 5000, got 0',
    ],
    [
      'a release',
      () => planManifests([pod], { kubernetes: '1.2' }),
      '--kubernetes: expected a Kubernetes release (1.31, 1.32, 1.33, 1.34, 1.35), got "1.2"\n  hint: the nearest is 1.31',
    ],
    [
      'a Scenario with files',
      () => simulate('apiVersion: podwright.dev/v1\nkind: Scenario\nspec: { manifests: [ web.yaml ] }\n'),
      'manifests:3:22: expected no files in a Scenario that is no file itself\n  hint: put the manifests beside the Scenario, in the same text after ---, or as objects',
    ],
  ])('refuses %s that is wrong', (_, act, message) => {
    expect(act).toThrow(expect.objectContaining({ name: 'PodwrightError', message }))
  })
})
