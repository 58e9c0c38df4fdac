import { crashes, onTerm, pod, runs, scenario, stopsAfter } from 'podwright'
import { describe, expect, test } from 'vitest'
import 'podwright/vitest'

const drain = scenario('a drain slower than the grace period', s =>
  s
    .pod('web', p => p.container('app', runs(), onTerm(stopsAfter('45s'))))
    .at('60s')
    .delete('pod/web', { grace: '30s' })
    .expect(({ web }) => [web.container('app').killed('SIGKILL').at('90s')]),
)
const crash = scenario('a crash is repaired', s =>
  s.pod('web', p => p.container('app', crashes().after('2s'), runs())).horizon('1m'),
)

describe('matchers', () => {
  test('pass for what a run did', () => {
    const run = crash.run()
    const web = run.pod('web')
    expect(web).toHavePhases('Pending', 'Running')
    expect(run).toHavePhases('Pending', 'Running')
    expect(web).toHaveConditions({ Ready: ['False', 'True', 'False', 'True'], PodScheduled: ['True'] })
    expect(web.container('app')).toHaveStates('waiting', 'running', 'terminated Error', 'running')
    expect(web.container('app')).toPassThrough('waiting', 'terminated Error', 'running')
    expect(web).toPassThrough('Running')
    expect(run).toSatisfy(pod('web').phase('Running'), 'container web/app exits with 1')
    expect(web).toSatisfy(words => [words.container('app').exited(1), words.ready()])
    expect(drain.run()).toHold()
    expect(drain).toHold()
    expect(web).not.toHavePhases('Pending')
    expect(web).not.toPassThrough('Running', 'Failed')
    expect(5).toSatisfy((value: number) => value > 4)
  })

  test('keep a whole timeline', () => {
    expect(crash.run().pod('web')).toMatchTimeline(`
      0.000s  web      created, scheduled to node-1, sandbox up with 10.244.0.1
      0.000s  web/app  pulling app:1                                             ← sandbox up
      0.500s  web/app  pulled app:1 in 500ms, started
      0.850s  web      Running, Ready                                            ← start
      2.500s  web/app  exited 1 (Error)                                          by itself
      2.850s  web/app  started (restart 1)                                       ← exit 1
      2.850s  web      not Ready                                                 ← exit 1
      3.850s  web      Ready                                                     ← start
    `)
  })
})
