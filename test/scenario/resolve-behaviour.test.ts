import { describe, expect, test } from 'vitest'
import type { Pod } from '../../src/model/index.js'
import { DEFAULT_BEHAVIOUR } from '../../src/scenario/behaviour.js'
import { parseBehaviourRule } from '../../src/scenario/behaviour-text.js'
import { formatBehaviourRule } from '../../src/scenario/describe-behaviour.js'
import { BehaviourResolver, scriptedContainers } from '../../src/scenario/resolve-behaviour.js'

const web: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-5f8f7d9c4b-x2x4z', namespace: 'shop', labels: { app: 'web', tier: 'front' } },
  spec: {
    initContainers: [
      { name: 'migrate', image: 'migrate:1' },
      { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' },
    ],
    containers: [
      {
        name: 'app',
        image: 'app:1',
        readinessProbe: { tcpSocket: { port: 80 } },
        lifecycle: { preStop: { exec: {} } },
      },
      { name: 'log', image: 'registry:5000/log', lifecycle: { postStart: { sleep: { seconds: 3 } } } },
    ],
  },
}
const owner = 'Deployment/shop/web'

/** Resolves the containers of the pod under some rules; answers exit codes of the first start, by container. */
function exitCodes(...rules: string[]): Record<string, number | undefined> {
  const resolver = resolverOf(rules)
  return Object.fromEntries(
    scriptedContainers(web, owner).map(it => {
      const [run] = resolver.container(it).behaviour.runs
      return [it.container, run.exitAfter === null ? undefined : run.exitCode]
    }),
  )
}

const resolverOf = (rules: readonly string[]) =>
  new BehaviourResolver(rules.map(rule => parseBehaviourRule(rule, '--behave')))

function refusal(...rules: string[]): string {
  const resolver = resolverOf(rules)
  for (const it of scriptedContainers(web, owner)) resolver.container(it)
  try {
    resolver.refuseUnused()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('expected an error, got none')
}

describe('which rule wins', () => {
  test('without rules containers run on, init containers exit 0 after a second, sidecars run on', () => {
    expect(exitCodes()).toEqual({ migrate: 0, proxy: undefined, app: undefined, log: undefined })
  })

  test('a rule that names no container means the regular ones', () => {
    expect(exitCodes('*: exits 3')).toEqual({ migrate: 0, proxy: undefined, app: 3, log: 3 })
    expect(exitCodes('deployment/web: exits 3')).toMatchObject({ app: 3, log: 3, proxy: undefined })
    expect(exitCodes('proxy: exits 3')).toMatchObject({ app: undefined, proxy: 3 })
  })

  test('from the least specific to the most', () => {
    const rules = [
      'pod/web-5f8f7d9c4b-x2x4z/app: exits 8',
      'pod/web-5f8f7d9c4b-x2x4z: exits 7',
      'deployment/web/app: exits 6',
      'deployment/web: exits 5',
      '[app=web]/app: exits 4',
      '[app=web]: exits 3',
      'app: exits 2',
      '*: exits 1',
    ]
    for (let first = 0; first < rules.length; first++) {
      expect(exitCodes(...rules.slice(first)).app).toBe(8 - first)
      expect(exitCodes(...rules.slice(first).reverse()).app).toBe(8 - first)
    }
  })

  test('of equally specific rules the later one', () => {
    expect(exitCodes('web/app: exits 1', 'web/app: exits 2').app).toBe(2)
    expect(exitCodes('web/app: exits 2', 'deployment/web/app: exits 1').app).toBe(1)
  })

  test('overrides go before all others, whatever they name', () => {
    const parse = (rule: string) => parseBehaviourRule(rule)
    const resolver = new BehaviourResolver([parse('pod/web-5f8f7d9c4b-x2x4z/app: exits 1')], [parse('*: exits 2')])
    const [, , app] = scriptedContainers(web, owner)
    expect(resolver.container(app).behaviour.runs[0].exitCode).toBe(2)
    expect(resolver.overruled().map(formatBehaviourRule)).toEqual(['pod/web-5f8f7d9c4b-x2x4z/app: exits 1'])
  })

  test('field by field, so that rules add up', () => {
    const resolver = resolverOf([
      'web/app: exits 1 after 5s',
      '*: stops after 3s',
      'app: readiness fails until 2s',
      'log: runs',
    ])
    const [, , app, log] = scriptedContainers(web, owner)
    expect(resolver.container(app).behaviour).toEqual({
      runs: [
        {
          exitAfter: 5000,
          exitCode: 1,
          isOomKilled: false,
          startError: null,
          onTerm: { exitAfter: 3000, exitCode: 0 },
        },
      ],
      readiness: [
        [
          { from: 0, result: 'failure' },
          { from: 2000, result: 'success' },
        ],
      ],
      liveness: [DEFAULT_BEHAVIOUR.probe],
      startup: [DEFAULT_BEHAVIOUR.probe],
      postStart: DEFAULT_BEHAVIOUR.hook,
      preStop: DEFAULT_BEHAVIOUR.hook,
    })
    expect([...resolver.container(log).assumed]).toEqual([
      'liveness',
      'readiness',
      'startup',
      'postStart',
      'preStop',
      'serves',
    ])
  })

  test('a start that says what SIGTERM does keeps it', () => {
    const resolver = resolverOf(['app: runs and ignores SIGTERM, then runs; stops after 3s'])
    const { runs } = resolver.container(scriptedContainers(web, owner)[2]).behaviour
    expect(runs.map(({ onTerm }) => onTerm)).toEqual([null, { exitAfter: 3000, exitCode: 0 }])
  })

  test('a container of a Job exits 0 after five seconds', () => {
    const [, , app] = scriptedContainers(web, 'Job/shop/seed')
    expect(new BehaviourResolver([]).container(app).behaviour.runs[0]).toMatchObject({ exitAfter: 5000, exitCode: 0 })
  })

  test('a sandbox adds up, too', () => {
    const resolver = resolverOf(['web/*: sandbox fails 2 times', '*: sandbox takes 3s; sandbox fails once'])
    expect(resolver.sandbox(scriptedContainers(web, owner)[0])).toMatchObject({ delay: 3000, failures: { length: 2 } })
  })
})

describe('images', () => {
  test('what is said of every image is said of each, and names stand in the errors', () => {
    const resolver = resolverOf([
      'image * pulls in 2s',
      'image app:1 fails once',
      'image registry:5000/log does not exist',
    ])
    for (const it of scriptedContainers(web, owner)) resolver.container(it)
    const images = resolver.images()
    expect(images['migrate:1']).toMatchObject({ pullDuration: 2000, failures: [] })
    expect(images['app:1'].failures).toEqual([
      'rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/library/app:1": failed to resolve reference "docker.io/library/app:1": dial tcp: connection refused',
    ])
    expect(images['registry:5000/log'].alwaysFails).toBe(
      'rpc error: code = NotFound desc = failed to pull and unpack image "registry:5000/log:latest": failed to resolve reference "registry:5000/log:latest": registry:5000/log:latest: not found',
    )
  })
})

describe('a rule that says something of nobody is refused', () => {
  test.each([
    'wbe/app: runs',
    'web/ap: runs',
    'ap: runs',
    'web: runs',
    'deploymnt/web: runs',
    'deployment/wbe: runs',
    'statefulset/web: runs',
    'prod/deployment/web: runs',
    '[app=wbe]: runs',
    'app: liveness fails',
    'log: preStop takes 2s',
    'log: postStart takes 2s',
    'image app:2 is present',
  ])('%s', rule => {
    expect(refusal(rule)).toMatchSnapshot()
  })
})
