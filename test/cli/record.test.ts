import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

  test('says of a workload what is so of all its pods, whose names change', () => {
    const shop = readFileSync(join(EXAMPLES, 'shop.yaml'), 'utf8')
    const { out } = podwright(['record', '-'], { input: shop })
    const [expectations] = out.split('---')
    expect(expectations).toContain('  - each pod of deployment/web goes through Pending, Running')
    expect(expectations).toContain('  - container deployment/web/app gets SIGTERM at ')
    expect(expectations).not.toMatch(/web-[0-9a-f]+-/)
    const renamed = out.replaceAll('image: registry.example/shop/web:1.4', 'image: registry.example/shop/web:1.5')
    expect(podwright(['test', '-'], { input: renamed }).out).not.toContain('expected a pod')
  })

  test('says of a pod of a workload what is so of it alone', () => {
    const { out } = podwright(['record', '-', '--behave', 'db-1/main: exits 1 after 5s, then runs'], {
      input: `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: 2
  podManagementPolicy: Parallel
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: main, image: main:1 }] } }
`,
    })
    expect(out).toMatchInlineSnapshot(`
      "apiVersion: podwright.dev/v1
      kind: Scenario
      metadata:
        name: recorded
      spec:
        behaviours:
          - "db-1/main: exits 1 after 5s, then runs"
        expect:
          - each pod of shop/statefulset/db goes through Pending, Running
          - PodScheduled of each pod of shop/statefulset/db goes through True
          - PodReadyToStartContainers of each pod of shop/statefulset/db goes through False, True
          - Initialized of each pod of shop/statefulset/db goes through True
          - Ready of pod shop/db-0 goes through False, True
          - ContainersReady of pod shop/db-0 goes through False, True
          - container shop/db-0/main goes through waiting ContainerCreating, running
          - container shop/db-0/main starts exactly once
          - Ready of pod shop/db-1 goes through False, True, False, True
          - ContainersReady of pod shop/db-1 goes through False, True, False, True
          - container shop/db-1/main goes through waiting ContainerCreating, running, terminated Error, running
          - container shop/db-1/main starts exactly twice
          - container shop/db-1/main exits with 1 at 6s
          - shop/statefulset/db goes through 0, 2 updated replicas
          - shop/statefulset/db goes through 0, 1, 2, 1, 2 ready replicas
          - shop/statefulset/db completes at 1.85s
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: { name: db, namespace: shop }
      spec:
        replicas: 2
        podManagementPolicy: Parallel
        selector: { matchLabels: { app: db } }
        template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: main, image: main:1 }] } }
      "
    `)
    expect(podwright(['test', '-'], { input: out }).code).toBe(0)
  })

  test('keeps what came from standard input', () => {
    const { out } = podwright(['record', '-'], { input: POD })
    expect(out).toContain('metadata:\n  name: recorded\n')
    expect(out).toContain('---\napiVersion: v1\nkind: Pod\n')
    expect(out).not.toContain('stdin')
    expect(podwright(['test', '-'], { input: out }).code).toBe(0)
  })

  test('says where its manifests are, if not here', () => {
    put('k8s/pod.yaml', POD)
    const { out, err } = podwright(['record', 'k8s/pod.yaml'])
    expect(err).toContain('it names its manifests as files of k8s: keep it there\n')
    put('k8s/pod.scenario.yaml', out)
    expect(podwright(['test', 'k8s/pod.scenario.yaml']).code).toBe(0)
  })
})
