import {
  type BoundedLevelWords,
  type BoundedWords,
  behaves,
  type ClauseWords,
  crashes,
  type DurationText,
  eventually,
  exits,
  fails,
  gapsBetween,
  type HookWords,
  inOrder,
  type LevelWords,
  monotonic,
  no,
  type OccurrenceWords,
  onTerm,
  type PodWords,
  pod,
  postStart,
  readiness,
  readyAfter,
  runs,
  scenarioBuilder,
  stays,
  stopsAfter,
  succeeds,
  type TroubledProbe,
  takes,
  whenever,
} from 'podwright'
import { expectTypeOf } from 'vitest'

// This file is compiled, not run: each line below an `@ts-expect-error` must not compile, every other line must.

const web = pod('web')
const app = web.container('app')

// Durations.
expectTypeOf<'90s' | '1m30s' | '250ms' | '1.5h' | '1h1m1s1ms' | '0s' | '1h0m0s'>().toExtend<DurationText>()
expectTypeOf<'12.5s' | '0.25s' | '12.05s' | '12.005s' | '1m0.5s' | '2.5m' | '1s500ms'>().toExtend<DurationText>()
exits(0).after('5s')
exits(0).after(5000)
// @ts-expect-error a unit is missing
exits(0).after('5')
// @ts-expect-error seconds are s
exits(0).after('5sec')
// @ts-expect-error minutes are m
exits(0).after('5mins')
// @ts-expect-error large units come first
exits(0).after('30s1m')
// @ts-expect-error a blank
exits(0).after('5 s')
// @ts-expect-error blanks around
exits(0).after(' 5s')
// @ts-expect-error blanks between
exits(0).after('1m 30s')
// @ts-expect-error before the beginning
exits(0).after('-5s')
// @ts-expect-error before the beginning
exits(0).after('-1m30s')
// @ts-expect-error a sign
exits(0).after('+5s')
// @ts-expect-error an exponent
exits(0).after('1e3s')
// @ts-expect-error nothing before the point
exits(0).after('.5s')
// @ts-expect-error nothing after the point
exits(0).after('5.s')
// @ts-expect-error a unit without a number
exits(0).after('s')
// @ts-expect-error nothing
exits(0).after('')
// @ts-expect-error not a duration
readyAfter('soon')
// @ts-expect-error not a duration
scenarioBuilder().at('later')
// @ts-expect-error not a duration
eventually(web.deleted()).within('5 minutes')
// @ts-expect-error not a duration
eventually(web.deleted()).at('5s', { tolerance: 'some' })
// @ts-expect-error not a duration
gapsBetween(app.exited(), app.started()).are('10s', 'twenty')

// Behaviour.
expectTypeOf(fails()).toEqualTypeOf<TroubledProbe>()
expectTypeOf(fails(1)).toEqualTypeOf<HookWords>()
behaves(crashes().after('2s').times(3), runs())
// @ts-expect-error how often comes last
crashes().times(3).after('2s')
// @ts-expect-error what runs on does not end
runs().after('5s')
// @ts-expect-error an exit code is asked for
exits()
// @ts-expect-error a probe fails without a code
readiness(fails(1))
// @ts-expect-error a hook fails with a code
postStart(fails())
// @ts-expect-error a hook is no probe
readiness(takes('2s'))
// @ts-expect-error what SIGTERM does is said by onTerm
scenarioBuilder().behave('web', stopsAfter('45s'))
// @ts-expect-error a behaviour is asked for
scenarioBuilder().behave('deployment/web', 'app')
// @ts-expect-error onTerm says what SIGTERM does
onTerm(crashes())
// @ts-expect-error only succeeds and its like have a time
succeeds().until('5s')

// Names that the builder knows.
const built = scenarioBuilder()
  .pod('web', it => it.init('migrate', exits(0).after('5s')).sidecar('proxy', runs()).container('app', runs()))
  .pod('db', it => it.container('postgres', runs()))
built.expect(({ web, db }) => {
  expectTypeOf(web).toEqualTypeOf<PodWords<'app', 'migrate', 'proxy'>>()
  // @ts-expect-error a misspelt container
  web.container('ap')
  // @ts-expect-error an init container is no container
  web.container('migrate')
  // @ts-expect-error a sidecar is no plain init container
  web.init('proxy')
  // @ts-expect-error an init container is no sidecar
  web.sidecar('migrate')
  // @ts-expect-error a pod without init containers
  db.init('migrate')
  return [web.container('app').started(), web.init('migrate').exited(0), web.sidecar('proxy').running()]
})
// @ts-expect-error a misspelt pod
built.expect(({ wep }) => [wep.deleted()])
built.expect(({ pod }) => {
  expectTypeOf(pod('web')).toEqualTypeOf<PodWords<'app', 'migrate', 'proxy'>>()
  expectTypeOf(pod('deployment/shop')).toEqualTypeOf<PodWords>()
  // @ts-expect-error a misspelt container of a pod that is built
  pod('db').container('postgre')
  return [pod('deployment/shop').container('anything').started()]
})
built.when(({ web }) => web.container('app').ready().becomes()).delete('pod/web')
// @ts-expect-error a level does not happen
built.when(({ web }) => web.container('app').ready())
// @ts-expect-error a second pod of the name
built.pod('web', it => it.container('app', runs()))
// @ts-expect-error a second container of the name
built.pod('cache', it => it.container('app', runs()).container('app', runs()))
// @ts-expect-error a container called as an init container
built.pod('cache', it => it.init('app', exits(0)).container('app', runs()))
for (const name of ['one', 'two']) built.pod(name, it => it.container(name, runs()).container('app', runs()))

// Pods and containers.
built.pod('cache', it =>
  it
    .container('app', crashes().after('1s'), runs(), {
      image: 'app:2',
      readiness: [fails(), succeeds().from('2s')],
      readinessProbe: { periodSeconds: 5, failureThreshold: 2 },
      resources: { limits: { memory: '64Mi' } },
      preStop: takes('20s'),
    })
    .spec({ nodeName: 'node-1' }),
)
// @ts-expect-error a misspelt field
built.pod('cache', it => it.container('app', runs(), { imge: 'app:2' }))
// @ts-expect-error a field of the wrong type
built.pod('cache', it => it.container('app', runs(), { readinessProbe: { periodSeconds: '5s' } }))
// @ts-expect-error the fields come last
built.pod('cache', it => it.container('app', { image: 'app:2' }, runs()))
// @ts-expect-error an init container that is always restarted is a sidecar
built.pod('cache', it => it.init('app', { restartPolicy: 'Always' }))
// @ts-expect-error no such policy
built.pod('cache', it => it.restartPolicy('Sometimes'))
// @ts-expect-error containers have words of their own
built.pod('cache', it => it.spec({ containers: [] }))
// @ts-expect-error no such release
built.kubernetes('1.12')

// Pods that are created later.
built
  .at('60s')
  .pod('late', it => it.container('app', runs()))
  .expect(({ web, late }) => {
    // @ts-expect-error a misspelt container
    late.container('ap')
    return [late.container('app').started(), web.container('app').started()]
  })
// @ts-expect-error a second pod of the name
built.at('60s').pod('web', it => it.container('app', runs()))

// Laws.
built.withoutLaw('sigkill-not-before-grace').withoutLaw('all')
// @ts-expect-error a misspelt law
built.withoutLaw('sigkill-not-before-grac')
// @ts-expect-error no law
built.withoutLaw('')

// What lasts and what happens.
expectTypeOf(web.phase('Running')).toEqualTypeOf<LevelWords>()
expectTypeOf(web.deleted()).toEqualTypeOf<OccurrenceWords>()
expectTypeOf(whenever(web.deleted()).then(app.killed())).toEqualTypeOf<BoundedWords>()
expectTypeOf(whenever(web.deleted()).then(web.terminating())).toEqualTypeOf<BoundedLevelWords>()
expectTypeOf(whenever(web.deleted()).then(web.terminating()).for('5s')).toEqualTypeOf<ClauseWords>()
// @ts-expect-error no such phase
web.phase('Runing')
// @ts-expect-error no such phase
web.phases('Pending', 'Runing')
// @ts-expect-error at least one phase
web.phases()
// @ts-expect-error no such status
web.condition('Ready', 'Maybe')
// @ts-expect-error no such status
web.conditions({ Ready: ['False', 'Yes'] })
web.conditions({ Ready: ['False', 'True'], 'example.com/gate': ['True'] })
// @ts-expect-error no such signal
app.signalled('SIGHUP')
// @ts-expect-error what kills is SIGKILL
app.killed('SIGTERM')
// @ts-expect-error no such probe
app.probe('health')
// @ts-expect-error no such hook
app.hook('preStart')
// @ts-expect-error no such state
app.states('sleeping')
app.states('waiting', 'waiting CrashLoopBackOff', 'running', 'terminated Error')
// @ts-expect-error a level does not happen: .becomes()
whenever(web.phase('Running'))
// @ts-expect-error what happens does not last
stays(web.deleted())
// @ts-expect-error what happens does not last
whenever(web.deleted()).then(app.killed()).for('5s')
// @ts-expect-error a level precedes nothing: .becomes()
web.phase('Running').precedes(app.started())
// @ts-expect-error a level does not happen: .becomes()
no(web.phase('Running')).before(app.started())
// @ts-expect-error only one
inOrder(app.started())
// @ts-expect-error only restart counts are compared so
monotonic(web.phase('Running'))
// @ts-expect-error half a sentence
built.expect(() => [whenever(web.deleted())])
// @ts-expect-error half a sentence
built.expect(() => [stays(web.ready())])
