import { test } from 'vitest'
import { run } from '../../src/cluster/index.js'
import { DEFAULT_BEHAVIOUR, RUNS, createNode } from '../../src/scenario/index.js'
import { behaves, exits, plan, planPod } from './plans.js'
import { eventTexts, phases, podOf, printed, lifetimes, goneAt } from './traces.js'
import { eventsAt, ROW } from '../../src/trace/index.js'

const show = (name: string, trace: any, ...pods: string[]) => {
  console.log('=====', name)
  console.log(printed(trace).join('\n'))
  for (const e of eventsAt(trace, trace.end) as any[]) console.log('  EV', e.type, e.count, e.reason, '|', e.message, '|', e.involvedObject?.fieldPath ?? '', e.source?.component)
  for (const p of pods) { try { console.log(JSON.stringify(podOf(trace, p).status)) } catch (e) { console.log(String(e)) } }
  for (let i = 0; i < trace.rows.length; i++) { const r = trace.rows.at(i); if (r.kind === ROW.endpoints) console.log('  EP', r.time, trace.symbols?.text?.(r.a) ?? r.a); if (r.kind === ROW.refused) console.log('  REFUSED', r.time) }
  console.log(phases(trace), goneAt(trace))
}
const P = (pods: any, c: any = {}) => run(plan(pods, { horizon: 60_000, ...c }))

const patch = (at: number, patch: object, more: object = {}) => ({ at, do: 'patch', pod: 'default/web', type: 'strategic', patch, ...more }) as any

test('x', () => {
  const ports = { ports: [{ containerPort: 80, hostPort: 80 }] }
  show('ports', P([planPod('a', [ports], {}, { nodeName: 'node-1' }), {...planPod('web', [ports], {}, { nodeName: 'node-1' } as any), createdAt: 2000}]), 'web')
  const taintless = planPod('web', [{ readinessProbe: { exec: { command: ['up'] }, periodSeconds: 2 } }], { app: behaves({ runs: [{ ...RUNS, onTerm: { exitAfter: 3000, exitCode: 0 } }] }) })
  const labelled = { ...taintless, pod: { ...taintless.pod, metadata: { ...taintless.pod.metadata, labels: { app: 'web' } } } }
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } } as any
  const del = (at: number, gracePeriodSeconds?: number) => ({ at, do: 'delete', pod: 'default/web', gracePeriodSeconds }) as any
  const evict = (at: number) => ({ at, do: 'evict', pod: 'default/web' }) as any
  show('evict', P([labelled], { objects: [service], steps: [evict(10_000)] }), 'web')
  show('evict pending', P([planPod('web', [{}], {})], { images: { 'app:1': { ...DEFAULT_BEHAVIOUR.image, pullDuration: 20_000 } }, steps: [evict(10_000)] }), 'web')
  const fin = { ...taintless, pod: { ...taintless.pod, metadata: { ...taintless.pod.metadata, finalizers: ['example.com/keep'] } } }
  show('finalizer', P([fin], { steps: [del(10_000), patch(30_000, { metadata: { finalizers: null } })] }), 'web')
  show('force', P([{ ...planPod('web', [{}], { app: behaves({ runs: [{ ...RUNS, onTerm: null }] }) }) }], { steps: [del(10_000, 0)] }), 'web')
  const stub = planPod('web', [{}], { app: behaves({ runs: [{ ...RUNS, onTerm: null }] }) })
  const sig = (t: any) => lifetimes(t, 'app').map(l => [l.start, l.end, l.exitCode])
  for (const [n, steps] of Object.entries({ shorter: [del(10_000, 30), del(15_000, 3)], longer: [del(10_000, 5), del(11_000, 30)], none: [del(10_000, 5), del(11_000)], force: [del(10_000, 30), del(12_000, 0)], unscheduled: [del(10, 5)] })) {
    const t = P([n === 'unscheduled' ? planPod('web', [{ resources: { requests: { cpu: '500' } } }], {}) : stub], { steps })
    show('twice ' + n, t)
    console.log(sig(t))
  }
  show('gated', P([planPod('web', [{}], {}, { restartPolicy: 'Never' })], { steps: [del(10_000, 5)] }), 'web')
})
