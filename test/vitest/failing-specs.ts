// What `failing.test.ts` runs in a vitest of its own: specs and matchers that fail.

import { crashes, onTerm, runs, scenario, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'
import { describe, expect, test } from 'vitest'

describe('specs', () => {
  spec('a drain faster than the grace period is not cut short', s =>
    s
      .pod('web', pod => pod.container('app', runs(), onTerm(stopsAfter('45s'))))
      .at('60s')
      .delete('pod/web', { grace: '30s' })
      .expect(({ web }) => [
        web.phases('Pending', 'Running', 'Failed'),
        web.container('app').exited(0).at('1m45s'), // first frame: drain
      ]),
  )

  spec('nothing ever triggers this', s =>
    s
      .pod('web', pod => pod.container('app', runs()))
      .expect(({ web }) => [
        web.container('app').exited().precedes(web.container('app').signalled('SIGTERM')), // first frame: vacuous
      ]),
  )

  spec(
    'a horizon cuts an obligation',
    s =>
      s
        .pod('web', pod => pod.container('app', crashes().after('2s')))
        .horizon('1m')
        .expect(({ web }) => [web.container('app').exited(1).at('90s')]), // first frame: open
    { seed: 7 },
  )

  spec('a container has a name that is none', s => s.pod('web', pod => pod.container('App', runs()))) // misuse

  // biome-ignore format: the frame's line tells which spec it is
  spec.refused('a pod without a fault is refused', s => s.pod('web', pod => pod.container('app', runs())), 'Required value') // first frame: refused

  spec.skip('is left out', s => s.pod('web', pod => pod.container('app', runs())))

  spec.each(['web', 'api'])(
    name => `the pod ${name} becomes ready`,
    name => s => s.pod(name, pod => pod.container('app', runs())).expect(pods => [pods.pod(name).ready().within('5s')]),
  )
})

describe('matchers', () => {
  const run = scenario('a crash', s =>
    s.pod('web', pod => pod.container('app', crashes().after('2s'))).horizon('20s'),
  ).run()

  test('toHavePhases', () => {
    expect(run.pod('web')).toHavePhases('Pending', 'Running', 'Failed') // first frame: phases
  })

  test('toHaveConditions', () => {
    expect(run.pod('web')).toHaveConditions({ Ready: ['False', 'True'] }) // first frame: conditions
  })

  test('toHaveStates', () => {
    expect(run.pod('web').container('app')).toHaveStates('waiting', 'running', 'terminated Completed') // first frame: states
  })

  test('toSatisfy', () => {
    expect(run.pod('web')).toSatisfy(web => web.container('app').exited(1).at('2s')) // first frame: satisfy
  })

  test('toPassThrough', () => {
    expect(run.pod('web')).toPassThrough('Running', 'Succeeded') // first frame: pass through
  })

  test('toHold', () => {
    expect(
      scenario('holds not', s => s.pod('web', pod => pod.container('app', runs())).expect(({ web }) => [web.gone()])),
    ).toHold() // first frame: hold
  })

  test('toMatchTimeline', () => {
    // biome-ignore format: the comment marks the line
    expect(run.pod('web')).toMatchTimeline( // first frame: timeline
      `
      0.000s  web  created
    `)
  })

  test('not', () => {
    expect(run.pod('web')).not.toHavePhases('Pending', 'Running') // first frame: not
  })

  test('what is no pod', () => {
    expect('web').toHavePhases('Pending') // first frame: no pod
  })
})
