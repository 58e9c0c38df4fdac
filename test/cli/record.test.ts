import { describe, expect, test } from 'vitest'
import { EXAMPLES, POD, podwright, put } from './podwright.js'

put('web.yaml', POD)

describe('podwright record', () => {
  test('writes the expectations that a run satisfied', () => {
    const { code, out, err } = podwright([
      'record',
      'web.yaml',
      '--behave',
      'web/app: crashes after 5s',
      '--horizon',
      '2m',
    ])
    expect(out).toMatchInlineSnapshot(`
      "apiVersion: podwright.dev/v1
      kind: Scenario
      metadata:
        name: web
      spec:
        manifests:
          - web.yaml
        horizon: 2m
        behaviours:
          - "web/app: exits 1 after 5s"
        expect:
          - pod web goes through Pending, Running
          - PodScheduled of pod web goes through True
          - PodReadyToStartContainers of pod web goes through False, True
          - Initialized of pod web goes through True
          - Ready of pod web goes through False, True, False, True, False, True, False, True, False, True, False
          - ContainersReady of pod web goes through False, True, False, True, False, True, False, True, False, True, False
          - container web/app goes through waiting ContainerCreating, running, terminated Error, running, terminated Error, waiting CrashLoopBackOff, running, terminated Error, waiting CrashLoopBackOff, running, terminated Error, waiting CrashLoopBackOff, running, terminated Error
          - container web/app starts exactly 5 times
          - container web/app exits with 1 at 5.5s
          - container web/app exits with 1 at 10.85s
          - container web/app exits with 1 at 30.3s
          - "from container web/app exits to container web/app starts: gaps of 350ms, 14.45s, 27s, 40s"
      "
    `)
    expect(err).toMatchInlineSnapshot(`
      "12 expectations of 2m0.000s; podwright test checks them
      "
    `)
    expect(code).toBe(0)
    put('web.scenario.yaml', out)
    expect(podwright(['test', 'web.scenario.yaml']).out).toMatch(
      /^✓ web {2}web\.scenario\.yaml, \d+ expectations\n1 passed\n$/,
    )
    expect(podwright(['record', 'web.scenario.yaml']).out).toBe(out)
  })

  test.each(['slow-drain.yaml', 'crash-loop.yaml', 'sidecar.yaml', 'slow-start.yaml', 'image-pull.yaml', 'shop.yaml'])(
    'records of examples/%s hold',
    file => {
      const { out } = podwright(['record', file], { cwd: EXAMPLES })
      const tested = podwright(['test', '-'], { cwd: EXAMPLES, input: out })
      expect(tested.out).toMatch(/^✓ .*expectations\n1 passed\n$/)
      expect(tested.code).toBe(0)
    },
  )
})
