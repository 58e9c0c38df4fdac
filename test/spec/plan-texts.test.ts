import { describe, expect, test } from 'vitest'
import { EMPTY_DOCUMENT, type ScenarioDocument } from '../../src/scenario/index.js'
import { planDocument, planTexts } from '../../src/spec/index.js'

const manifests = `---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers: [ { name: migrate, image: migrate:1 } ]
  containers: [ { name: app, image: app:1 } ]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  replicas: 2
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [ { name: server, image: api:1 } ] }
---
apiVersion: v1
kind: Service
metadata: { name: front }
spec: { selector: { app: api }, ports: [ { port: 80 } ] }
`

/** Plans the manifests with a Scenario whose spec begins in line 4. */
function planned(spec: string) {
  const text = `apiVersion: podwright.dev/v1\nkind: Scenario\nspec:\n${spec}\n${manifests}`
  return planTexts([{ name: 's.yaml', text }])
}

const problemsOf = (spec: string): string => {
  const { plan, problems } = planned(spec)
  expect(plan === undefined).toBe(problems.length > 0)
  return problems.map(({ message }) => message).join('\n')
}

describe('expectations beside a plan', () => {
  test('have their names looked up, and keep their text and place', () => {
    const { expectations, problems } = planned('  expect:\n    - container app exits with 1 within 5s\n')
    expect(problems).toEqual([])
    expect(expectations).toEqual([
      {
        clause: {
          kind: 'eventually',
          what: { kind: 'exited', container: { pod: 'default/web', container: 'app' }, code: 1 },
          bound: { kind: 'within', ms: 5000 },
        },
        text: 'container app exits with 1 within 5s',
        where: { file: 's.yaml', line: 5, column: 7 },
      },
    ])
  })

  test('about a workload stand until its pods are made', () => {
    const { expectations } = planned('  expect: [ "pod deployment/api is created" ]\n')
    expect(expectations).toHaveLength(1)
    expect(expectations[0].clause).toMatchObject({ kind: 'eventually', what: { pod: 'Deployment/default/api' } })
  })

  test('may speak of pods that a step creates', () => {
    const { problems } = planned(`  expect: [ "pod late is created" ]
  steps:
    - when: container migrate exits with 0
      apply: { apiVersion: v1, kind: Pod, metadata: { name: late }, spec: { containers: [ { name: c, image: c } ] } }
`)
    expect(problems).toEqual([])
  })

  test('change nothing about the plan', () => {
    const { plan } = planned('  expect: [ "pod web is created" ]\n')
    expect(plan).not.toHaveProperty('reactions')
    expect(JSON.stringify(plan)).toBe(JSON.stringify(planned('  nodes: 1\n').plan))
  })

  test('that name nobody are mistakes with a place, each of them', () => {
    expect(
      problemsOf(
        '  expect:\n    - pod wbe is created\n    - container web/ap starts\n    - pod web is deleted within 5s\n    - container init exits with 0\n',
      ),
    ).toMatchInlineSnapshot(`
      "s.yaml:5:7: expected a pod, got "wbe"
        hint: did you mean web? known: web, deployment/api
      s.yaml:6:7: expected a container of pod web, got "ap"
        hint: did you mean app? known: migrate, app
      s.yaml:8:7: expected a container, got "init"
        hint: known: migrate, app, server"
    `)
    expect(problemsOf('  expect: [ "container deployment/ap/server starts" ]\n')).toMatchInlineSnapshot(`
      "s.yaml:4:13: expected a pod, got "deployment/ap"
        hint: did you mean deployment/api? known: web, deployment/api"
    `)
    expect(
      problemsOf(
        '  expect:\n    - { kind: always, level: { kind: endpoint, service: frnt, pod: web, condition: ready } }\n',
      ),
    ).toMatchInlineSnapshot(`
      "s.yaml:5:7: expected a Service, got "frnt"
        hint: did you mean front? known: default/front"
    `)
  })

  test('the laws that are turned off are answered with their places', () => {
    expect(planned('  laws: { off: [ a, b ] }\n').lawsOff).toEqual([
      { name: 'a', where: { file: 's.yaml', line: 4, column: 18 } },
      { name: 'b', where: { file: 's.yaml', line: 4, column: 21 } },
    ])
  })
})

describe('steps that wait', () => {
  test('are reactions of the plan, with their names looked up', () => {
    const { plan, problems } = planned(`  steps:
    - { when: container web/app becomes ready, after: 5s, setImage: pod/web, container: app, image: "app:2" }
    - { when: container migrate starts, evict: deployment/api }
`)
    expect(problems).toEqual([])
    const started = { kind: 'started', container: { pod: 'default/web', container: 'migrate' } }
    expect(plan!.steps).toEqual([])
    expect(plan!.reactions).toEqual([
      {
        when: { kind: 'becomes', level: { kind: 'ready', container: { pod: 'default/web', container: 'app' } } },
        after: 5000,
        step: {
          do: 'patch',
          pod: 'default/web',
          type: 'strategic',
          patch: { spec: { containers: [{ name: 'app', image: 'app:2' }] } },
        },
      },
      { when: started, after: 0, step: { do: 'evict', pod: 'Deployment/default/api' } },
    ])
    expect(Object.isFrozen(plan!.reactions)).toBe(true)
  })

  test('for any of a workload wait for the first of its pods', () => {
    const { plan } = planned('  steps: [ { when: container deployment/api/server exits, evict: web } ]\n')
    expect(plan!.reactions![0].when).toMatchObject({
      kind: 'exited',
      container: { pod: 'Deployment/default/api', container: 'server' },
    })
  })

  test('create pods with their behaviour, which are no pods of the plan before', () => {
    const { plan, problems } = planned(`  behaviours: [ "late/c: exits 3 after 1s" ]
  steps:
    - when: container migrate starts
      apply: { apiVersion: v1, kind: Pod, metadata: { name: late }, spec: { containers: [ { name: c, image: c } ] } }
`)
    expect(problems).toEqual([])
    expect(plan!.pods.map(({ pod }) => pod.metadata.name)).not.toContain('late')
    const { step } = plan!.reactions![0]
    expect(step.do === 'create' && step.pod.containers.c.runs[0]).toMatchObject({ exitCode: 3, exitAfter: 1000 })
  })

  test('for what nobody does are mistakes with a place', () => {
    expect(problemsOf('  steps:\n    - { when: container web/ap starts, evict: web }\n')).toMatchInlineSnapshot(`
      "s.yaml:5:15: expected a container of pod web, got "ap"
        hint: did you mean app? known: migrate, app"
    `)
    expect(problemsOf('  steps:\n    - { when: pod wbe is deleted, evict: web }\n')).toMatchInlineSnapshot(`
      "s.yaml:5:15: expected a pod, got "wbe"
        hint: did you mean web? known: web, deployment/api"
    `)
  })
})

describe('an image that a step sets', () => {
  test('is patched into the container of that name, an init container too', () => {
    const { plan } = planned('  steps: [ { at: 5s, setImage: web, container: migrate, image: "migrate:2" } ]\n')
    expect(plan!.steps).toEqual([
      {
        at: 5000,
        do: 'patch',
        pod: 'default/web',
        type: 'strategic',
        patch: { spec: { initContainers: [{ name: 'migrate', image: 'migrate:2' }] } },
      },
    ])
  })

  test('may have a behaviour, and is assumed to be absent otherwise', () => {
    const step = '  steps: [ { at: 5s, setImage: web, container: app, image: "app:2" } ]\n'
    const { plan } = planned(`  behaviours: [ image app:2 pulls in 8s ]\n${step}`)
    expect(plan!.images['app:2'].pullDuration).toBe(8000)
    expect(planned(step).plan!.assumptions.at(-1)?.subject).toBe('every image')
  })

  test('of no container is a mistake with the nearest name', () => {
    expect(problemsOf('  steps: [ { at: 5s, setImage: web, container: ap, image: a } ]\n')).toMatchInlineSnapshot(`
      "s.yaml:4:12: pod/web has no container "ap"
        hint: the nearest is app"
    `)
  })
})

describe('a scenario that a program built', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'app', image: 'a' }] },
  }
  const document: ScenarioDocument = { ...EMPTY_DOCUMENT, objects: [pod] }

  test('is planned as a file is', () => {
    const { plan, expectations, problems } = planDocument(
      {
        ...document,
        nodes: 2,
        behaviours: [{ target: { container: 'app' }, behaviour: { onTerm: null } }],
        steps: [{ at: 5000, action: 'apply', object: { ...pod, metadata: { name: 'late' } } }],
        expect: [{ kind: 'monotonic', container: { container: 'app', pod: 'web' } }],
      },
      'scenario "x"',
    )
    expect(problems).toEqual([])
    expect(plan?.nodes).toHaveLength(2)
    expect(plan?.pods[0].containers.app.runs[0].onTerm).toBeNull()
    expect(plan?.steps[0]).toMatchObject({ at: 5000, do: 'create' })
    expect(expectations[0]).toMatchObject({ where: 'scenario "x": expect[0]' })
  })

  test('tells mistakes with the part that they are in', () => {
    const messages = (part: Partial<ScenarioDocument>): string =>
      planDocument({ ...document, ...part }, 'scenario "x"')
        .problems.map(({ message }) => message)
        .join('\n')
    expect(messages({ expect: [{ kind: 'monotonic', container: { container: 'ap' } }] })).toMatchInlineSnapshot(`
      "scenario "x": expect[0]: expected a container, got "ap"
        hint: did you mean app? known: app"
    `)
    expect(messages({ steps: [{ at: 0, action: 'evict', subject: 'wbe' }] })).toMatchInlineSnapshot(`
      "scenario "x": steps[0]: nothing is named "wbe"
        hint: the nearest is pod/web"
    `)
    expect(
      messages({ behaviours: [{ target: { container: 'ap' }, behaviour: { onTerm: null } }] }),
    ).toMatchInlineSnapshot(`
      "scenario "x": behaviours[0]: nothing matches "ap"
        hint: the nearest is app"
    `)
    expect(messages({ objects: [{ kind: 'Pod' }] })).toMatchInlineSnapshot(
      `"scenario "x": objects[0]: Object 'apiVersion' is missing in '{"kind":"Pod"}'"`,
    )
    expect(messages({ manifests: ['web.yaml'] })).toMatchInlineSnapshot(`
      "scenario "x": manifests[0]: expected no files in a Scenario that is no file itself
        hint: put the manifests beside the Scenario, in the same text after ---, or as objects"
    `)
  })
})
