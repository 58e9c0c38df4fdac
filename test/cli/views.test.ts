import { expect, test } from 'vitest'
import { MANIFESTS } from '../kubectl/rolled-web.js'
import { POD, podwright, put } from './podwright.js'

const web = put('web.yaml', MANIFESTS)

test('get prints what kubectl would have shown at an instant', () => {
  expect(podwright(['get', web, 'deploy', '--at', '1s'])).toMatchObject({
    code: 0,
    out: 'NAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb    1/2     2            1           1s\n',
  })
  expect(podwright(['describe', web, 'deploy/web']).out).toMatch(/^Name: +web\n/)
  expect(podwright(['events', web, '--for', 'deploy/web']).out).toMatch(/ScalingReplicaSet +Deployment\/web/)
})

test('rollout and wait end with 1 where kubectl would have', () => {
  const done = podwright(['rollout', 'status', web, 'deployment/web'])
  expect(done).toMatchObject({
    code: 0,
    out: expect.stringMatching(/ 1\.850s {2}deployment "web" successfully rolled out\n$/),
  })
  const args = ['wait', web, 'deploy/web', '--for', 'condition=Available']
  expect(podwright(args)).toMatchObject({ code: 0, out: '    1.850s  deployment.apps/web condition met\n' })
  expect(podwright([...args, '--timeout', '1s'])).toMatchObject({ code: 1, out: '' })
  expect(podwright(['rollout', 'status', web, 'deploy/web', '--behave', 'image app:1 does not exist']).code).toBe(1)
})

test('a step that waits for something is carried out in every view, as in a run', () => {
  const scenario = put(
    'waits.yaml',
    `apiVersion: podwright.dev/v1
kind: Scenario
spec: { steps: [ { when: container app becomes ready, after: 5s, delete: pod/solo } ] }
---
${POD.replace('name: web', 'name: solo')}`,
  )
  expect(podwright(['get', scenario, 'pods'])).toMatchObject({
    out: '',
    err: 'No resources found in default namespace.\n',
  })
  expect(podwright(['wait', scenario, 'pod/solo', '--for', 'delete'])).toMatchObject({
    code: 0,
    out: '    6.850s  pod/solo condition met\n',
  })
  expect(podwright(['events', scenario]).out).toContain('Stopping container app')
  const kept = put('waits.jsonl', podwright(['run', scenario, '--output', 'jsonl']).out)
  expect(podwright(['diff', kept, scenario])).toMatchObject({ code: 0 })
})

test('kinds, names and missing parts are told with what was meant', () => {
  expect(podwright(['get', web, 'deply'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('did you mean deploy?'),
  })
  expect(podwright(['get', web, 'svc/wep'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('did you mean web?'),
  })
  expect(podwright(['get', web])).toMatchObject({ code: 2, err: expect.stringContaining('got no kind') })
  expect(podwright(['get', 'pods'])).toMatchObject({ code: 2, err: expect.stringContaining('got no manifests') })
})

test('a summary tells of each workload', () => {
  const { out } = podwright(['run', web, '--output', 'summary'])
  expect(out).toMatch(/^deployment\/web {3}2 desired, 2 updated, 2 ready\n +rolled out in 1\.85s, at 1\.850s\n/)
})
