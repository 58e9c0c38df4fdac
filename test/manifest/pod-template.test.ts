import { expect, test } from 'vitest'
import { podTemplateOf } from '../../src/manifest/index.js'
import { load } from './manifests.js'

const SPEC = '{restartPolicy: Never, containers: [{name: a, image: "app:1"}]}'

function jobReplicas(fields: string): number | undefined {
  const [job] = load(
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {${fields} template: {spec: ${SPEC}}}`,
  ).objects
  return podTemplateOf(job.object)?.replicas
}

test('a Job asks for no more pods than it has completions left', () => {
  expect(jobReplicas('')).toBe(1)
  expect(jobReplicas('parallelism: 3, completions: 2,')).toBe(2)
  expect(jobReplicas('parallelism: 3, completions: 9,')).toBe(3)
  expect(jobReplicas('parallelism: 3,')).toBe(3)
  expect(jobReplicas('suspend: true, parallelism: 3,')).toBe(0)
})

test('the template of a CronJob is further in', () => {
  const text = `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec: {schedule: "@daily", jobTemplate: {spec: {template: {spec: ${SPEC}}}}}`
  const view = podTemplateOf(load(text).objects[0].object)
  expect(view).toMatchObject({ replicas: 1, path: ['spec', 'jobTemplate', 'spec', 'template'] })
  expect(view?.template.spec.containers[0].image).toBe('app:1')
})

test('how many pods a DaemonSet has depends on the nodes; other objects have none', () => {
  const spec =
    '{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: "app:1"}]}}}'
  const kinds = ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']
  const documents = kinds.map(kind => `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: w}\nspec: ${spec}\n`)
  const { objects } = load(`${documents.join('---\n')}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: w}\n`)
  expect(objects.map(({ object }) => podTemplateOf(object)?.replicas)).toEqual([undefined, 1, 1, 1, undefined])
  expect(objects.map(({ object }) => podTemplateOf(object)?.owner.kind)).toEqual([...kinds, undefined])
})
