import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../src/scenario/scenario-file.js'

/** What is told of a file that begins with its apiVersion and kind; `spec` begins in line 3. */
function problemsOf(spec: string): string {
  const text = `apiVersion: podwright.dev/v1\nkind: Scenario\n${spec}\n`
  const { scenario, problems } = parseScenario({ file: 's.yaml', text })
  expect(scenario === undefined).toBe(problems.length > 0)
  return problems.map(({ message }) => message).join('\n')
}

describe('what is no YAML, or too much of it', () => {
  test('a tab', () => {
    expect(problemsOf('spec:\n\thorizon: 1m')).toMatchInlineSnapshot(
      `"s.yaml:4:1: Tabs are not allowed as indentation"`,
    )
  })

  test('the same key twice', () => {
    expect(problemsOf('spec:\n  horizon: 1m\n  horizon: 2m')).toMatchInlineSnapshot(
      `"s.yaml:5:3: Map keys must be unique"`,
    )
  })

  test('a bracket that is not closed', () => {
    expect(problemsOf('spec: { steps: [ { at: 5s, delete: pod/web }')).toMatchInlineSnapshot(`
      "s.yaml:4:1: Flow sequence in block collection must be sufficiently indented and end with a ]
      s.yaml:4:1: Flow map in block collection must be sufficiently indented and end with a }"
    `)
  })

  test('an alias bomb', () => {
    expect(
      problemsOf(
        `x: &a [1,1]\ny: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nz: &c [${'*b,'.repeat(60)}]\nspec: { nodes: [*c,*c,*c] }`,
      ),
    ).toMatchInlineSnapshot(`"s.yaml:1:1: Excessive alias count indicates a resource exhaustion attack"`)
  })

  test('an alias without its anchor', () => {
    expect(problemsOf('spec:\n  steps:\n    - &a { at: 1s, delete: pod/web }\n    - *b')).toMatch(/^s\.yaml:6:7: /)
  })

  test('lists in lists without end', () => {
    expect(problemsOf(`spec: { expect: ${'['.repeat(5000)}${']'.repeat(5000)} }`)).toMatchInlineSnapshot(
      `"s.yaml:3:265: expected maps and lists at most 250 deep, got more"`,
    )
  })

  test('clauses in clauses without end', () => {
    expect(
      problemsOf(`spec: { expect: [ ${'{ kind: orVacuous, clause: '.repeat(300)}x${' }'.repeat(300)} ] }`),
    ).toMatchInlineSnapshot(`"s.yaml:3:6688: expected maps and lists at most 250 deep, got more"`)
  })

  test('a text without end', () => {
    expect(problemsOf(`spec: { kubernetes: ${'x'.repeat(2_000_000)} }`)).toMatchInlineSnapshot(
      `"s.yaml: expected a Scenario of at most 1048576 characters, got 2000066"`,
    )
  })

  test('a list without end', () => {
    expect(problemsOf(`spec: { expect: [ ${'5, '.repeat(20_000)} ] }`)).toMatchInlineSnapshot(
      `"s.yaml:3:17: expected a list of expectations of at most 10000, got more"`,
    )
  })

  test('more mistakes than anybody reads', () => {
    expect(
      problemsOf(`spec: { expect: [ ${'5, '.repeat(200)} ] }`)
        .split('\n')
        .slice(-2),
    ).toMatchInlineSnapshot(`
      [
        "s.yaml:3:76: expected an expectation, in words or as data, got 5",
        "s.yaml: and 180 more mistakes",
      ]
    `)
  })

  test('more keys than a mapping has', () => {
    const keys = Array.from({ length: 80_000 }, (_, index) => `k${index}: v`)
    expect(problemsOf(`spec: { ${keys.join(', ')} }`)).toMatchInlineSnapshot(`
      "s.yaml:3:9: unknown field "k0" in the spec
        hint: its fields are kubernetes, manifests, nodes, horizon, behaviours, steps, traffic, metrics, expect, laws"
    `)
  })
})

describe('the fields of a Scenario', () => {
  test('an unknown field', () => {
    expect(problemsOf('spec:\n  horizn: 10m')).toMatchInlineSnapshot(`
      "s.yaml:4:3: unknown field "horizn" in the spec
        hint: did you mean horizon?"
    `)
  })

  test('a field that does not belong there', () => {
    expect(problemsOf('metadata: { nme: x }\nspec: {}')).toMatchInlineSnapshot(`
      "s.yaml:3:13: unknown field "nme" in metadata
        hint: did you mean name?"
    `)
  })

  test('no spec', () => {
    expect(problemsOf('')).toMatchInlineSnapshot(`"s.yaml:1:1: a Scenario needs the field "spec""`)
  })

  test('a spec that is a list', () => {
    expect(problemsOf('spec: []')).toMatchInlineSnapshot(`"s.yaml:3:7: expected the spec, got a list"`)
  })

  test('a duration without a unit', () => {
    expect(problemsOf('spec:\n  horizon: 10')).toMatchInlineSnapshot(`
      "s.yaml:4:12: expected a duration such as 500ms, 5s or 1m30s, got 10
        hint: write 10s"
    `)
  })

  test('a horizon at the beginning', () => {
    expect(problemsOf('spec:\n  horizon: 0s')).toMatchInlineSnapshot(
      `"s.yaml:4:12: expected a horizon after the beginning, got 0"`,
    )
  })

  test('an unknown release', () => {
    expect(problemsOf('spec:\n  kubernetes: "1.99"')).toMatchInlineSnapshot(`
      "s.yaml:4:15: expected a Kubernetes release (1.31, 1.32, 1.33, 1.34, 1.35), got "1.99"
        hint: the nearest is 1.35"
    `)
  })

  test('manifests that are no list', () => {
    expect(problemsOf('spec:\n  manifests: web.yaml')).toMatchInlineSnapshot(
      `"s.yaml:4:14: expected a list of files, got "web.yaml""`,
    )
  })

  test('no nodes', () => {
    expect(problemsOf('spec:\n  nodes: 0')).toMatchInlineSnapshot(
      `"s.yaml:4:10: expected a number of nodes, a whole number from 1 to 5000, got 0"`,
    )
  })

  test('a node without a name', () => {
    expect(problemsOf('spec:\n  nodes:\n    - cpu: 4')).toMatchInlineSnapshot(
      `"s.yaml:5:7: a node needs the field "name""`,
    )
  })

  test('a wrong quantity', () => {
    expect(problemsOf('spec:\n  nodes: [ { name: a, memory: 8Gb } ]')).toMatchInlineSnapshot(
      `"s.yaml:4:31: expected a quantity such as 4, 500m or 8Gi, got "8Gb""`,
    )
  })

  test('a wrong taint', () => {
    expect(
      problemsOf('spec:\n  nodes: [ { name: a, taints: [ { key: x, effect: NoSchedul } ] } ]'),
    ).toMatchInlineSnapshot(`
      "s.yaml:4:51: expected one of NoSchedule, PreferNoSchedule, NoExecute, got "NoSchedul"
        hint: did you mean NoSchedule?"
    `)
  })

  test('a duration with a blank in it', () => {
    expect(problemsOf('spec:\n  horizon: 5 m')).toMatchInlineSnapshot(`
      "s.yaml:4:12: expected a duration such as 500ms, 5s or 1m30s, got "5 m"
        hint: write 5m"
    `)
  })

  test('laws that are on', () => {
    expect(problemsOf('spec:\n  laws: { on: [ restart-policy ] }')).toMatchInlineSnapshot(`
      "s.yaml:4:11: unknown field "on" in the laws
        hint: its fields are off"
    `)
  })

  test('a law that is no name', () => {
    expect(problemsOf('spec:\n  laws: { off: [ 5 ] }')).toMatchInlineSnapshot(
      `"s.yaml:4:18: expected the name of a law, got 5"`,
    )
  })

  test('two mistakes', () => {
    expect(problemsOf('spec:\n  horizon: soon\n  steps:\n    - { at: never, delete: pod/web }')).toMatchInlineSnapshot(`
      "s.yaml:4:12: expected a duration such as 500ms, 5s or 1m30s, got "soon"
      s.yaml:6:13: expected a duration such as 500ms, 5s or 1m30s, got "never""
    `)
  })
})

describe('behaviours', () => {
  test('of nobody', () => {
    expect(problemsOf('spec:\n  behaviours:\n    - runs: [ runs ]')).toMatchInlineSnapshot(
      `"s.yaml:5:7: a behaviour needs the field "for" or "container": whose it is"`,
    )
  })

  test('with a misspelt field', () => {
    expect(problemsOf('spec:\n  behaviours:\n    - { for: web/app, readines: [] }')).toMatchInlineSnapshot(`
      "s.yaml:5:23: unknown field "readines" in a behaviour
        hint: did you mean readiness?"
    `)
  })

  test('with a wrong answer', () => {
    expect(
      problemsOf('spec:\n  behaviours:\n    - { for: web/app, readiness: [ { from: 0s, result: fail } ] }'),
    ).toMatchInlineSnapshot(`
      "s.yaml:5:56: expected one of success, failure, hang, got "fail"
        hint: did you mean failure?"
    `)
  })

  test('with two words for one start', () => {
    expect(
      problemsOf('spec:\n  behaviours:\n    - for: web/app\n      runs: [ { crashes: , runs: } ]'),
    ).toMatchInlineSnapshot(
      `"s.yaml:6:15: expected one of runs, exits, crashes, isOOMKilled, failsToStart, waitsFor, got several"`,
    )
  })

  test('with a wrong exit code', () => {
    expect(
      problemsOf('spec:\n  behaviours:\n    - { for: web/app, runs: [ { exits: { code: 256 } } ] }'),
    ).toMatchInlineSnapshot(`"s.yaml:5:48: expected an exit code, a whole number from 0 to 255, got 256"`)
  })

  test('in words that are misspelt', () => {
    expect(problemsOf('spec:\n  behaviours:\n    - "web/app: exitss 1"')).toMatchInlineSnapshot(`
      "s.yaml:5:7: "web/app: exitss 1", column 10: expected what it does, got "exitss"
        hint: did you mean exits?"
    `)
  })

  test('in words without quotes', () => {
    expect(problemsOf('spec:\n  behaviours:\n    - web/app: exit 1')).toMatchInlineSnapshot(`
      "s.yaml:5:7: "web/app: exit 1", column 10: expected what it does, got "exit"
        hint: did you mean exits?"
    `)
  })

  test('that name the container twice', () => {
    expect(
      problemsOf('spec:\n  behaviours:\n    - { for: pod/web/app, container: app, runs: [ runs ] }'),
    ).toMatchInlineSnapshot(`"s.yaml:5:7: expected the container once, got it in "for" and in "container""`)
  })
})

describe('steps', () => {
  test('that do nothing', () => {
    expect(problemsOf('spec:\n  steps:\n    - at: 5s')).toMatchInlineSnapshot(
      `"s.yaml:5:7: a step does one of delete, evict, patch, setImage, scale, rolloutRestart, rolloutUndo, rolloutPause, rolloutResume, apply, request, applyFile, restartKubelet, cordon, uncordon, killKubelet, startKubelet, cutNetwork, restoreNetwork, reboot, taint, label, drain, exhaust, relieve, shutDown; got none"`,
    )
  })

  test('that do two things', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, delete: pod/web, evict: pod/web }')).toMatchInlineSnapshot(
      `"s.yaml:5:7: a step does one of delete, evict, patch, setImage, scale, rolloutRestart, rolloutUndo, rolloutPause, rolloutResume, apply, request, applyFile, restartKubelet, cordon, uncordon, killKubelet, startKubelet, cutNetwork, restoreNetwork, reboot, taint, label, drain, exhaust, relieve, shutDown; got delete and evict"`,
    )
  })

  test('that are misspelt', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, delet: pod/web }')).toMatchInlineSnapshot(`
      "s.yaml:5:17: unknown field "delet" in a step
        hint: did you mean delete?"
    `)
  })

  test('before the beginning', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: -5s, delete: pod/web }')).toMatchInlineSnapshot(
      `"s.yaml:5:13: expected a duration such as 500ms, 5s or 1m30s, got "-5s""`,
    )
  })

  test('at no moment', () => {
    expect(problemsOf('spec:\n  steps:\n    - delete: pod/web')).toMatchInlineSnapshot(
      `"s.yaml:5:7: a step needs the field "at", or "when": the moment it is done"`,
    )
  })

  test('at two moments', () => {
    expect(
      problemsOf('spec:\n  steps:\n    - { at: 5s, when: pod web is deleted, evict: pod/web }'),
    ).toMatchInlineSnapshot(`"s.yaml:5:7: expected one of at and when, got both"`)
  })

  test('after an instant', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, after: 5s, evict: pod/web }')).toMatchInlineSnapshot(
      `"s.yaml:5:7: the field "after" belongs to when, not to at"`,
    )
  })

  test('after nothing', () => {
    expect(problemsOf('spec:\n  steps:\n    - { after: 5s, evict: pod/web }')).toMatchInlineSnapshot(
      `"s.yaml:5:7: the field "after" counts from "when", which is missing"`,
    )
  })

  test('when misspelt words happen', () => {
    expect(
      problemsOf('spec:\n  steps:\n    - { when: container web/app become ready, evict: pod/web }'),
    ).toMatchInlineSnapshot(`
      "s.yaml:5:15: "container web/app become ready", column 19: expected starts, exits, gets, is, is not, becomes, stops being, has restarted or goes through, got "become"
        hint: did you mean becomes?"
    `)
  })

  test('when a level holds', () => {
    expect(
      problemsOf('spec:\n  steps:\n    - when: { kind: ready, container: { container: app } }\n      evict: pod/web'),
    ).toMatchInlineSnapshot(
      `
      "s.yaml:5:21: expected one of started, exited, signalled, probed, hookStarted, hookEnded, hookFailed, pullStarted, pulled, pullFailed, sandboxCreated, sandboxDied, created, gone, deleted, event, refused, stepRefused, stepDone, objectCreated, objectDeleted, objectGone, objectEvent, objectRefused, requestFailed, requestAnswered, becomes, anyOf, when, got "ready"
        hint: ready lasts; what happens is { kind: becomes, level: { kind: ready … } }"
    `,
    )
  })

  test('with a stray field', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, evict: pod/web, gracePeriod: 3s }')).toMatchInlineSnapshot(
      `"s.yaml:5:7: the field "gracePeriod" belongs to delete, not to evict"`,
    )
  })

  test('with a grace of half seconds', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, delete: pod/web, gracePeriod: 1500ms }')).toMatchInlineSnapshot(
      `"s.yaml:5:47: expected whole seconds, the API knows no finer grace period"`,
    )
  })

  test('with a negative grace', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, delete: pod/web, gracePeriod: -1 }')).toMatchInlineSnapshot(
      `"s.yaml:5:47: expected seconds, a whole number from 0 to 315360000, got -1"`,
    )
  })

  test('with a patch of nothing', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, patch: pod/web }')).toMatchInlineSnapshot(
      `"s.yaml:5:7: a patch needs the field "with": what to change"`,
    )
  })

  test('with an image but no container', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, setImage: pod/web, image: app:2 }')).toMatchInlineSnapshot(
      `"s.yaml:5:7: setImage needs the field "container""`,
    )
  })

  test('with a manifest that is a text', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, apply: web.yaml }')).toMatchInlineSnapshot(
      `"s.yaml:5:24: expected a manifest, got "web.yaml""`,
    )
  })
})

describe('expectations', () => {
  test('that are no list', () => {
    expect(problemsOf('spec:\n  expect: container app is killed')).toMatchInlineSnapshot(
      `"s.yaml:4:11: expected a list of expectations, got "container app is killed""`,
    )
  })

  test('that are a number', () => {
    expect(problemsOf('spec:\n  expect: [ 5 ]')).toMatchInlineSnapshot(
      `"s.yaml:4:13: expected an expectation, in words or as data, got 5"`,
    )
  })

  test('in words that are misspelt', () => {
    expect(problemsOf('spec:\n  expect:\n    - container web/app bcomes ready')).toMatchInlineSnapshot(`
      "s.yaml:5:7: "container web/app bcomes ready", column 19: expected starts, exits, gets, is, is not, becomes, stops being, has restarted or goes through, got "bcomes"
        hint: did you mean becomes?"
    `)
  })

  test('in words without an end', () => {
    expect(problemsOf('spec:\n  expect:\n    - whenever pod web is deleted, container web/app')).toMatchInlineSnapshot(
      `"s.yaml:5:7: "whenever pod web is deleted, container web/app", column 47: expected starts, exits, gets, is, is not, becomes, stops being, has restarted or goes through, got the end"`,
    )
  })

  test('in words with a duration that is none', () => {
    expect(problemsOf('spec:\n  expect:\n    - container web/app is killed with SIGKILL at 90')).toMatchInlineSnapshot(`
      "s.yaml:5:7: "container web/app is killed with SIGKILL at 90", column 45: expected a duration such as 500ms, 5s or 1m30s, got "90"
        hint: write 90s"
    `)
  })

  test('in words that go on', () => {
    expect(
      problemsOf('spec:\n  expect:\n    - container web/app is killed with SIGKILL at 90s sharp'),
    ).toMatchInlineSnapshot(
      `"s.yaml:5:7: "container web/app is killed with SIGKILL at 90s sharp", column 49: expected the end of the sentence, got "sharp""`,
    )
  })

  test('in words that hold a colon', () => {
    expect(problemsOf('spec:\n  expect:\n    - container web/app: is ready')).toMatchInlineSnapshot(
      `"s.yaml:5:7: "container web/app: is ready", column 18: expected starts, exits, gets, is, is not, becomes, stops being, has restarted or goes through, got ":""`,
    )
  })

  test('in words of ten thousand letters', () => {
    expect(problemsOf(`spec:\n  expect:\n    - ${'not '.repeat(3000)}`)).toMatchInlineSnapshot(
      `"s.yaml:5:7: "not not not not not not not not not not not not not not not not not not not not …", column 1: expected at most 10240 characters, got 11999"`,
    )
  })

  test('of an unknown kind', () => {
    expect(
      problemsOf('spec:\n  expect:\n    - { kind: alway, level: { kind: ready, container: { container: app } } }'),
    ).toMatchInlineSnapshot(`
      "s.yaml:5:15: expected one of always, never, stays, count, monotonic, eventually, response, precedes, notBefore, inOrder, phases, conditions, states, objectConditions, objectCounts, gaps, until, scoped, eachContainer, allOf, orVacuous, got "alway"
        hint: did you mean always?"
    `)
  })

  test('of no kind', () => {
    expect(
      problemsOf('spec:\n  expect:\n    - { level: { kind: ready, container: { container: app } }, ms: 5s }'),
    ).toMatchInlineSnapshot(`"s.yaml:5:7: an expectation, in words or as data needs the field "kind""`)
  })

  test('with an unknown level', () => {
    expect(
      problemsOf('spec:\n  expect:\n    - { kind: always, level: { kind: redy, container: { container: app } } }'),
    ).toMatchInlineSnapshot(`
      "s.yaml:5:38: expected one of phase, condition, exists, terminating, scheduled, nominated, qosClass, podIP, running, ready, startedUp, waiting, terminated, restartCount, endpoint, alive, objectExists, objectTerminating, objectCondition, objectCount, complete, unschedulable, tainted, not, and, or, once, since, got "redy"
        hint: did you mean ready?"
    `)
  })

  test('with an occurrence where a level belongs', () => {
    expect(
      problemsOf('spec:\n  expect:\n    - { kind: always, level: { kind: exited, container: { container: app } } }'),
    ).toMatchInlineSnapshot(
      `
      "s.yaml:5:38: expected one of phase, condition, exists, terminating, scheduled, nominated, qosClass, podIP, running, ready, startedUp, waiting, terminated, restartCount, endpoint, alive, objectExists, objectTerminating, objectCondition, objectCount, complete, unschedulable, tainted, not, and, or, once, since, got "exited"
        hint: exited happens and does not last: it is no level"
    `,
    )
  })

  test('with an unknown field', () => {
    expect(
      problemsOf('spec:\n  expect:\n    - { kind: monotonic, container: { pod: web, name: app } }'),
    ).toMatchInlineSnapshot(`
      "s.yaml:5:26: a container needs the field "container"
      s.yaml:5:49: unknown field "name" in a container
        hint: its fields are pod, container"
    `)
  })

  test('without a field', () => {
    expect(problemsOf('spec:\n  expect:\n    - { kind: eventually }')).toMatchInlineSnapshot(
      `"s.yaml:5:7: eventually needs the field "what""`,
    )
  })

  test('with a phase that is none', () => {
    expect(
      problemsOf('spec:\n  expect:\n    - { kind: phases, pod: web, phases: [ Pending, Runing ] }'),
    ).toMatchInlineSnapshot(`
      "s.yaml:5:52: expected one of Pending, Running, Succeeded, Failed, Unknown, got "Runing"
        hint: did you mean Running?"
    `)
  })

  test('with a state that is none', () => {
    expect(
      problemsOf('spec:\n  expect:\n    - { kind: states, container: { container: app }, states: [ runing ] }'),
    ).toMatchInlineSnapshot(
      `"s.yaml:5:64: expected a state such as running, waiting CrashLoopBackOff or terminated Error, got "runing""`,
    )
  })

  test('with a duration that is none', () => {
    expect(
      problemsOf(
        'spec:\n  expect:\n    - { kind: gaps, from: { kind: created, pod: web }, to: { kind: gone, pod: web }, are: [ 5x ] }',
      ),
    ).toMatchInlineSnapshot(`"s.yaml:5:93: expected a duration such as 500ms, 5s or 1m30s, got "5x""`)
  })

  test('with a negative duration', () => {
    expect(
      problemsOf('spec:\n  expect:\n    - { kind: stays, level: { kind: exists, pod: web }, ms: -5 }'),
    ).toMatchInlineSnapshot(
      `"s.yaml:5:61: expected milliseconds, or a duration such as 5s, a whole number from 0 to 315360000000, got -5"`,
    )
  })

  test('with an empty list', () => {
    expect(problemsOf('spec:\n  expect:\n    - { kind: inOrder, occurrences: [] }')).toMatchInlineSnapshot(
      `"s.yaml:5:37: expected a list of occurrences, got an empty one"`,
    )
  })

  test('with something that happens at the end, where nothing does', () => {
    expect(problemsOf('spec:\n  expect:\n    - "at the end: container app exits"')).toMatchInlineSnapshot(`
      "s.yaml:5:7: "at the end: container app exits", column 13: expected something that is so for a while after "at the end:", got something that happens
        hint: nothing happens there: say what is so then, or leave "at the end:" out"
    `)
  })
})

describe('words of which the beginning is right', () => {
  test('name the nearest', () => {
    expect(problemsOf('spec:\n  steps:\n    - { at: 5s, delete: pod/web, gracePeriodSeconds: 30 }')).toContain(
      'hint: did you mean gracePeriod?',
    )
    expect(problemsOf('spec:\n  behaviours: [ "web/app: exits 1 aftr 5s" ]')).toContain('hint: did you mean after?')
  })
})
