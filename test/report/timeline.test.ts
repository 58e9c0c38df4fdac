import { describe, expect, test } from 'vitest'
import { type Palette, PLAIN_PALETTE, timeline } from '../../src/report/index.js'
import { ROW } from '../../src/trace/index.js'
import { APP, crashingWeb, MIGRATE, WEB, WEB_POD } from '../trace/crashing-web.js'
import { TraceBuilder } from '../trace/trace-builder.js'

const text = (lines: readonly string[]): string => `\n${lines.join('\n')}\n`

/** A pod that crashes every ten seconds, so many times. */
function crashLoop(turns: number): TraceBuilder {
  const t = new TraceBuilder()
  const created = t.at(0, -1).createPod(WEB_POD)
  let cause = created
  for (let turn = 0; turn < turns; turn++) {
    t.at(turn * 10_000, cause).row(ROW.containerCreate, APP, turn, turn)
    const started = t.row(ROW.containerStart, APP, turn, turn)
    cause = t.at(turn * 10_000 + 500, started).row(ROW.exit, APP, turn, 1, t.symbols.intern('Error'))
    t.at(turn * 10_000 + 1000, cause).waiting(APP, 'CrashLoopBackOff', 'back-off 10s restarting failed container=app')
  }
  return t
}

describe('timeline', () => {
  test('tells the story of a pod', () => {
    expect(text(timeline(crashingWeb()))).toMatchInlineSnapshot(`
      "
         0.000s  web          created                             by step 1
         0.010s  web          scheduled to node-1                 ← creation
         0.030s  web          sandbox up with 10.244.0.5          ← scheduled
         0.030s  web/migrate  pulling migrate:1                   ← sandbox up
         0.530s  web/migrate  pulled migrate:1 in 500ms, started
         1.530s  web/migrate  exited 0                            by itself
         2.000s  web/app      started                             ← migrate exit 0
         2.850s  web          Running                             ← start
         3.000s  web/app      readiness probe succeeds
         3.010s  web          Ready                               ← readiness probe
       1m0.400s  web/app      exited 1 (Error)                    by itself
       1m1.000s  web          not Ready                           ← exit 1
       1m1.010s  web/app      CrashLoopBackOff (10s)              ← exit 1
      1m11.500s  web/app      started (restart 1)                 ← exit 1
      1m30.000s  web          delete requested, grace 30s         by step 2
      1m30.010s  web/app      SIGTERM (30s to stop)               ← delete
      1m30.110s  web/app      exited 143 (Error)                  ← SIGTERM
      1m30.900s  web          gone                                ← exit 143
      "
    `)
  })

  test('wraps what happened where the columns are few and cuts no reason', () => {
    expect(text(timeline(crashingWeb(), { columns: 64, until: 3010 }))).toMatchInlineSnapshot(`
      "
      0.000s  web          created                   by step 1
      0.010s  web          scheduled to node-1       ← creation
      0.030s  web          sandbox up with           ← scheduled
                             10.244.0.5
      0.030s  web/migrate  pulling migrate:1         ← sandbox up
      0.530s  web/migrate  pulled migrate:1 in
                             500ms, started
      1.530s  web/migrate  exited 0                  by itself
      2.000s  web/app      started                   ← migrate exit 0
      2.850s  web          Running                   ← start
      3.000s  web/app      readiness probe succeeds
      3.010s  web          Ready                     ← readiness probe
      "
    `)
  })

  test('shows every row in its own words when asked for all', () => {
    const lines = timeline(crashingWeb(), { all: true, from: 61_000, until: 61_010, columns: 140 })
    expect(text(lines)).toMatchInlineSnapshot(`
      "
      1m1.000s  web      Ready=False: ContainersNotReady, containers with unready status: [app]                        ← exit 1
      1m1.000s  web      ContainersReady=False: ContainersNotReady, containers with unready status: [app]              ← exit 1
      1m1.000s  web/app  shown as terminated 1 (Error)                                                                 ← exit 1
      1m1.000s  web/app  not ready                                                                                     ← exit 1
      1m1.000s  web/app  does not count as started                                                                     ← exit 1
      1m1.000s  web/app  event Warning BackOff: Back-off restarting failed container app in pod web                    ← exit 1
      1m1.010s  web/app  waiting: CrashLoopBackOff, back-off 10s restarting failed container=app pod=web_default(uid)  ← exit 1
      1m1.010s  web/app  last state terminated 1 (Error)                                                               ← exit 1
      "
    `)
  })

  test('keeps to the pods and the span asked for', () => {
    expect(timeline(crashingWeb(), { shows: ({ kind }) => kind !== 'Pod' })).toHaveLength(0)
    expect(timeline(crashingWeb(), { from: 90_000, until: 90_000 })).toEqual([
      '1m30.000s  web  delete requested, grace 30s  by step 2',
    ])
  })

  test('counts what repeats instead of repeating it', () => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    const probe = t.at(1000).probe(APP, 0, 'readiness', 'failure')
    for (let i = 0; i < 3; i++)
      t.at(2000 + i * 1000, probe).event(APP, 'Warning', 'FailedMount', 'no such volume', i + 1)
    t.at(9000).row(ROW.probeRepeated, APP, 0, 1, 3)
    t.probe(APP, 0, 'readiness', 'success')
    expect(text(timeline(t.build()))).toMatchInlineSnapshot(`
      "
      0.000s  web      created
      1.000s  web/app  readiness probe fails ×4
      2.000s  web/app  FailedMount: no such volume (×3 until 4.000s)  ← readiness probe
      9.000s  web/app  readiness probe succeeds                       ← readiness probe
      "
    `)
  })

  test('shortens a cycle to its first two turns and the last, saying how many there were', () => {
    expect(text(timeline(crashLoop(9).build()))).toMatchInlineSnapshot(`
      "
         0.000s  web      created
         0.000s  web/app  started                                   ← creation
         0.500s  web/app  exited 1 (Error)                          by itself
         1.000s  web/app  CrashLoopBackOff (10s)                    ← exit 1
        10.000s  web/app  started (restart 1)                       ← exit 1
        10.500s  web/app  exited 1 (Error)                          by itself
        11.000s  web/app  CrashLoopBackOff (10s)                    ← exit 1
        20.000s  web/app  started (restart 2)                       ← exit 1
        20.500s  web/app  … the same 5 more times, until 1m10.000s
      1m10.500s  web/app  exited 1 (Error)                          by itself
      1m11.000s  web/app  CrashLoopBackOff (10s)                    ← exit 1
      1m20.000s  web/app  started (restart 8)                       ← exit 1
      1m20.500s  web/app  exited 1 (Error)                          by itself
      1m21.000s  web/app  CrashLoopBackOff (10s)                    ← exit 1
      "
    `)
  })

  test('leaves cycles of four turns as they are', () => {
    expect(timeline(crashLoop(4).build()).join('\n')).not.toContain('more times')
  })

  test('tells apart a container that is shown as waiting although it runs', () => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    t.at(1000).row(ROW.containerStart, APP, 1, 1)
    t.waiting(APP, 'CrashLoopBackOff', 'back-off 10s restarting failed container=app')
    expect(timeline(t.build())[1]).toBe('1.000s  web/app  started, shown as CrashLoopBackOff (10s)')
  })

  test('tells a kill, hooks and failed starts', () => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    const failed = t.at(10).row(ROW.containerStartFailed, APP, 0, 0, t.symbols.intern('exec: "x": not found'))
    const stop = t.at(1000, failed).row(ROW.containerStop, APP, 0, 30)
    t.at(1000, stop).row(ROW.signal, APP, 0, 15)
    const begin = t.at(1100, failed).row(ROW.hookStart, APP, 0, 1, 0)
    t.at(1200, begin).row(ROW.hookEnd, APP, 0, 1, 126)
    const kill = t.at(31_000, stop).row(ROW.signal, APP, 0, 9)
    t.at(31_000, kill).row(ROW.exit, APP, 0, 137, t.symbols.intern('Error'))
    t.at(31_500, kill).event(APP, 'Normal', 'Killing', 'Container app failed liveness probe, will be restarted')
    t.at(31_600, kill).terminated(MIGRATE, -1, 137, 'ContainerStatusUnknown')
    expect(text(timeline(t.build()))).toMatchInlineSnapshot(`
      "
       0.000s  web          created
       0.010s  web/app      failed to start: exec: "x": not found
       1.000s  web/app      SIGTERM (30s to stop)                                   ← start failure
       1.100s  web/app      preStop hook begins                                     ← start failure
       1.200s  web/app      preStop hook fails
      31.000s  web/app      SIGKILL, exited 137 (Error)                             ← grace period over
      31.500s  web/app      Container app failed liveness probe, will be restarted  ← SIGKILL
      31.600s  web/migrate  ContainerStatusUnknown (137)                            ← app SIGKILL
      "
    `)
  })

  test.each([
    ['a command', 0, 137],
    ['a connection', 1, 1],
  ])('tells that the exit of its process cuts off a hook, %s', (_, handler, code) => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    t.at(1000).row(ROW.containerStart, APP, 0, 0)
    const begin = t.at(1000).row(ROW.hookStart, APP, 0, 0, handler)
    const again = t.at(1000).row(ROW.hookStart, APP, 0, 1, handler)
    t.at(1500, again).row(ROW.hookEnd, APP, 0, 1, code)
    t.at(2000).row(ROW.exit, APP, 0, 1, t.symbols.intern('Error'))
    t.at(2000, begin).row(ROW.hookEnd, APP, 0, 0, code)
    const late = t.at(3000).row(ROW.hookStart, APP, 0, 1, handler)
    t.at(3000, late).row(ROW.hookEnd, APP, 0, 1, code)
    expect(
      timeline(t.build()).flatMap(line => /(pre|post)\S+ hook (is|fails|ends).*?(?= {2}|,|$)/.exec(line)?.[0] ?? []),
    ).toEqual(['preStop hook fails', 'postStart hook is cut off', 'preStop hook fails'])
  })

  test('says why a pull fails once', () => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    const image = t.symbols.intern('app:1')
    const error = t.symbols.intern('not found')
    for (const time of [0, 10_000]) {
      const start = t.at(time, 0).row(ROW.pullStart, APP, image)
      const end = t.at(time + 500, start).row(ROW.pullEnd, WEB, image, error)
      t.at(time + 900, end).waiting(APP, 'ErrImagePull', 'not found')
      t.at(time + 5000, end).waiting(APP, 'ImagePullBackOff', 'Back-off pulling image "app:1": ErrImagePull: not found')
    }
    expect(text(timeline(t.build()))).toMatchInlineSnapshot(`
      "
       0.000s  web      created
       0.000s  web/app  pulling app:1                    ← creation
       0.500s  web/app  pull of app:1 failed: not found
       0.900s  web/app  ErrImagePull                     ← pull failure
       5.000s  web/app  ImagePullBackOff                 ← pull failure
      10.000s  web/app  pulling app:1                    ← creation
      10.500s  web/app  pull of app:1 failed again
      10.900s  web/app  ErrImagePull                     ← pull failure
      15.000s  web/app  ImagePullBackOff                 ← pull failure
      "
    `)
  })

  test('tells why a pod cannot be scheduled, once as long as it is the same', () => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    for (const time of [10, 5000]) {
      const event = t
        .at(time, 0)
        .event(WEB, 'Warning', 'FailedScheduling', '0/1 nodes are available: 1 Insufficient cpu.')
      t.at(time, event).condition(
        WEB,
        'PodScheduled',
        'False',
        'Unschedulable',
        '0/1 nodes are available: 1 Insufficient cpu.',
      )
    }
    expect(timeline(t.build())).toEqual([
      '0.000s  web  created',
      '0.010s  web  Unschedulable: 0/1 nodes are available: 1 Insufficient cpu.',
    ])
  })

  test('shows escape sequences out of manifests as text', () => {
    const t = new TraceBuilder()
    t.createPod({ ...WEB_POD, metadata: { name: 'e\u001b[31mvil', namespace: 'default' } })
    t.at(5).phase('Pod/default/e\u001b[31mvil', 'Failed', 'Bad\u0007', 'line\nbreak')
    const lines = timeline(t.build(), { all: false })
    expect(lines).toEqual(['0.000s  e\\x1b[31mvil  created', '0.005s  e\\x1b[31mvil  Failed: Bad\\x07, line\\nbreak'])
  })

  test('puts the namespace in front of pods where they are of several', () => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    t.createPod({ ...WEB_POD, metadata: { name: 'web', namespace: 'apps' } })
    expect(timeline(t.build())).toEqual(['0.000s  default/web  created', '0.000s  apps/web     created'])
  })

  test('paints each part with the palette it is given, without touching the columns', () => {
    const mark =
      (name: string) =>
      (part: string): string =>
        `<${name}>${part}</${name}>`
    const palette = Object.fromEntries(Object.keys(PLAIN_PALETTE).map(name => [name, mark(name)])) as unknown as Palette
    const painted = timeline(crashingWeb(), { palette })
    expect(painted.find(line => line.includes('exited 1'))).toBe(
      '<time> 1m0.400s</time>  <object>web/app</object>      <bad>exited 1 (Error)</bad>                    <cause>by itself</cause>',
    )
    expect(painted.map(line => line.replace(/<\/?\w+>/g, ''))).toEqual(timeline(crashingWeb()))
  })

  test('never exceeds its columns, however long the words are', () => {
    const t = new TraceBuilder()
    t.createPod({ ...WEB_POD, metadata: { name: 'a'.repeat(80), namespace: 'default' } })
    t.at(5, 0).phase(`Pod/default/${'a'.repeat(80)}`, 'Failed', 'x'.repeat(300), 'some words '.repeat(30))
    for (const columns of [100, 120, 160]) {
      for (const line of timeline(t.build(), { columns })) expect(line.length).toBeLessThanOrEqual(columns)
    }
  })
})
