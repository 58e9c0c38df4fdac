import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConfigMap } from '../../src/model/index.js'
import { load, outcome, podText } from './manifests.js'

const HEAD = 'apiVersion: v1\nkind: Pod\nmetadata: '
const MIB = 1024 * 1024

/** Text like the document of a list of lists of … lists. */
const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth)

describe('inputs that are made to hurt', () => {
  test('are refused with the limit they exceed', () => {
    const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]']
    for (let i = 1; i < 13; i++) bomb.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join()}]`)
    const texts = {
      'lists in lists': HEAD + nested('[', ']', 100_000),
      'lists that do not end': HEAD + '['.repeat(100_000),
      'maps in maps': HEAD + nested('{a: ', '}', 20_000),
      'dashes on one line': '- '.repeat(20_000),
      'maps by indentation': Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'JSON in JSON': `{"apiVersion":"v1","kind":"Pod","metadata":${nested('[', ']', 20_000)}}`,
      'aliases of aliases': `apiVersion: v1\nkind: Pod\n${bomb.join('\n')}`,
      'an alias of itself': `${HEAD}&m {a: *m}`,
      'a merge of itself': `${HEAD}&m {<<: *m}`,
      'a large document': `${podText()}  # ${'x'.repeat(9 * MIB)}`,
      'a large input': `${podText()}---\n${'#\n'.repeat(17 * MIB)}`,
    }
    const shown = Object.entries(texts).map(([name, text]) => `${name}:${outcome(load(text))}`)
    expect(shown.join('')).toMatchInlineSnapshot(`
      "lists in lists:
      INPUT_TOO_LARGE f.yaml:3:260: expected maps and lists at most 250 deep, got more
      lists that do not end:
      INPUT_TOO_LARGE f.yaml:3:260: expected maps and lists at most 250 deep, got more
      maps in maps:
      INPUT_TOO_LARGE f.yaml:3:1007: expected maps and lists at most 250 deep, got more
      dashes on one line:
      INPUT_TOO_LARGE f.yaml:1:501: expected maps and lists at most 250 deep, got more
      maps by indentation:
      INPUT_TOO_LARGE f.yaml:251:251: expected maps and lists at most 250 deep, got more
      JSON in JSON:
      INPUT_TOO_LARGE f.yaml:1:293: expected maps and lists at most 250 deep, got more
      aliases of aliases:
      INPUT_TOO_LARGE f.yaml:7:38: expected at most 100000 values by way of aliases, got more: document contains excessive aliasing
      an alias of itself:
      YAML_SYNTAX f.yaml:3:18: yaml: anchor 'm' value contains itself
      a merge of itself:
      YAML_SYNTAX f.yaml:3:19: yaml: anchor 'm' value contains itself
      a large document:
      INPUT_TOO_LARGE f.yaml:1:1: expected a document of at most 8 MiB, got more
      a large input:
      INPUT_TOO_LARGE f.yaml:1:1: expected an input of at most 32 MiB, got more
      "
    `)
  })

  test('of many documents, keys and elements are read all the same', () => {
    const pods = Array.from({ length: 1000 }, (_, i) => podText(`p${i}`)).join('---\n')
    expect(load(pods).objects).toHaveLength(1000)
    const labels = Array.from({ length: 5000 }, (_, i) => `    l${i}: x\n`).join('')
    expect(load(podText().replace('spec:', `  labels:\n${labels}spec:`)).problems).toEqual([])
    const env = Array.from({ length: 5000 }, (_, i) => `    - name: E${i}\n`).join('')
    expect(load(podText('p', `    env:\n${env}`)).problems).toEqual([])
  })

  test('do not reach the prototypes', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {__proto__: a, constructor: b, toString: c}'
    const { data } = load(text).objects[0].object as ConfigMap
    expect(Object.entries(data ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
    ])
    expect(Object.getPrototypeOf({})).not.toHaveProperty('a')
    expect(outcome(load(`${HEAD}{name: p}\n__proto__: {polluted: true}\n`))).toMatchInlineSnapshot(`
      "
      MANIFEST_DECODING f.yaml:4:1: Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "__proto__"
        hint: a Pod has kind, apiVersion, metadata, spec, status
      "
    `)
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('any text', () => {
  const words = [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    'name: p',
    'spec:',
    'containers:',
    'image: x',
    '- ',
    '  ',
    '\n',
    '\n  ',
    '---\n',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a ',
    '*a',
    '<<: ',
    '# ',
    '|',
    '>',
    '\t',
    '!!int ',
    '? ',
    '%',
    '\u2028',
    'é',
  ]
  const soup = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map(parts => parts.join(''))

  test('is answered with objects and located problems', () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 200 })), text => {
        for (const { where, problem } of load(text).problems) {
          expect(where).toMatchObject({ file: 'f.yaml', line: expect.any(Number), column: expect.any(Number) })
          expect(problem).not.toBe('')
        }
      }),
      { numRuns: 500 },
    )
  })

  test('that is a pod with something changed is a pod or has a problem', () => {
    const good = podText('p', '    ports:\n    - containerPort: 80\n    livenessProbe: {httpGet: {port: 80}}\n')
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(5), fc.constantFrom(...words, ''))
    fc.assert(
      fc.property(change, ([at, length, replacement]) => {
        const { objects, problems, skipped } = load(good.slice(0, at) + replacement + good.slice(at + length))
        expect(objects.length + problems.length + skipped.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})
