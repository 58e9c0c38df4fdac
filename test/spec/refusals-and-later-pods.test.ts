import { describe, expect, test } from 'vitest'
import {
  assertHolds,
  checkScenario,
  crashes,
  type ExpectationError,
  exactly,
  never,
  type PodwrightError,
  pod,
  runs,
  scenario,
  step,
} from '../../src/index.js'

const web = pod('web')

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'api' } },
    template: { metadata: { labels: { app: 'api' } }, spec: { containers: [{ name: 'main', image: 'main:1' }] } },
  },
}

/** An update of an immutable field, then a lawful one, then one of a pod that is gone. */
const updates = scenario('updates', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .at('10s')
    .patch('pod/web', { spec: { nodeName: 'elsewhere' } })
    .at('20s')
    .patch('pod/web', { metadata: { labels: { tier: 'front' } } })
    .at('30s')
    .delete('pod/web', { grace: '1s' })
    .at('40s')
    .evict('pod/web'),
)

const file = (expectation: string): string => `apiVersion: podwright.dev/v1
kind: Scenario
metadata: { name: refusals }
spec:
  steps:
    - { at: 10s, patch: pod/web, with: { spec: { nodeName: elsewhere } } }
  expect:
    - ${expectation}
---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: app, image: app:1 }] }
`

function messageOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as ExpectationError | PodwrightError).message
  }
  throw new Error('it threw nothing')
}

test('a pod that is created at a step is a property of what the callbacks get', () => {
  const later = scenario('later', s =>
    s
      .pod('web', pod => pod.container('app', runs()))
      .at('60s')
      .pod('late', pod => pod.container('app', crashes().after('2s'), runs()))
      .expect(({ web, late }) => [
        web.created().at(0),
        late.created().at('60s'),
        late.container('app').exited(1).at('62s'),
        late
          .condition('Ready', 'False', { reason: 'ContainersNotReady', message: 'unready status: [app]' })
          .within('5m'),
      ]),
  )
  assertHolds(later)
  expect(checkScenario(later.toYaml()).result.trace.digest).toBe(later.run().trace.digest)
  expect(() =>
    scenario('x', s =>
      s
        .pod('web', p => p)
        .at('1s')
        .pod('web' as 'late', p => p),
    ),
  ).toThrow('expected every pod once, got "web" a second time')
})

test('the same start is said several times at once', () => {
  const crashing = scenario('x', s =>
    s
      .pod('web', pod => pod.container('app', crashes().after('2s').times(3), runs()))
      .expect(({ web }) => [exactly(3, web.container('app').exited(1)), exactly(4, web.container('app').started())]),
  )
  assertHolds(crashing)
  expect(crashing.toYaml()).toContain('exits 1 after 2s 3 times, then runs')
  expect(() => crashes().times(0)).toThrowErrorMatchingInlineSnapshot(
    `[PodwrightError: times: expected a number of times from 1, 1000 in all, got 0]`,
  )
})

test('an Event of a container needs no name of the pod where only one has such a container', () => {
  assertHolds(file('container app gets event Started at 500ms'))
  assertHolds(file('{ kind: eventually, what: { kind: event, container: app, reason: Pulled } }'))
  expect(messageOf(() => checkScenario(file('container ap gets event Started')))).toMatchInlineSnapshot(`
    "scenario:8:7: expected a container, got "ap"
      hint: did you mean app? known: app"
  `)
  expect(
    messageOf(() => checkScenario(file('{ kind: eventually, what: { kind: event, reason: Pulled } }'))),
  ).toMatchInlineSnapshot(`"scenario:8:7: expected an Event about a pod or a container, got neither of them"`)
})

test('a condition is expected with a part of its message', () => {
  assertHolds(file('Ready of pod web becomes False with reason ContainersNotReady and message "[app]"'))
  assertHolds(file('whenever Ready of pod web becomes False with message "[app]", pod web has Ready=True within 5s'))
  expect(
    messageOf(() => assertHolds(file('eventually pod web has Ready=False with message "[db]"'))),
  ).toMatchInlineSnapshot(`
    "✗ refusals — violated at 10s
      eventually pod web has Ready=False with message "[db]"
          expected at some time, never observed; nearest: pod web has Ready=True since 850ms

          0.000s  web      created, scheduled to node-1, sandbox up with 10.244.0.1     by scenario:10:1
          0.000s  web/app  pulling app:1                                                ← sandbox up
          0.500s  web/app  pulled app:1 in 500ms, started
      ▸   0.850s  web      Running, Ready                                               ← start
         10.000s  web      refused by the API server: Pod "web" is invalid: spec:       by step 1
                             Forbidden: pod updates may not change fields other than
                             \`spec.containers[*].image\`,\`spec.initContainers[*].image\`
                             ,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only
                             additions to existing
                             tolerations),\`spec.terminationGracePeriodSeconds\` (allow
                             it to be set to 1 if it was previously negative)\\n-
                             spec.nodeName: "node-1"\\n+ spec.nodeName: "elsewhere"

      expected by scenario:8:7
      replay: run(), without a seed"
  `)
})

describe('a step that the API server refuses', () => {
  const run = updates.run()

  test.each([
    ['by its pod', web.refused('may not change fields').at('10s')],
    ['by its number', step(1).refused().at('10s')],
    ['by its number and message', step(1).refused('pod updates may not change fields').at('10s')],
    ['by its pod, each', exactly(2, web.refused())],
    ['not where it is carried out', never(step(2).refused())],
    ['not where it says something else', never(step(1).refused('not found'))],
    ['where its pod is gone', step(4).refused('pods "web" not found').at('40s')],
  ])('is expected %s', (_, words) => {
    expect(run.check(words)).toMatchObject([{ verdict: { kind: 'holds' } }])
  })

  test('may be one on a workload, whose pods go on then', () => {
    const selector = { matchLabels: { app: 'other' } }
    const updated = scenario('updated', s =>
      s
        .apply(deployment)
        .at('10s')
        .patch('deployment/api', { spec: { selector } })
        .at('20s')
        .patch('deployment/api', { spec: { replica: 3 } })
        .at('30s')
        .patch('deployment/api', { spec: { template: { spec: { containers: [{ name: 'main', image: '' }] } } } })
        .expect(() => [
          step(1).refused('Deployment.apps "api" is invalid').at('10s'),
          step(1).refused('spec.selector: Invalid value: v1.LabelSelector{').at('10s'),
          step(1).refused('field is immutable').at('10s'),
          step(2).refused('unknown field "spec.replica"').at('20s'),
          step(3).refused('spec.template.spec.containers[0].image: Required value').at('30s'),
          never(pod('deployment/api').deleted()),
        ]),
    )
    expect(updated.run().isPassed).toBe(true)
  })

  test('is expected in a Scenario file, in words and as data', () => {
    assertHolds(file(`step 1 is refused with "may not change fields" at 10s`))
    assertHolds(file(`step on pod web is refused with "may not change fields" at 10s`))
    assertHolds(
      file(
        `{ kind: eventually, what: { kind: stepRefused, step: 1, message: may not }, bound: { kind: at, ms: 10s } }`,
      ),
    )
  })

  test('of another message is told with the message that there was', () => {
    expect(messageOf(() => assertHolds(file('step 1 is refused with "not found"')))).toMatchInlineSnapshot(`
      "✗ refusals — violated at 10s
        step 1 is refused with "not found"
            expected at some time, never observed; nearest: step 1 is refused with "Pod \\"web\\" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)\\n- spec.nodeName: \\"node-1\\"\\n+ spec.nodeName: \\"elsewhere\\"" at 10s

            0.000s  web      created, scheduled to node-1, sandbox up with 10.244.0.1     by scenario:10:1
            0.000s  web/app  pulling app:1                                                ← sandbox up
            0.500s  web/app  pulled app:1 in 500ms, started
            0.850s  web      Running, Ready                                               ← start
        ▸  10.000s  web      refused by the API server: Pod "web" is invalid: spec:       by step 1
                               Forbidden: pod updates may not change fields other than
                               \`spec.containers[*].image\`,\`spec.initContainers[*].image\`
                               ,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only
                               additions to existing
                               tolerations),\`spec.terminationGracePeriodSeconds\` (allow
                               it to be set to 1 if it was previously negative)\\n-
                               spec.nodeName: "node-1"\\n+ spec.nodeName: "elsewhere"

        expected by scenario:8:7
        replay: run(), without a seed"
    `)
  })

  test('has to be one that there is', () => {
    expect(messageOf(() => checkScenario(file('step 2 is refused')))).toMatchInlineSnapshot(`
      "scenario:8:7: expected a step, got step 2
        hint: there is step 1"
    `)
    expect(messageOf(() => checkScenario(file('step one is refused')))).toMatchInlineSnapshot(
      `"scenario:8:7: "step one is refused", column 6: expected on pod …, or the number of a step, got "one""`,
    )
    expect(messageOf(() => checkScenario(file('step 1 is refused with not found')))).toMatchInlineSnapshot(
      `"scenario:8:7: "step 1 is refused with not found", column 24: expected a part of the message, in quotation marks, got "not""`,
    )
    expect(
      messageOf(() => checkScenario(file('{ kind: never, what: { kind: stepRefused, step: 0 } }'))),
    ).toMatchInlineSnapshot(`"scenario:8:55: expected the number of a step, a whole number from 1 to 1000000, got 0"`)
    expect(messageOf(() => scenario('x', s => s.expect(() => [never(step(0).refused())])).run())).toMatchInlineSnapshot(
      `"scenario "x": expect[0]: expected the number of a step, from 1 on, got 0"`,
    )
    expect(
      messageOf(() => scenario('x', s => s.expect(() => [never(step(1).refused())])).run()),
    ).toMatchInlineSnapshot(`
      "scenario "x": expect[0]: expected a step, got step 1
        hint: there is none"
    `)
  })
})

describe('what a request creates', () => {
  const later = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'later' },
    spec: { containers: [{ name: 'app', image: 'app:1' }] },
  }

  test('may be named by expectations: a pod, and the pods of a workload', () => {
    const asked = scenario('asked', s =>
      s
        .at('10s')
        .request({ create: later })
        .at('20s')
        .request({ create: deployment })
        .horizon('1m')
        .expect(({ pod }) => [
          pod('later').container('app').started().noSoonerThan('10s').within('15s'),
          pod('deployment/api').container('main').running().within('5s'),
        ]),
    )
    expect(asked.run().isPassed).toBe(true)
  })

  test('is not there where the request is refused', () => {
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none' },
      spec: { hard: { pods: '0' } },
    }
    const refused = scenario('refused', s =>
      s
        .apply(quota)
        .at('10s')
        .request({ create: later })
        .horizon('1m')
        .expect(({ pod }) => [never(pod('later').exists()), step(1).refused('exceeded quota: none')]),
    )
    expect(refused.run().isPassed).toBe(true)
  })
})
