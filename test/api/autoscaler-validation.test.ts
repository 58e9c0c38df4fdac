import { describe, expect, test } from 'vitest'
import { decodeObject, defaultObject } from '../../src/api/index.js'
import { answersToSpecs, answerTo, type Json } from './answers.js'

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
const utilization = { type: 'Utilization', averageUtilization: 50 }

/** The object of a manifest with its defaults. */
function defaulted(object: Json): unknown {
  const decoded = decodeObject('HorizontalPodAutoscaler', { kind: 'HorizontalPodAutoscaler', ...object })
  return decoded.error ?? defaultObject(decoded.object)
}

describe('the answers to autoscalers', () => {
  test('to their bounds and their target', () => {
    const changes = [
      {},
      { minReplicas: 0 },
      { minReplicas: 5, maxReplicas: 4 },
      { maxReplicas: 0 },
      { scaleTargetRef: { kind: '', name: '' } },
      { scaleTargetRef: { kind: 'a/b', name: '..' } },
      { scaleTargetRef: 'web' },
      { maxReplicas: 'many' },
    ]
    expect(
      answersToSpecs('HorizontalPodAutoscaler', { scaleTargetRef, maxReplicas: 10 }, changes),
    ).toMatchInlineSnapshot(`
      "
      {}
        valid
      {"minReplicas":0}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.minReplicas: Invalid value: 0: must be greater than or equal to 1, spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas]
      {"minReplicas":5,"maxReplicas":4}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.maxReplicas: Invalid value: 4: must be greater than or equal to \`minReplicas\`
      {"maxReplicas":0}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.maxReplicas: Invalid value: 0: must be greater than 0, spec.maxReplicas: Invalid value: 0: must be greater than or equal to \`minReplicas\`]
      {"scaleTargetRef":{"kind":"","name":""}}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.scaleTargetRef.kind: Required value, spec.scaleTargetRef.name: Required value]
      {"scaleTargetRef":{"kind":"a/b","name":".."}}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.scaleTargetRef.kind: Invalid value: "a/b": may not contain '/', spec.scaleTargetRef.name: Invalid value: "..": may not be '..']
      {"scaleTargetRef":"web"}
        json: cannot unmarshal string into Go struct field HorizontalPodAutoscalerSpec.spec.scaleTargetRef of type v2.CrossVersionObjectReference
      {"maxReplicas":"many"}
        json: cannot unmarshal string into Go struct field HorizontalPodAutoscalerSpec.spec.maxReplicas of type int32
      "
    `)
  })

  test('to their metrics', () => {
    const named = (source: string, target: Json, more: Json = {}): Json => ({
      type: source[0].toUpperCase() + source.slice(1),
      [source]: { metric: { name: 'queue' }, target, ...more },
    })
    const resource = (target: Json, more: Json = {}): Json => ({
      type: 'Resource',
      resource: { name: 'cpu', target, ...more },
    })
    const describedObject = { kind: 'Ingress', name: 'main' }
    const changes = [
      resource(utilization),
      resource({ type: 'Utilization' }),
      resource({ ...utilization, averageValue: '100m' }),
      resource({ type: 'Utilization', averageUtilization: 0 }),
      resource({ type: 'AverageValue', averageValue: '-1' }),
      resource({ type: 'Percent', averageUtilization: 50 }),
      resource(utilization, { name: '' }),
      { type: 'ContainerResource', containerResource: { name: 'gpu', container: 'App', target: utilization } },
      named('pods', { type: 'Value', value: '10' }),
      named('pods', { type: 'AverageValue', averageValue: '10' }, { metric: { name: 'a/b' } }),
      named('external', { type: 'Value', value: '10', averageValue: '5' }),
      named('external', { type: 'Value' }, { metric: { name: '' } }),
      named('object', { type: 'Value', value: '10' }, { describedObject }),
      named('object', { type: 'Value' }, { describedObject: { kind: '', name: 'main' } }),
      { type: 'Pods', resource: { name: 'cpu', target: utilization } },
      { type: 'Cpu', resource: { name: 'cpu', target: utilization } },
      {
        ...resource(utilization),
        pods: { metric: { name: 'q' }, target: { type: 'AverageValue', averageValue: '1' } },
      },
      {},
    ].map(metric => ({ metrics: [metric] }))
    expect(
      answersToSpecs('HorizontalPodAutoscaler', { scaleTargetRef, maxReplicas: 10 }, changes),
    ).toMatchInlineSnapshot(`
      "
      {"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}}}]}
        valid
      {"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization"}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization
      {"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50,"averageValue":"100m"}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].resource.target.averageValue: Forbidden: may not set both a target raw value and a target utilization
      {"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":0}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0
      {"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"AverageValue","averageValue":"-1"}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].resource.target.averageValue: Invalid value: resource.Quantity{i:resource.int64Amount{value:-1, scale:0}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"-1", Format:"DecimalSI"}: must be positive
      {"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Percent","averageUtilization":50}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].resource.target.type: Invalid value: "Percent": must be either Utilization, Value, or AverageValue
      {"metrics":[{"type":"Resource","resource":{"name":"","target":{"type":"Utilization","averageUtilization":50}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].resource.name: Required value: must specify a resource name
      {"metrics":[{"type":"ContainerResource","containerResource":{"name":"gpu","container":"App","target":{"type":"Utilization","averageUtilization":50}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.metrics[0].containerResource.name: Invalid value: gpu: must be a standard resource type or fully qualified, spec.metrics[0].containerResource.name: Invalid value: gpu: must be a standard resource for containers, spec.metrics[0].containerResource.container: Invalid value: "App": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')]
      {"metrics":[{"type":"Pods","pods":{"metric":{"name":"queue"},"target":{"type":"Value","value":"10"}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue
      {"metrics":[{"type":"Pods","pods":{"metric":{"name":"a/b"},"target":{"type":"AverageValue","averageValue":"10"}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].pods.metric.name: Invalid value: "a/b": may not contain '/'
      {"metrics":[{"type":"External","external":{"metric":{"name":"queue"},"target":{"type":"Value","value":"10","averageValue":"5"}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].external.target.value: Forbidden: may not set both a target value for metric and a per-pod target
      {"metrics":[{"type":"External","external":{"metric":{"name":""},"target":{"type":"Value"}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.metrics[0].external.metric.name: Required value: must specify a metric name, spec.metrics[0].external.target.averageValue: Required value: must set either a target value for metric or a per-pod target]
      {"metrics":[{"type":"Object","object":{"metric":{"name":"queue"},"target":{"type":"Value","value":"10"},"describedObject":{"kind":"Ingress","name":"main"}}}]}
        valid
      {"metrics":[{"type":"Object","object":{"metric":{"name":"queue"},"target":{"type":"Value"},"describedObject":{"kind":"","name":"main"}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.metrics[0].object.describedObject.kind: Required value, spec.metrics[0].object.target.averageValue: Required value: must set either a target value or averageValue]
      {"metrics":[{"type":"Pods","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].pods: Required value: must populate information for the given metric source
      {"metrics":[{"type":"Cpu","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].type: Unsupported value: "Cpu": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"
      {"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}},"pods":{"metric":{"name":"q"},"target":{"type":"AverageValue","averageValue":"1"}}}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.metrics[0].pods: Forbidden: must populate the given metric source only
      {"metrics":[{}]}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.metrics[0].type: Required value: must specify a metric source type, spec.metrics[0].type: Unsupported value: "": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"]
      "
    `)
  })

  test('to their behaviour', () => {
    const policy = { type: 'Pods', value: 1, periodSeconds: 60 }
    const changes = [
      { scaleUp: { policies: [policy] } },
      { scaleUp: { policies: [] } },
      { scaleUp: { stabilizationWindowSeconds: -1 }, scaleDown: { stabilizationWindowSeconds: 3601 } },
      { scaleUp: { selectPolicy: 'Most' } },
      {
        scaleDown: {
          policies: [
            { type: 'Nodes', value: 0, periodSeconds: 0 },
            { ...policy, periodSeconds: 1801 },
          ],
        },
      },
    ].map(behavior => ({ behavior }))
    expect(
      answersToSpecs('HorizontalPodAutoscaler', { scaleTargetRef, maxReplicas: 10 }, changes),
    ).toMatchInlineSnapshot(`
      "
      {"behavior":{"scaleUp":{"policies":[{"type":"Pods","value":1,"periodSeconds":60}]}}}
        valid
      {"behavior":{"scaleUp":{"policies":[]}}}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.behavior.scaleUp.policies: Required value: must specify at least one Policy
      {"behavior":{"scaleUp":{"stabilizationWindowSeconds":-1},"scaleDown":{"stabilizationWindowSeconds":3601}}}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: -1: must be greater than or equal to zero, spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600]
      {"behavior":{"scaleUp":{"selectPolicy":"Most"}}}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: spec.behavior.scaleUp.selectPolicy: Unsupported value: "Most": supported values: "Disabled", "Max", "Min"
      {"behavior":{"scaleDown":{"policies":[{"type":"Nodes","value":0,"periodSeconds":0},{"type":"Pods","value":1,"periodSeconds":1801}]}}}
        HorizontalPodAutoscaler.autoscaling "w" is invalid: [spec.behavior.scaleDown.policies[0].type: Unsupported value: "Nodes": supported values: "Percent", "Pods", spec.behavior.scaleDown.policies[0].value: Invalid value: 0: must be greater than zero, spec.behavior.scaleDown.policies[0].periodSeconds: Invalid value: 0: must be greater than zero, spec.behavior.scaleDown.policies[1].periodSeconds: Invalid value: 1801: must be less than or equal to 1800]
      "
    `)
  })
})

describe('what is filled in', () => {
  test('cpu at 80 % where no metric is named, and the rules that a behaviour leaves out', () => {
    const behavior = { scaleDown: { stabilizationWindowSeconds: 60 } }
    const spec = { scaleTargetRef, maxReplicas: 10, behavior }
    expect(defaulted({ metadata: { name: 'web' }, spec })).toMatchObject({
      spec: {
        minReplicas: 1,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
        ],
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: 'Max',
            policies: [
              { type: 'Pods', value: 4, periodSeconds: 15 },
              { type: 'Percent', value: 100, periodSeconds: 15 },
            ],
          },
          scaleDown: {
            stabilizationWindowSeconds: 60,
            selectPolicy: 'Max',
            policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
          },
        },
      },
    })
  })
})

describe('autoscaling/v1', () => {
  const first = (spec: Json, metadata: Json = {}): Json => ({
    apiVersion: 'autoscaling/v1',
    metadata: { name: 'web', namespace: 'default', ...metadata },
    spec: { scaleTargetRef, maxReplicas: 4, ...spec },
  })

  test('becomes autoscaling/v2: its percentage is a metric', () => {
    expect(defaulted(first({ targetCPUUtilizationPercentage: 60 }))).toMatchObject({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      spec: {
        minReplicas: 1,
        maxReplicas: 4,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
        ],
      },
    })
    expect(defaulted(first({}))).toMatchObject({
      spec: { metrics: [{ resource: { target: { averageUtilization: 80 } } }] },
    })
  })

  test('is told with the fields of its own version', () => {
    const metrics = { 'autoscaling.alpha.kubernetes.io/metrics': '[]' }
    const answers = [
      first({ targetCPUUtilizationPercentage: 0 }),
      first({ targetCPUUtilizationPercentage: 'half' }),
      first({ metrics: [] }),
      first({}, { annotations: metrics }),
    ].map(each => answerTo('HorizontalPodAutoscaler', each))
    expect(answers).toMatchInlineSnapshot(`
      [
        "HorizontalPodAutoscaler.autoscaling "web" is invalid: spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0",
        "json: cannot unmarshal string into Go struct field HorizontalPodAutoscalerSpec.spec.targetCPUUtilizationPercentage of type int32",
        "strict decoding error: unknown field "spec.metrics"",
        "expected no annotation autoscaling.alpha.kubernetes.io/metrics, got one",
      ]
    `)
  })
})
