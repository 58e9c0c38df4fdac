import { expect, test } from 'vitest'
import { never, no, whenever } from '../../src/expect/index.js'
import {
  crashes,
  exits,
  fails,
  hangs,
  ignores,
  image,
  manifest,
  parseScenarioDocument,
  printScenario,
  readyAfter,
  runs,
  sandbox,
  scenarioBuilder,
  stopsAfter,
  succeeds,
  takes,
} from '../../src/scenario/index.js'

test('what the words say, the YAML form says, and it reads back as the same data', () => {
  const { document } = scenarioBuilder('everything')
    .describe('One of each word.')
    .kubernetes('1.33')
    .nodes([{ name: 'a', cpu: '4', memory: '8Gi' }, { name: 'b' }])
    .horizon('5m')
    .apply(manifest('web.yaml'))
    .pod('web', it =>
      it
        .init('migrate', crashes().after('1s'), exits(0).after('3s'))
        .sidecar('proxy', runs())
        .container('app', runs().onTerm(ignores()), {
          readiness: [fails().until('1s').and(hangs().from('60s')), succeeds().from('2s')],
          preStop: takes('20s').fails(2),
          onTerm: stopsAfter('3s', 1),
          resources: { limits: { memory: '64Mi' } },
        })
        .grace('10s')
        .namespace('shop')
        .sandbox(sandbox().takes('1s').fails(2)),
    )
    .image(image('app:1').pullsIn('8s').fails(2).fails(1, 'timeout'), image('*').isPresent())
    .behave('deployment/web', 'app', readyAfter('12s'))
    .behave({ app: 'web', tier: 'front' }, runs())
    .at('60s')
    .delete('pod/web', { grace: '30s' })
    .at('70s')
    .apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' } })
    .at('80s')
    .patch('pod/web', [{ op: 'remove', path: '/metadata/labels/a' }])
    .at('90s')
    .setImage('pod/web', 'app', 'app:2')
    .when(({ web }) => web.container('app').ready().becomes())
    .after('5s')
    .evict('pod/web')
    .withoutLaw('sigterm-before-sigkill')
    .expect(({ web, pod }) => [
      web.phases('Pending', 'Running'),
      web.conditions({ Initialized: ['False', 'True'], Ready: ['False', 'True'] }),
      web.eachContainer(each => [each.started().within('5s'), never(each.waiting('CrashLoopBackOff'))]),
      no(web.container('app').started()).before(web.init('migrate').exited(0)).orVacuous(),
      never(web.anyContainer().killed()).before(web.deleted()),
      whenever(web.deleted()).then(web.gone()).noSoonerThan('5s').within('30s'),
      web.container('app').killed('SIGKILL').at('90s', { tolerance: '1s' }),
      pod('deployment/web').endpoint('front').ready().holds().while(pod('deployment/web').ready()),
    ])
  expect(parseScenarioDocument(printScenario(document))).toEqual(document)
})
