import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import {
  allOf,
  always,
  anyOf,
  atLeast,
  atMost,
  type ClauseWords,
  eventually,
  exactly,
  gapsBetween,
  inOrder,
  type LevelWords,
  monotonic,
  never,
  no,
  not,
  type OccurrenceWords,
  once,
  pod,
  since,
  stays,
  step,
  whenever,
} from '../../src/expect/index.js'

const web = pod('web')
const app = web.container('app')

/** Each word's data on a line. */
const data = (words: readonly unknown[]): string[] => words.map(each => JSON.stringify(each))
const levels = (...words: readonly LevelWords[]) => data(words.map(({ level }) => level))
const occurrences = (...words: readonly OccurrenceWords[]) => data(words.map(({ occurrence }) => occurrence))
const clauses = (...words: readonly ClauseWords[]) => data(words.map(({ clause }) => clause))

const problemOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof PodwrightError) return error.message
    throw error
  }
  throw new Error('expected misuse')
}

describe('atoms', () => {
  test('of a pod that last', () => {
    expect(
      levels(
        web.phase('Running'),
        web.condition('Ready'),
        web.condition('Ready', 'False', 'ContainersNotReady'),
        web.ready(),
        web.exists(),
        web.terminating(),
        web.scheduled(),
        web.scheduledOn('node-1'),
        web.qosClass('Guaranteed'),
        web.podIP(),
        web.podIP('10.244.0.5'),
        web.endpoint('front').ready(),
        web.endpoint('shop/front').serving(),
        web.endpoint('front').terminating(),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"phase","pod":"web","phase":"Running"}",
        "{"kind":"condition","pod":"web","type":"Ready","status":"True"}",
        "{"kind":"condition","pod":"web","type":"Ready","status":"False","reason":"ContainersNotReady"}",
        "{"kind":"condition","pod":"web","type":"Ready","status":"True"}",
        "{"kind":"exists","pod":"web"}",
        "{"kind":"terminating","pod":"web"}",
        "{"kind":"scheduled","pod":"web"}",
        "{"kind":"scheduled","pod":"web","node":"node-1"}",
        "{"kind":"qosClass","pod":"web","qosClass":"Guaranteed"}",
        "{"kind":"podIP","pod":"web"}",
        "{"kind":"podIP","pod":"web","ip":"10.244.0.5"}",
        "{"kind":"endpoint","service":"front","pod":"web","condition":"ready"}",
        "{"kind":"endpoint","service":"shop/front","pod":"web","condition":"serving"}",
        "{"kind":"endpoint","service":"front","pod":"web","condition":"terminating"}",
      ]
    `)
  })

  test('of a pod that happen', () => {
    expect(
      occurrences(
        web.created(),
        web.deleted(),
        web.gone(),
        web.evicted(),
        web.refused(),
        web.refused('not found'),
        step(2).refused(),
        step(1).refused('not found'),
        web.event('BackOff'),
        web.pullStarted(),
        web.pulled('app:1'),
        web.pullFailed('app:1'),
        web.sandboxCreated(),
        web.sandboxDied(),
        web.phase('Failed').becomes(),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"created","pod":"web"}",
        "{"kind":"deleted","pod":"web"}",
        "{"kind":"gone","pod":"web"}",
        "{"kind":"becomes","level":{"kind":"condition","pod":"web","type":"DisruptionTarget","status":"True"}}",
        "{"kind":"refused","pod":"web"}",
        "{"kind":"refused","pod":"web","message":"not found"}",
        "{"kind":"stepRefused","step":2}",
        "{"kind":"stepRefused","step":1,"message":"not found"}",
        "{"kind":"event","pod":"web","reason":"BackOff"}",
        "{"kind":"pullStarted","pod":"web"}",
        "{"kind":"pulled","pod":"web","image":"app:1"}",
        "{"kind":"pullFailed","pod":"web","image":"app:1"}",
        "{"kind":"sandboxCreated","pod":"web"}",
        "{"kind":"sandboxDied","pod":"web"}",
        "{"kind":"becomes","level":{"kind":"phase","pod":"web","phase":"Failed"}}",
      ]
    `)
  })

  test('of a container that last', () => {
    expect(
      levels(
        app.alive(),
        app.running(),
        app.ready(),
        app.startedUp(),
        app.waiting(),
        app.waiting('CrashLoopBackOff'),
        app.terminated(),
        app.terminated('OOMKilled'),
        app.terminated({ exitCode: 137 }),
        app.restartCount(3),
        app.restartCount().is(3),
        app.restartCount().atLeast(1),
        app.restartCount().atMost(5),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"alive","container":{"pod":"web","container":"app"}}",
        "{"kind":"running","container":{"pod":"web","container":"app"}}",
        "{"kind":"ready","container":{"pod":"web","container":"app"}}",
        "{"kind":"startedUp","container":{"pod":"web","container":"app"}}",
        "{"kind":"waiting","container":{"pod":"web","container":"app"}}",
        "{"kind":"waiting","container":{"pod":"web","container":"app"},"reason":"CrashLoopBackOff"}",
        "{"kind":"terminated","container":{"pod":"web","container":"app"}}",
        "{"kind":"terminated","container":{"pod":"web","container":"app"},"reason":"OOMKilled"}",
        "{"kind":"terminated","container":{"pod":"web","container":"app"},"exitCode":137}",
        "{"kind":"restartCount","container":{"pod":"web","container":"app"},"is":"exactly","count":3}",
        "{"kind":"restartCount","container":{"pod":"web","container":"app"},"is":"exactly","count":3}",
        "{"kind":"restartCount","container":{"pod":"web","container":"app"},"is":"atLeast","count":1}",
        "{"kind":"restartCount","container":{"pod":"web","container":"app"},"is":"atMost","count":5}",
      ]
    `)
  })

  test('of a container that happen', () => {
    expect(
      occurrences(
        app.started(),
        app.exited(),
        app.exited(137),
        app.signalled('SIGTERM'),
        app.killed(),
        app.killed('SIGKILL'),
        app.probe('readiness').answered(),
        app.probe('readiness').answered('error'),
        app.probe('readiness').succeeded(),
        app.probe('liveness').failed(),
        app.probe('startup').hung(),
        app.hook('postStart').started(),
        app.hook('preStop').ended(),
        app.hook('preStop').failed(),
        app.event('Killing'),
        app.ready().becomes(),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"started","container":{"pod":"web","container":"app"}}",
        "{"kind":"exited","container":{"pod":"web","container":"app"}}",
        "{"kind":"exited","container":{"pod":"web","container":"app"},"code":137}",
        "{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGTERM"}",
        "{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}",
        "{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}",
        "{"kind":"probed","container":{"pod":"web","container":"app"},"probe":"readiness"}",
        "{"kind":"probed","container":{"pod":"web","container":"app"},"probe":"readiness","result":"error"}",
        "{"kind":"probed","container":{"pod":"web","container":"app"},"probe":"readiness","result":"success"}",
        "{"kind":"probed","container":{"pod":"web","container":"app"},"probe":"liveness","result":"failure"}",
        "{"kind":"probed","container":{"pod":"web","container":"app"},"probe":"startup","result":"hang"}",
        "{"kind":"hookStarted","container":{"pod":"web","container":"app"},"hook":"postStart"}",
        "{"kind":"hookEnded","container":{"pod":"web","container":"app"},"hook":"preStop"}",
        "{"kind":"hookFailed","container":{"pod":"web","container":"app"},"hook":"preStop"}",
        "{"kind":"event","pod":"web","reason":"Killing","container":"app"}",
        "{"kind":"becomes","level":{"kind":"ready","container":{"pod":"web","container":"app"}}}",
      ]
    `)
  })

  test('of init containers, sidecars and any container', () => {
    expect(
      occurrences(web.init('migrate').exited(0), web.sidecar('proxy').started(), web.anyContainer().killed()),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"exited","container":{"pod":"web","container":"migrate"},"code":0}",
        "{"kind":"started","container":{"pod":"web","container":"proxy"}}",
        "{"kind":"signalled","container":{"pod":"web","container":"*"},"signal":"SIGKILL"}",
      ]
    `)
  })

  test('joined with one another', () => {
    const { level } = app.running().and(app.ready()).and(not(web.terminating())).or(web.phase('Failed'))
    expect(JSON.stringify(level)).toMatchInlineSnapshot(
      `"{"kind":"or","levels":[{"kind":"and","levels":[{"kind":"running","container":{"pod":"web","container":"app"}},{"kind":"ready","container":{"pod":"web","container":"app"}},{"kind":"not","level":{"kind":"terminating","pod":"web"}}]},{"kind":"phase","pod":"web","phase":"Failed"}]}"`,
    )
    expect(not(not(web.exists())).level).toEqual(web.exists().level)
    expect(
      occurrences(
        app.killed().or(app.exited(1)).or(web.gone()),
        anyOf(app.started(), app.exited()),
        app.exited().when(web.terminating()),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"anyOf","occurrences":[{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},{"kind":"exited","container":{"pod":"web","container":"app"},"code":1},{"kind":"gone","pod":"web"}]}",
        "{"kind":"anyOf","occurrences":[{"kind":"started","container":{"pod":"web","container":"app"}},{"kind":"exited","container":{"pod":"web","container":"app"}}]}",
        "{"kind":"when","occurrence":{"kind":"exited","container":{"pod":"web","container":"app"}},"level":{"kind":"terminating","pod":"web"}}",
      ]
    `)
    expect(
      levels(once(web.ready()), once(app.started()), since(web.terminating(), web.deleted())),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"once","what":{"kind":"condition","pod":"web","type":"Ready","status":"True"}}",
        "{"kind":"once","what":{"kind":"started","container":{"pod":"web","container":"app"}}}",
        "{"kind":"since","level":{"kind":"terminating","pod":"web"},"what":{"kind":"deleted","pod":"web"}}",
      ]
    `)
  })
})

describe('expectations', () => {
  test('something that happens, or lasts, by itself is expected at some time, with a bound then, with holds always', () => {
    expect(
      clauses(
        app.killed(),
        app.killed().at('90s'),
        web.phase('Running'),
        web.phase('Running').within('10s'),
        web.phase('Running').for('10s'),
        web.exists().holds(),
        web.exists().holds().after(web.created()),
        web.exists().holds().until(web.gone()),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"eventually","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}}",
        "{"kind":"eventually","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"at","ms":90000}}",
        "{"kind":"eventually","what":{"kind":"phase","pod":"web","phase":"Running"}}",
        "{"kind":"eventually","what":{"kind":"phase","pod":"web","phase":"Running"},"bound":{"kind":"within","ms":10000}}",
        "{"kind":"eventually","what":{"kind":"phase","pod":"web","phase":"Running"},"bound":{"kind":"for","ms":10000}}",
        "{"kind":"always","level":{"kind":"exists","pod":"web"}}",
        "{"kind":"scoped","scope":{"kind":"after","what":{"kind":"created","pod":"web"}},"clause":{"kind":"always","level":{"kind":"exists","pod":"web"}}}",
        "{"kind":"until","level":{"kind":"exists","pod":"web"},"until":{"kind":"gone","pod":"web"}}",
      ]
    `)
  })

  test('universal', () => {
    expect(
      clauses(
        always(web.exists()),
        never(app.killed()),
        never(web.phase('Failed')),
        stays(web.ready()).for('30s'),
        atMost(3, app.started()),
        exactly(1, app.started()),
        atLeast(2, app.exited(1)),
        monotonic(app.restartCount()),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"always","level":{"kind":"exists","pod":"web"}}",
        "{"kind":"never","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}}",
        "{"kind":"never","what":{"kind":"phase","pod":"web","phase":"Failed"}}",
        "{"kind":"stays","level":{"kind":"condition","pod":"web","type":"Ready","status":"True"},"ms":30000}",
        "{"kind":"count","is":"atMost","count":3,"what":{"kind":"started","container":{"pod":"web","container":"app"}}}",
        "{"kind":"count","is":"exactly","count":1,"what":{"kind":"started","container":{"pod":"web","container":"app"}}}",
        "{"kind":"count","is":"atLeast","count":2,"what":{"kind":"exited","container":{"pod":"web","container":"app"},"code":1}}",
        "{"kind":"monotonic","container":{"pod":"web","container":"app"}}",
      ]
    `)
  })

  test('response', () => {
    const killed = () => whenever(web.deleted()).then(app.killed())
    expect(
      clauses(
        killed(),
        killed().within('30s'),
        killed().at('30s'),
        killed().at('30s', { tolerance: '1s' }),
        killed().noSoonerThan('30s'),
        killed().after('30s'),
        killed().immediately(),
        whenever(web.deleted()).then(web.terminating()).for(5000),
        killed().noSoonerThan('29s').within('31s'),
        eventually(app.killed()),
        eventually(web.phase('Running')).within('1m30s'),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}}",
        "{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"within","ms":30000}}",
        "{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"at","ms":30000}}",
        "{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"at","ms":30000,"toleranceMs":1000}}",
        "{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"noSoonerThan","ms":30000}}",
        "{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"after","ms":30000}}",
        "{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"immediately"}}",
        "{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"terminating","pod":"web"},"bound":{"kind":"for","ms":5000}}",
        "{"kind":"allOf","clauses":[{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"noSoonerThan","ms":29000}},{"kind":"response","trigger":{"kind":"deleted","pod":"web"},"then":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"within","ms":31000}}]}",
        "{"kind":"eventually","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}}",
        "{"kind":"eventually","what":{"kind":"phase","pod":"web","phase":"Running"},"bound":{"kind":"within","ms":90000}}",
      ]
    `)
  })

  test('order', () => {
    expect(
      clauses(
        web.init('migrate').exited(0).precedes(app.started()),
        no(app.started()).before(web.init('migrate').exited(0)),
        inOrder(web.created(), app.started(), app.exited()),
        inOrder(web.created(), app.started()).strictly(),
        web.phases('Pending', 'Running', 'Succeeded'),
        web.conditions({ Ready: ['False', 'True'] }),
        web.conditions({ Ready: ['False', 'True'], Initialized: ['True'] }),
        app.states('waiting ContainerCreating', 'running', 'terminated Error', 'waiting CrashLoopBackOff'),
        gapsBetween(app.exited(), app.started()).are('10s', '20s', '40s'),
        gapsBetween(app.exited(), app.started()).are('10s', 20_000, { tolerance: '1s' }),
        gapsBetween(app.exited(), app.started()).are('10s', { late: '15s' }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"precedes","first":{"kind":"exited","container":{"pod":"web","container":"migrate"},"code":0},"second":{"kind":"started","container":{"pod":"web","container":"app"}}}",
        "{"kind":"notBefore","what":{"kind":"started","container":{"pod":"web","container":"app"}},"before":{"kind":"exited","container":{"pod":"web","container":"migrate"},"code":0}}",
        "{"kind":"inOrder","occurrences":[{"kind":"created","pod":"web"},{"kind":"started","container":{"pod":"web","container":"app"}},{"kind":"exited","container":{"pod":"web","container":"app"}}]}",
        "{"kind":"inOrder","occurrences":[{"kind":"created","pod":"web"},{"kind":"started","container":{"pod":"web","container":"app"}}],"isStrict":true}",
        "{"kind":"phases","pod":"web","phases":["Pending","Running","Succeeded"]}",
        "{"kind":"conditions","pod":"web","type":"Ready","statuses":["False","True"]}",
        "{"kind":"allOf","clauses":[{"kind":"conditions","pod":"web","type":"Ready","statuses":["False","True"]},{"kind":"conditions","pod":"web","type":"Initialized","statuses":["True"]}]}",
        "{"kind":"states","container":{"pod":"web","container":"app"},"states":["waiting ContainerCreating","running","terminated Error","waiting CrashLoopBackOff"]}",
        "{"kind":"gaps","from":{"kind":"exited","container":{"pod":"web","container":"app"}},"to":{"kind":"started","container":{"pod":"web","container":"app"}},"are":[10000,20000,40000]}",
        "{"kind":"gaps","from":{"kind":"exited","container":{"pod":"web","container":"app"}},"to":{"kind":"started","container":{"pod":"web","container":"app"}},"are":[10000,20000],"toleranceMs":1000}",
        "{"kind":"gaps","from":{"kind":"exited","container":{"pod":"web","container":"app"}},"to":{"kind":"started","container":{"pod":"web","container":"app"}},"are":[10000],"lateMs":15000}",
      ]
    `)
  })

  test('until', () => {
    expect(
      clauses(
        web.phase('Pending').until(app.started()),
        web.phase('Pending').until(web.phase('Running')),
        web.phase('Running').unless(web.deleted()),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"until","level":{"kind":"phase","pod":"web","phase":"Pending"},"until":{"kind":"started","container":{"pod":"web","container":"app"}}}",
        "{"kind":"until","level":{"kind":"phase","pod":"web","phase":"Pending"},"until":{"kind":"phase","pod":"web","phase":"Running"}}",
        "{"kind":"until","level":{"kind":"phase","pod":"web","phase":"Running"},"until":{"kind":"deleted","pod":"web"},"isWeak":true}",
      ]
    `)
  })

  test('scopes', () => {
    const calm = never(app.killed())
    expect(
      clauses(
        calm.after(web.deleted()),
        calm.before(web.deleted()),
        calm.between(web.deleted(), web.gone()),
        calm.while(web.ready()),
        web.phase('Succeeded').afterQuiescence(),
        always(not(web.exists())).afterQuiescence(),
        calm.orVacuous(),
        eventually(app.killed()).within('30s').after(web.deleted()),
        eventually(app.killed()).after('30s').after(web.deleted()),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"scoped","scope":{"kind":"after","what":{"kind":"deleted","pod":"web"}},"clause":{"kind":"never","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}}}",
        "{"kind":"scoped","scope":{"kind":"before","what":{"kind":"deleted","pod":"web"}},"clause":{"kind":"never","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}}}",
        "{"kind":"scoped","scope":{"kind":"between","from":{"kind":"deleted","pod":"web"},"to":{"kind":"gone","pod":"web"}},"clause":{"kind":"never","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}}}",
        "{"kind":"scoped","scope":{"kind":"while","level":{"kind":"condition","pod":"web","type":"Ready","status":"True"}},"clause":{"kind":"never","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}}}",
        "{"kind":"scoped","scope":{"kind":"afterQuiescence"},"clause":{"kind":"eventually","what":{"kind":"phase","pod":"web","phase":"Succeeded"}}}",
        "{"kind":"scoped","scope":{"kind":"afterQuiescence"},"clause":{"kind":"always","level":{"kind":"not","level":{"kind":"exists","pod":"web"}}}}",
        "{"kind":"orVacuous","clause":{"kind":"never","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}}}",
        "{"kind":"scoped","scope":{"kind":"after","what":{"kind":"deleted","pod":"web"}},"clause":{"kind":"eventually","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"within","ms":30000}}}",
        "{"kind":"scoped","scope":{"kind":"after","what":{"kind":"deleted","pod":"web"}},"clause":{"kind":"eventually","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"},"bound":{"kind":"after","ms":30000}}}",
      ]
    `)
  })

  test('several', () => {
    expect(
      clauses(
        allOf(never(app.killed()), web.phase('Running')),
        web.eachContainer(each => each.started().within('5s')),
        web.eachContainer(each => [never(each.killed()), each.exited(0)], { role: 'init' }),
        pod('deployment/web').phases('Pending', 'Running'),
      ),
    ).toMatchInlineSnapshot(`
      [
        "{"kind":"allOf","clauses":[{"kind":"never","what":{"kind":"signalled","container":{"pod":"web","container":"app"},"signal":"SIGKILL"}},{"kind":"eventually","what":{"kind":"phase","pod":"web","phase":"Running"}}]}",
        "{"kind":"eachContainer","pod":"web","clause":{"kind":"eventually","what":{"kind":"started","container":{"container":"@each"}},"bound":{"kind":"within","ms":5000}}}",
        "{"kind":"eachContainer","pod":"web","role":"init","clause":{"kind":"allOf","clauses":[{"kind":"never","what":{"kind":"signalled","container":{"container":"@each"},"signal":"SIGKILL"}},{"kind":"eventually","what":{"kind":"exited","container":{"container":"@each"},"code":0}}]}}",
        "{"kind":"phases","pod":"deployment/web","phases":["Pending","Running"]}",
      ]
    `)
  })
})

describe('misuse', () => {
  /** As one who writes JavaScript would pass them. */
  const level = web.phase('Running') as unknown as OccurrenceWords
  const happening = web.deleted() as unknown as LevelWords
  const nothing = 'web' as unknown as OccurrenceWords
  const clause = always(web.exists()) as unknown as OccurrenceWords

  test('is told with the word that it was given to, and what to write instead', () => {
    const noWords = [] as unknown as [OccurrenceWords, OccurrenceWords]
    expect([
      problemOf(() => whenever(level)),
      problemOf(() => stays(happening)),
      problemOf(() => never(nothing)),
      problemOf(() => no(clause)),
      problemOf(() => app.started().precedes(level)),
      problemOf(() => web.gone().afterQuiescence()),
      problemOf(() => atMost(-1, app.started())),
      problemOf(() => exactly(1.5, app.started())),
      problemOf(() => app.exited(Number.NaN)),
      problemOf(() => eventually(app.started()).within(-5)),
      problemOf(() => eventually(app.started()).within('5x' as '5s')),
      problemOf(() => stays(web.ready()).for(Number.POSITIVE_INFINITY)),
      problemOf(() => inOrder(...noWords)),
      problemOf(() => anyOf(...noWords)),
      problemOf(() => web.phases(...(noWords as unknown as ['Running']))),
      problemOf(() => web.conditions({})),
      problemOf(() => app.states(...(noWords as unknown as ['running']))),
      problemOf(() => gapsBetween(app.exited(), app.started()).are(...(noWords as unknown as ['1s']))),
    ]).toMatchInlineSnapshot(`
      [
        "whenever: expected something that happens, such as web.deleted(), got something that lasts
        hint: write .becomes() behind it: the moment at which it turns so",
        "stays: expected something that lasts, such as web.phase('Running'), got something that happens",
        "never: expected something that lasts or happens, such as web.phase('Running') or web.deleted(), got a value of type string",
        "no: expected something that happens, such as web.deleted(), got a whole expectation",
        "precedes: expected something that happens, such as web.deleted(), got something that lasts
        hint: write .becomes() behind it: the moment at which it turns so",
        "afterQuiescence: expected something that lasts, got "gone", which happens: after quiescence nothing does
        hint: say what is so then: not(web.exists()), web.phase('Succeeded')",
        "atMost: expected a whole number from 0, got -1",
        "exactly: expected a whole number from 0, got 1.5",
        "exited: expected a whole number from 0, got NaN",
        "within: expected a duration or whole milliseconds, got -5
        hint: write a number with a unit: '250ms', '12.5s', '10m', '1h30m'",
        "within: expected a duration, got "5x"
        hint: write a number with a unit: 250ms, 12.5s, 10m, 1h30m",
        "for: expected a duration or whole milliseconds, got Infinity
        hint: write a number with a unit: '250ms', '12.5s', '10m', '1h30m'",
        "inOrder: expected two occurrences or more, got 0",
        "anyOf: expected at least one thing that happens, got none",
        "phases: expected at least one phase, got none",
        "conditions: expected at least one condition, got none",
        "states: expected at least one state, got none",
        "are: expected at least one gap, got none",
      ]
    `)
  })
})
