import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { objectsToJson, objectsToYaml, toYaml } from '../../src/kubectl/index.js'
import type { Pod } from '../../src/model/index.js'

const POD: Pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [] } }

describe('toYaml', () => {
  test('sorts keys and sets lists at the column of their key', () => {
    const value = {
      spec: { containers: [{ name: 'app', args: ['-v', ['a', []]], env: [] }], b: {} },
      kind: 'Pod',
      x: undefined,
    }
    expect(toYaml(value)).toMatchInlineSnapshot(`
      "kind: Pod
      spec:
        b: {}
        containers:
        - args:
          - -v
          - - a
            - []
          env: []
          name: app
      "
    `)
  })

  test.each([
    ['plain', 'plain'],
    ['two words', 'two words'],
    ['http://a:80/b', 'http://a:80/b'],
    ['a#b', 'a#b'],
    ['<none>', '<none>'],
    ['', '""'],
    ['true', '"true"'],
    ['yes', '"yes"'],
    ['N', '"N"'],
    ['null', '"null"'],
    ['~', '"~"'],
    ['8080', '"8080"'],
    ['1.5', '"1.5"'],
    ['1e3', '"1e3"'],
    ['0x1F', '"0x1F"'],
    ['1_000', '"1_000"'],
    ['12:30', '"12:30"'],
    ['2025-01-01T00:00:00Z', '"2025-01-01T00:00:00Z"'],
    ['2025-01-01', '"2025-01-01"'],
    ['10.0.0.1', '10.0.0.1'],
    ['100m', '100m'],
    ['- a', "'- a'"],
    ['-a', '-a'],
    ['a: b', "'a: b'"],
    ['a:', "'a:'"],
    ['a #b', "'a #b'"],
    ['*', "'*'"],
    ['{}', "'{}'"],
    ["it's: so", "'it''s: so'"],
    [' a', "' a'"],
    ['a\tb', '"a\\tb"'],
    ['\u001b[31m', '"\\e[31m"'],
    ['\u202e', '"\\u202E"'],
    ['😀', '"\\U0001F600"'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\nb\n', '|\n  a\n  b'],
    ['a\n\n', '|+\n  a\n'],
    ['  a\nb', '|2-\n    a\n  b'],
    ['a \nb', '"a \\nb"'],
    ['a\nb ', '"a\\nb "'],
    ['a\n\tb', '"a\\n\\tb"'],
  ])('writes %j as kubectl does', (text, written) => {
    expect(toYaml({ key: text })).toBe(`key: ${written}\n`)
  })

  test('breaks long lines at the first space after column 80', () => {
    const message = `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {a: b} of the owner`
    expect(toYaml({ status: { conditions: [{ message }] } })).toMatchInlineSnapshot(`
      "status:
        conditions:
        - message: '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated
            taint {a: b} of the owner'
      "
    `)
    expect(toYaml({ message: 'word '.repeat(30).trim() })).toMatchInlineSnapshot(`
      "message: word word word word word word word word word word word word word word word
        word word word word word word word word word word word word word word word
      "
    `)
    expect(toYaml({ message: `\u0007 ${'word '.repeat(20).trim()}` })).toMatchInlineSnapshot(`
      "message: "\\a word word word word word word word word word word word word word word
        word word word word word word"
      "
    `)
  })

  test('sorts keys with numbers by their value', () => {
    expect(Object.keys(parse(toYaml({ a10: 1, a9: 1, 'a-b': 1, ab: 1, a: 1 })))).toEqual([
      'a',
      'a-b',
      'a9',
      'a10',
      'ab',
    ])
  })

  test('is read back as the same value by a YAML 1.1 reader', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.string({
        unit: fc.constantFrom(' ', '\n', '\t', "'", '"', ':', '#', '-', 'a', '1', '\\', '\u001b', 'é'),
        maxLength: 120,
      }),
      fc.constantFrom('yes', 'off', '0o17', '1:20', '.5', '-.inf', '0b1', '---', '...', '2001-1-1', '+12', '1e', '? a'),
    )
    const { value } = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(value, written => {
        expect(parse(toYaml(written), { version: '1.1', uniqueKeys: false })).toEqual(written)
      }),
    )
  })
})

describe('objects', () => {
  test('are a document by themselves, or a List', () => {
    expect(objectsToYaml([POD])).toMatchInlineSnapshot(`
      "apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        containers: []
      "
    `)
    expect(objectsToYaml([POD, POD])).toMatchInlineSnapshot(`
      "apiVersion: v1
      items:
      - apiVersion: v1
        kind: Pod
        metadata:
          name: web
        spec:
          containers: []
      - apiVersion: v1
        kind: Pod
        metadata:
          name: web
        spec:
          containers: []
      kind: List
      metadata:
        resourceVersion: ""
      "
    `)
    expect(objectsToYaml([])).toMatchInlineSnapshot(`
      "apiVersion: v1
      items: []
      kind: List
      metadata:
        resourceVersion: ""
      "
    `)
  })

  test('as JSON have four spaces, sorted keys and the escapes of Go', () => {
    const odd = { ...POD, metadata: { name: 'a<b>&\u009b' } }
    expect(objectsToJson([odd])).toMatchInlineSnapshot(`
      "{
          "apiVersion": "v1",
          "kind": "Pod",
          "metadata": {
              "name": "a\\u003cb\\u003e\\u0026\\u009b"
          },
          "spec": {
              "containers": []
          }
      }
      "
    `)
  })
})
