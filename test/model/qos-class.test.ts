import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type PodSpec, qosClassOf } from '../../src/model/index.js'

interface Case {
  readonly id: string
  readonly input: { readonly pod: { readonly spec?: PodSpec }; readonly podLevelResourcesEnabled?: boolean }
  readonly expected: { readonly qosClass: string }
}

const TABLE = new URL('../../../shared/conformance/tables/qos.json', import.meta.url)

describe("the cases of Kubernetes' own tests", () => {
  if (!existsSync(TABLE)) {
    test.skip('../shared/conformance/tables/qos.json is missing: its cases are not checked', () => {})
    return
  }
  const { cases } = JSON.parse(readFileSync(TABLE, 'utf8')) as { cases: Case[] }
  // The others read the class off the status.
  const computed = cases.flatMap(({ id, input, expected }) => {
    const { pod, podLevelResourcesEnabled: podLevelResources = false } = input
    return pod.spec === undefined ? [] : [[id, pod.spec, podLevelResources, expected.qosClass] as const]
  })
  test.each(computed)('%s', (_, spec, podLevelResources, qosClass) => {
    expect(qosClassOf(spec, { podLevelResources })).toBe(qosClass)
  })
})

describe('qosClassOf', () => {
  const full = { cpu: '1', memory: '1Gi' }
  const container = (requests?: object, limits?: object) =>
    ({ name: 'app', image: 'app:1', resources: { requests, limits } }) as PodSpec['containers'][number]

  test('init containers count', () => {
    expect(qosClassOf({ containers: [container(full, full)], initContainers: [container()] })).toBe('Burstable')
    expect(qosClassOf({ containers: [container()], initContainers: [container({ cpu: '1m' })] })).toBe('Burstable')
  })

  test('only CPU and memory above zero count', () => {
    expect(qosClassOf({ containers: [container({ 'ephemeral-storage': '1Gi' })] })).toBe('BestEffort')
    expect(qosClassOf({ containers: [container({ cpu: '0' })] })).toBe('BestEffort')
  })

  test('equal amounts may be written differently', () => {
    expect(qosClassOf({ containers: [container({ cpu: '1000m', memory: '1024Mi' }, full)] })).toBe('Guaranteed')
  })

  test('resources of the pod count from the release that has them', () => {
    const spec = { containers: [container()], resources: { requests: full, limits: full } }
    expect(qosClassOf(spec)).toBe('BestEffort')
    expect(qosClassOf(spec, { podLevelResources: true })).toBe('Guaranteed')
  })
})
