import { describe, expect, test } from 'vitest'
import { run } from '../../../src/cluster/index.js'
import { type PlanPod, RUNS } from '../../../src/scenario/index.js'
import { lifetimes } from '../traces.js'
import { server, service, shop } from './shops.js'

/** A pod whose init container waits for the Service `db`. */
function waiting(period: number): PlanPod {
  const planned = server('app', {}, { app: 'app', spec: { initContainers: [{ name: 'wait', image: 'app:1' }] } })
  const runs = [{ ...RUNS, waitsFor: { service: 'db', period } }]
  return { ...planned, containers: { ...planned.containers, wait: { ...planned.containers.wait, runs } } }
}
const database = (createdAt: number): PlanPod => ({ ...server('db-0', {}, { app: 'db' }), createdAt })
const db = service({}, 'db')

describe('an init container that waits for a Service', () => {
  test('exits 0 at its first look after the rules of its node name an endpoint', () => {
    const trace = run(shop([waiting(2000), database(10_000)], { objects: [db], traffic: undefined }))
    const [wait] = lifetimes(trace, 'wait')
    expect([wait.start, wait.end, wait.exitCode]).toMatchInlineSnapshot(`
      [
        500,
        12500,
        0,
      ]
    `)
    expect((wait.end - wait.start) % 2000).toBe(0)
  })

  test('waits for as long as there is no such Service', () => {
    const [wait] = lifetimes(run(shop([waiting(2000), database(0)], { objects: [], traffic: undefined })), 'wait')
    expect(wait.end).toBe(Number.POSITIVE_INFINITY)
  })

  test('does not wait for the rules where the Service is headless: its name is answered as the slices say', () => {
    const objects = [service({ clusterIP: 'None' }, 'db')]
    const [wait] = lifetimes(run(shop([waiting(100), database(10_000)], { objects, traffic: undefined })), 'wait')
    expect(wait.end).toMatchInlineSnapshot(`10900`)
  })
})
