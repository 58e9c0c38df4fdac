import { describe, expect, test } from 'vitest'
import {
  crashes,
  type Plan,
  planManifests,
  pod,
  ROW,
  Runner,
  run,
  runs,
  scenario,
  start,
  whenever,
} from '../../src/index.js'

const web = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'app', image: 'app:1' }] },
}
const plain = planManifests([web, { ...web, metadata: { name: 'other' } }], {
  behave: ['web/app: crashes after 5s, then runs', 'other/app: crashes after 5s, then runs'],
  horizon: '3m',
})
const crash = { kind: 'exited', container: { pod: 'default/web', container: 'app' } } as const

/** Deletes the other pod some time after the first crash of this one, and creates a third when that is gone. */
const plan: Plan = {
  ...plain,
  reactions: [
    { when: crash, after: 2000, step: { do: 'delete', pod: 'default/other', gracePeriodSeconds: 1 } },
    {
      when: { kind: 'gone', pod: 'default/other' },
      after: 0,
      step: {
        do: 'create',
        pod: { ...plain.pods[0], pod: { ...plain.pods[0].pod, metadata: { name: 'third', namespace: 'default' } } },
      },
    },
  ],
}

const timesOf = (trace: ReturnType<typeof run>, kind: number, path: string): readonly number[] => {
  const { rows, symbols } = trace
  return Array.from({ length: rows.length }, (_, number) => rows.at(number))
    .filter(row => row.kind === kind && symbols.text(row.object) === path)
    .map(({ time }) => time)
}

describe('a reaction', () => {
  test('is carried out once, so long after the first such row', () => {
    const trace = run(plan)
    const [exit] = timesOf(trace, ROW.exit, 'Pod/default/web/app')
    const [deleted] = timesOf(trace, ROW.deletionRequested, 'Pod/default/other')
    expect(deleted).toBe(exit + 2000)
    const [gone] = timesOf(trace, ROW.removed, 'Pod/default/other')
    expect(timesOf(trace, ROW.created, 'Pod/default/third')).toEqual([gone])
  })

  test.each([undefined, 1, 2, 3])('gives the same digest every time, in a Runner as well, with seed %s', seed => {
    const { digest } = run(plan, { seed })
    const runner = new Runner(plan)
    expect(runner.run({ seed }).digest).toBe(digest)
    expect(runner.run({ seed: 99 }).digest).not.toBe(digest)
    expect(runner.run({ seed }).digest).toBe(digest)
    expect(run(plan, { seed }).digest).toBe(digest)
  })

  test('is replayed by the recipe of a seeded run', () => {
    const seeded = run(plan, { seed: 7 })
    expect(run(plan, { recipe: seeded.header.recipe }).digest).toBe(seeded.digest)
  })

  test('goes on beside what is done by hand', () => {
    const cluster = start(plan)
    cluster.runUntil('3s')
    cluster.apply({ ...web, metadata: { name: 'fourth' } })
    cluster.runUntil('4s')
    cluster.delete('fourth', { grace: '1s' })
    cluster.runUntil('3m')
    expect(run(cluster.plan()).digest).toBe(cluster.trace().digest)
    expect(cluster.get('third')).toBeDefined()
    expect(cluster.get('fourth')).toBeUndefined()
  })

  test('that waits for what never happens changes nothing', () => {
    const never = { ...plain, reactions: [{ when: { ...crash, code: 42 }, after: 0, step: plan.reactions![0].step }] }
    expect(run(never).digest).toBe(run(plain).digest)
  })

  test('may wait for a level to become so', () => {
    const built = scenario('a pod that is ready is deleted', s =>
      s
        .pod('web', pod => pod.container('app', crashes().after('30s'), runs()))
        .when(({ web }) => web.ready().becomes())
        .after('1s')
        .evict('pod/web')
        .expect(({ web }) => [whenever(web.ready().becomes()).then(web.deleted()).at('1s')]),
    )
    expect(built.run().isPassed).toBe(true)
    const cluster = built.start({ seed: 3 })
    expect(cluster.runUntil(pod('web').gone())).toBe('paused')
    expect(run(cluster.plan(), { seed: 3 }).digest).toBe(cluster.trace().digest)
  })

  test('is said by when', () => {
    const built = scenario('a crash costs the pod its node', s =>
      s
        .pod('web', pod => pod.container('app'))
        .when(({ web }) => web.container('app').started())
        .after('5s')
        .delete('pod/web', { grace: '1s' })
        .expect(({ web }) => [web.gone().within('7s')]),
    )
    expect(built.run().result.expectations).toMatchObject([{ verdict: { kind: 'holds' } }])
  })
})
