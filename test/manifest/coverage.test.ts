import { describe, expect, test } from 'vitest'
import { type FieldType, isReadKind, structOf } from '../../src/api/index.js'
import { COVERAGE } from '../../src/manifest/coverage-table.js'
import { KINDS, type Kind } from '../../src/model/index.js'
import { load, podText } from './manifests.js'

/** The fields of the objects in a text, as lines. */
function coverageOf(text: string): string {
  const { coverage, problems } = load(text)
  expect(problems).toEqual([])
  const lines = coverage.flatMap(({ kind, name, fields }) => [
    `${kind} ${name}`,
    ...fields.map(({ path, coverage: kind, reason, origin }) =>
      [`  ${kind}`, path, ...(reason === undefined ? [] : [`(${reason}) at ${origin?.line}:${origin?.column}`])].join(
        ' ',
      ),
    ),
  ])
  return `\n${lines.join('\n')}\n`
}

const words = (list: string | undefined): string[] => list?.split(' ') ?? []

describe('the table', () => {
  const rows = Object.entries(COVERAGE).map(([name, row]) => ({ name, struct: name.replace(/^.*\//, ''), row }))

  test('classifies every field of its structs exactly once', () => {
    for (const { name, struct, row } of rows) {
      const classified = [
        ...[row.modelled, row.noEffect, row.inside].flatMap(words),
        ...Object.keys(row.unmodelled ?? {}),
      ]
      expect(classified.sort(), name).toEqual([...structOf(struct).keys()].sort())
    }
  })

  test('has a row for every struct it looks into, and for no other', () => {
    const elementOf = (type: FieldType): FieldType => (type.kind === 'list' ? elementOf(type.element) : type)
    const reached = new Set<string>(Object.keys(KINDS).filter(isReadKind))
    const open: [Kind, string][] = Object.keys(KINDS)
      .filter(isReadKind)
      .flatMap(kind => [
        [kind, kind],
        ...KINDS[kind].alsoServed.map((each): [Kind, string] => [kind, `${kind}@${each}`]),
      ])
    const used = new Set<string>()
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [kind, struct] = next
      const key = COVERAGE[`${kind}/${struct}`] === undefined ? struct : `${kind}/${struct}`
      used.add(key)
      expect(COVERAGE[key], key).toBeDefined()
      for (const field of words(COVERAGE[key].inside)) {
        const type = elementOf(structOf(struct).get(field)?.type as FieldType)
        if (type.kind !== 'struct') throw new Error(`${struct}.${field} is no struct`)
        if (reached.has(`${kind}/${type.struct}`)) continue
        reached.add(`${kind}/${type.struct}`)
        open.push([kind, type.struct])
      }
    }
    expect([...used].sort()).toEqual(Object.keys(COVERAGE).sort())
  })
})

describe('the coverage of an object', () => {
  test('names the fields that are given, not the defaults', () => {
    expect(coverageOf(podText('p', '    env: [{name: A, value: b}]\n  restartPolicy: Never\n'))).toMatchInlineSnapshot(`
      "
      Pod p
        modelled kind
        modelled apiVersion
        modelled metadata.name
        modelled spec.containers[0].name
        modelled spec.containers[0].image
        noEffect spec.containers[0].env[0].name
        noEffect spec.containers[0].env[0].value
        modelled spec.restartPolicy
      "
    `)
  })

  test('tells with place and reason what a cluster would do otherwise', () => {
    const text = podText(
      'p',
      `    resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]
    volumeMounts: [{name: v, mountPath: /v}]
  priorityClassName: high
  schedulerName: default-scheduler
  topologySpreadConstraints:
  - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
  affinity:
    nodeAffinity:
      preferredDuringSchedulingIgnoredDuringExecution: []
    podAffinity: {}
    podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}
  volumes:
  - name: v
    persistentVolumeClaim: {claimName: c}
`,
    )
    expect(coverageOf(text)).toMatchInlineSnapshot(`
      "
      Pod p
        modelled kind
        modelled apiVersion
        modelled metadata.name
        noEffect spec.volumes[0].name
        modelled spec.volumes[0].persistentVolumeClaim
        modelled spec.containers[0].name
        modelled spec.containers[0].image
        unmodelled spec.containers[0].resizePolicy (containers are not resized in place) at 9:5
        noEffect spec.containers[0].volumeMounts
        modelled spec.affinity.nodeAffinity
        modelled spec.affinity.podAffinity
        modelled spec.affinity.podAntiAffinity
        noEffect spec.schedulerName
        modelled spec.priorityClassName
        modelled spec.topologySpreadConstraints
      "
    `)
  })

  test('knows the fields that a workload’s controller acts on', () => {
    const text = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  replicas: 3
  updateStrategy: {type: OnDelete}
  serviceName: web
  minReadySeconds: 5
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      schedulerName: mine
      containers:
      - {name: a, image: "app:1"}
`
    expect(coverageOf(text)).toMatchInlineSnapshot(`
      "
      StatefulSet web
        modelled kind
        modelled apiVersion
        modelled metadata.name
        modelled spec.replicas
        modelled spec.selector
        modelled spec.template.metadata.labels
        modelled spec.template.spec.containers[0].name
        modelled spec.template.spec.containers[0].image
        unmodelled spec.template.spec.schedulerName (every pod is scheduled by default-scheduler) at 13:7
        modelled spec.serviceName
        modelled spec.updateStrategy
        modelled spec.minReadySeconds
      "
    `)
  })

  test('counts the fields of a workload that a controller runs as modelled', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy: {type: Recreate}
  minReadySeconds: 5
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      schedulerName: mine
      containers:
      - {name: a, image: "app:1"}
`
    expect(coverageOf(text)).toMatchInlineSnapshot(`
      "
      Deployment web
        modelled kind
        modelled apiVersion
        modelled metadata.name
        modelled spec.replicas
        modelled spec.selector
        modelled spec.template.metadata.labels
        modelled spec.template.spec.containers[0].name
        modelled spec.template.spec.containers[0].image
        unmodelled spec.template.spec.schedulerName (every pod is scheduled by default-scheduler) at 12:7
        modelled spec.strategy
        modelled spec.minReadySeconds
      "
    `)
  })

  test('depends on the kind where the same field does', () => {
    const text = `apiVersion: v1
kind: Node
metadata: {name: node, labels: {zone: a}, ownerReferences: []}
spec: {unschedulable: true}
status: {allocatable: {cpu: 4}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, labels: {zone: a}}
data: {a: b}
`
    expect(coverageOf(text)).toMatchInlineSnapshot(`
      "
      Node node
        modelled kind
        modelled apiVersion
        modelled metadata.name
        modelled metadata.labels
        noEffect metadata.ownerReferences
        modelled spec.unschedulable
        modelled status.allocatable
      ConfigMap c
        modelled kind
        modelled apiVersion
        modelled metadata.name
        modelled metadata.labels
        modelled data
      "
    `)
  })
})
