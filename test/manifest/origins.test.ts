import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LoadedObject } from '../../src/manifest/index.js'
import type { Pod } from '../../src/model/index.js'
import { load, podText } from './manifests.js'

function placeOf({ fieldOrigin }: LoadedObject, path: string): string | undefined {
  const origin = fieldOrigin(path.split('.').map(part => (/^\d+$/.test(part) ? Number(part) : part)))
  return origin && `${origin.line}:${origin.column}`
}

test('a field is where its key is, an element where it begins', () => {
  const [pod] = load(`\n\n${podText('p', '    command:\n    - sleep\n    - "5"\n')}`).objects
  expect(pod.origin).toEqual({ file: 'f.yaml', line: 3, column: 1 })
  expect(placeOf(pod, 'spec.containers')).toBe('8:3')
  expect(placeOf(pod, 'spec.containers.0')).toBe('9:5')
  expect(placeOf(pod, 'spec.containers.0.image')).toBe('10:5')
  expect(placeOf(pod, 'spec.containers.0.command.1')).toBe('13:7')
})

test('a default is nowhere', () => {
  const [pod] = load(podText()).objects
  expect(placeOf(pod, 'spec.restartPolicy')).toBeUndefined()
  expect(placeOf(pod, 'spec.containers.1')).toBeUndefined()
  expect(placeOf(pod, 'metadata.name.x')).toBeUndefined()
})

test('fields by way of aliases and merges are where they were written', () => {
  const text = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
  - &first
    name: a
    image: app:1
    args: &args [x, z]
  - <<: *first
    name: b
  - <<: [{args: *args}, *first]
    name: c
    args: *args
`
  const [pod] = load(text).objects
  const { containers } = (pod.object as Pod).spec
  expect(containers.map(({ name, image, args }) => `${name} ${image} ${args?.join()}`)).toEqual([
    'a app:1 x,z',
    'b app:1 x,z',
    'c app:1 x,z',
  ])
  expect(placeOf(pod, 'spec.containers.1.name')).toBe('11:5')
  expect(placeOf(pod, 'spec.containers.1.image')).toBe('8:5')
  expect(placeOf(pod, 'spec.containers.2.args.1')).toBe('9:21')
  expect(placeOf(pod, 'spec.containers.2.image')).toBe('8:5')
})

test('places in JSON and after Windows line ends are exact', () => {
  const json =
    '{"apiVersion":"v1",\n"kind":"Pod","metadata":{"name":"p"},\n  "spec":{"containers":[{"name":"a","image":"a:1"}]}}'
  expect(placeOf(load(json).objects[0], 'spec.containers.0.image')).toBe('3:37')
  expect(placeOf(load(podText().replace(/\n/g, '\r\n')).objects[0], 'spec.containers.0.image')).toBe('8:5')
})

test('places of all documents are those in the file, however much stands between them', () => {
  const noise = fc
    .array(fc.constantFrom('\n', '# é 😀\n', '---\n', '\r\n'), { maxLength: 8 })
    .map(parts => parts.join(''))
  fc.assert(
    fc.property(noise, noise, (before, between) => {
      const text = `${before}---\n${podText('p')}${between}---\n${podText('q')}`
      const lines = text.split('\n')
      for (const loaded of load(text).objects) {
        const line = Number(placeOf(loaded, 'metadata.name')?.split(':')[0])
        expect(lines[line - 1]).toBe(`  name: ${loaded.object.metadata.name}`)
      }
      expect(load(text).objects).toHaveLength(2)
    }),
    { numRuns: 50 },
  )
})
