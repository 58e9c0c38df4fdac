import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import { buildPlan } from '../../src/scenario/build-plan.js'
import { scenarioBuilder } from '../../src/scenario/builder/index.js'
import { formatMetric, parseMetric } from '../../src/scenario/metric-text.js'
import { parseScenarioDocument, printScenario } from '../../src/scenario/print-scenario.js'
import { EMPTY_DOCUMENT } from '../../src/scenario/scenario-document.js'
import { parseScenario } from '../../src/scenario/scenario-file.js'
import { planTexts } from '../../src/spec/plan-texts.js'

/** What an act is refused with. */
function refusalOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof PodwrightError) return error.message
    throw error
  }
  return 'taken'
}

const LINES = [
  'deployment/web cpu 100m',
  'deployment/web cpu 100m from 2m 400m from 6m 50m',
  'shop/statefulset/db memory 50Mi to 1Gi at 5m',
  'deployment/web container app cpu 1 shared from 1m30s 2',
  'external queue 20 from 10s 0',
  'ingress/main requests 1500m',
  'deployment/web "a, b" 1',
]

describe('a metric in words', () => {
  test.each(LINES)('%s is read and written the same', line => {
    expect(formatMetric(parseMetric(line))).toBe(line)
  })

  test('knows the short names of kinds, and commas', () => {
    expect(formatMetric(parseMetric('deploy/web cpu 0.1, from 2m 400m, shared'))).toBe(
      'deployment/web cpu 100m shared from 2m 400m',
    )
  })

  test('is refused with its column and the nearest word', () => {
    const lines = [
      'web cpu 100m',
      'externl queue 5',
      'deployment/web cpu',
      'deployment/web cpu lots',
      'deployment/web cpu -1',
      'deployment/web cpu 100u',
      'deployment/web cpu 100m form 2m 400m',
      'deployment/web cpu 100m from 2m 400m from 1m 50m',
      'deployment/web cpu 100m from 2m 400m to 50m at 3m',
      'deployment/web cpu 100m to 50m in 3m',
      'deployment/web cpu 100m shared shared',
      'external queue 5 shared',
    ]
    expect(lines.map(line => refusalOf(() => parseMetric(line, '--metric'))).join('\n')).toMatchInlineSnapshot(`
      "--metric: "web cpu 100m", column 1: expected a workload such as deployment/web, an object such as ingress/main, or external, got "web"
      --metric: "externl queue 5", column 1: expected a workload such as deployment/web, an object such as ingress/main, or external, got "externl"
        hint: did you mean external?
      --metric: "deployment/web cpu", column 19: expected a value such as 100m, got the end
      --metric: "deployment/web cpu lots", column 20: expected a value such as 100m, 50Mi or 20, got "lots"
      --metric: "deployment/web cpu -1", column 20: expected a value such as 100m, 50Mi or 20, got "-1"
      --metric: "deployment/web cpu 100u", column 20: expected a value such as 100m, 50Mi or 20, got "100u"
      --metric: "deployment/web cpu 100m form 2m 400m", column 25: expected "from", "to" or "shared", got "form"
        hint: did you mean from?
      --metric: "deployment/web cpu 100m from 2m 400m from 1m 50m", column 43: expected an instant after 2m, got 1m
      --metric: "deployment/web cpu 100m from 2m 400m to 50m at 3m", column 38: expected steps ("from 2m 400m") or straight lines ("to 400m at 2m"), got both
      --metric: "deployment/web cpu 100m to 50m in 3m", column 32: expected at, got "in"
      --metric: "deployment/web cpu 100m shared shared", column 32: expected "shared" once, got it twice
      --metric: "external queue 5 shared", column 18: expected no "shared": an external metric is no pod's"
    `)
  })
})

describe('a metric in a file', () => {
  const metricsOf = (yaml: string) => {
    const text = `apiVersion: podwright.dev/v1\nkind: Scenario\nspec:\n  metrics:\n${yaml}`
    const { scenario, problems } = parseScenario({ file: 's.yaml', text, linesBefore: 0 } as never)
    return problems.length > 0 ? problems.map(({ message }) => message).join('\n') : scenario?.document.metrics
  }

  test('is a line or fields', () => {
    const said = [parseMetric('deployment/web container app cpu 100m shared to 400m at 2m')]
    expect(metricsOf('    - deployment/web container app cpu 100m shared to 400m at 2m')).toEqual(said)
    expect(
      metricsOf(
        '    - { of: deploy/web, container: app, name: cpu, shared: true, linear: true, values: [ { value: 100m }, { from: 2m, value: 400m } ] }',
      ),
    ).toEqual(said)
    expect(metricsOf('    - { name: queue, values: [ { value: 20 } ] }')).toEqual([parseMetric('external queue 20')])
  })

  test('is refused at its place', () => {
    const entries = [
      '    - 5',
      '    - deployment/web cpu',
      '    - { of: web, name: cpu, values: [ { value: 1 } ] }',
      '    - { of: deployment/web, name: cpu, values: [] }',
      '    - { of: deployment/web, name: cpu, value: 5 }',
      '    - { of: deployment/web, name: cpu, values: [ { from: 1m, value: 5 } ] }',
      '    - { of: deployment/web, name: cpu, values: [ { value: 5 }, { value: 6 } ] }',
      '    - { of: deployment/web, name: cpu, values: [ { value: much } ] }',
      '    - { name: queue, shared: true, values: [ { value: 1 } ] }',
    ]
    expect(entries.map(metricsOf).join('\n')).toMatchInlineSnapshot(`
      "s.yaml:5:7: expected words, got 5
      s.yaml:5:7: "deployment/web cpu", column 19: expected a value such as 100m, got the end
      s.yaml:5:13: expected a workload such as deployment/web, or an object such as ingress/main, got "web"
      s.yaml:5:48: expected at least one value, got none
      s.yaml:5:7: a metric needs the field "values"
      s.yaml:5:40: unknown field "value" in a metric
        hint: did you mean values?
      s.yaml:5:48: expected the first value to be of the beginning: leave out its "from"
      s.yaml:5:48: expected values in order of time, each at an instant of its own
      s.yaml:5:59: expected a value such as 100m, 50Mi or 20, got "much"
      s.yaml:5:7: expected neither "shared" nor "container" of a metric that is no object's"
    `)
  })

  test('is printed so that it is read again', () => {
    const document = { ...EMPTY_DOCUMENT, metrics: LINES.map(line => parseMetric(line)) }
    expect(parseScenarioDocument(printScenario(document))).toEqual(document)
  })
})

describe('a metric of the fluent form', () => {
  test('is the same data', () => {
    const { document } = scenarioBuilder('s')
      .metric('deploy/web', 'cpu', [
        ['0s', '100m'],
        ['2m', 0.4],
      ])
      .metric('deployment/web', 'cpu', '50m', { container: 'app', shared: true })
      .metric(
        'external',
        'queue',
        [
          [0, 20],
          ['5m', 200],
        ],
        { linear: true },
      )
    expect(document.metrics?.map(formatMetric)).toEqual([
      'deployment/web cpu 100m from 2m 400m',
      'deployment/web container app cpu 50m shared',
      'external queue 20 to 200 at 5m',
    ])
  })

  test('is refused in words', () => {
    const builder = scenarioBuilder('s')
    const acts = [
      () => builder.metric('web', 'cpu', 1),
      () => builder.metric('deployment/web', 'cpu', 'lots'),
      () => builder.metric('deployment/web', 'cpu', []),
      () => builder.metric('deployment/web', 'cpu', [['1m', 5]]),
      () =>
        builder.metric('deployment/web', 'cpu', [
          ['0s', 5],
          ['0s', 6],
        ]),
    ]
    expect(acts.map(refusalOf).join('\n')).toMatchInlineSnapshot(`
      "metric: "web \\"cpu\\" 0", column 1: expected a workload such as deployment/web, an object such as ingress/main, or external, got "web"
      metric: expected a value such as 100m, 50Mi or 20, got "lots"
      metric: expected at least one value, got none
      metric: expected the first value to be of the beginning, 0
      metric: expected values in order of time, each at an instant of its own"
    `)
  })
})

const SHOP = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: app, image: app:1, resources: { requests: { cpu: 200m } } } ] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 8
  metrics:
    - { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } }
    - { type: External, external: { metric: { name: queue }, target: { type: AverageValue, averageValue: 5 } } }
`

describe('a metric of a plan', () => {
  const planned = (...lines: readonly string[]) =>
    planTexts([{ name: 'shop.yaml', text: SHOP }], {
      metrics: lines.map(line => ({ ...parseMetric(line), where: '--metric' })),
    })

  test('is that of the object that is meant', () => {
    expect(planned('deploy/web cpu 100m', 'external queue 5').plan?.metrics).toEqual([
      { target: 'Deployment/default/web', name: 'cpu', of: 'each', points: [{ from: 0, value: 100 }] },
      { name: 'queue', of: 'each', points: [{ from: 0, value: 5000 }] },
    ])
  })

  test('is asked for where nobody states it', () => {
    const notes = planned('external queue 5').plan?.assumptions.filter(({ subject }) => subject.startsWith('Horiz'))
    expect(notes).toEqual([
      {
        subject: 'HorizontalPodAutoscaler/default/web',
        text: 'nobody says what cpu of deployment/web is, so it scales nothing by it (metrics: "deployment/web cpu VALUE")',
      },
    ])
    expect(buildPlan([]).metrics).toBeUndefined()
  })

  test('is refused where nobody reads it', () => {
    const lines = [
      ['deployment/web cp 5'],
      ['deployment/wob cpu 5'],
      ['shop/deployment/web cpu 5'],
      ['deployment/web container app cpu 5'],
      ['external queues 5'],
      ['deployment/web cpu 5', 'deploy/web cpu 6'],
    ]
    expect(
      lines.map(each => planned(...each).problems.map(({ message }) => message)).join('\n'),
    ).toMatchInlineSnapshot(`
      "--metric: no HorizontalPodAutoscaler reads cp of deployment/web
        hint: the nearest that one reads is cpu of deployment/web
      --metric: no HorizontalPodAutoscaler reads cpu of deployment/wob
        hint: the nearest that one reads is cpu of deployment/web
      --metric: no HorizontalPodAutoscaler reads cpu of shop/deployment/web
        hint: the nearest that one reads is cpu of deployment/web
      --metric: no HorizontalPodAutoscaler reads cpu of container app of deployment/web
        hint: they read cpu of deployment/web, the external metric queue
      --metric: no HorizontalPodAutoscaler reads the external metric queues
        hint: the nearest that one reads is the external metric queue
      --metric: expected cpu of deployment/web once, got it twice"
    `)
  })
})
