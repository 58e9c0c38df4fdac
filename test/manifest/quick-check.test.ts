import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDocument } from '../../src/manifest/parse-document.js'
import { isPlainlyValid } from '../../src/manifest/quick-check.js'

const SAMPLE = `# A document as generators write them.
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  annotations: {}
  labels:
    app.kubernetes.io/name: "crd"   # quoted
    'other': it's
spec:
  names: [a, 'b', "c"]
  versions:
  - name: v1
    served: true
    schema:
      openAPIV3Schema:
        description: |-
          Text: with colons, # hashes
            and indentation

          - and dashes
        properties:
          spec:
            description: a text that goes on
              in the next line
            required:
            - a
            - b
            x-list:
              - - nested
                - list
              -
                c: d
            pattern: "^a\\\\d+$"
            long: "a quoted text
              that goes on"
            folded: >
              one
              two
            empty:
            default: null
  - name: v2
    url: http://example.com:80/a
`

const isValid = (text: string): boolean => {
  try {
    parseDocument({ file: 'f.yaml', text, linesBefore: 0, isJson: false })
    return true
  } catch {
    return false
  }
}

test('a document as generators write them is valid at a glance', () => {
  expect(isPlainlyValid(SAMPLE)).toBe(true)
  expect(isPlainlyValid(SAMPLE.replace(/\n/g, '\r\n'))).toBe(true)
  expect(isPlainlyValid('')).toBe(true)
})

test.each([
  ['a key twice', 'a: 1\nb: 2\na: 3\n'],
  ['a key twice further in', 'a:\n  b: 1\n  b: 2\n'],
  ['a merge', 'a: &a {b: 1}\nc:\n  <<: *a\n'],
  ['a tab', 'a:\n\tb: 1\n'],
  ['two colons', 'a: b: c\n'],
  ['an open quote', 'a: "b\n'],
  ['an open list', 'a: [b\n'],
  ['a key under a text', 'a: b\n  c: d\n'],
  ['a list under a text', 'a: b\n- c\n'],
  ['a step back to nowhere', 'a:\n    b: 1\n  c: 2\n'],
  ['a text without a key', 'a: 1\nb\n'],
  ['a tag', 'a: !!int x\n'],
  ['a directive', '%YAML 1.2\na: 1\n'],
  ['a template', 'a: {{ .b }}\n'],
  ['a key twice, in quotes', 'a: 1\n"a": 2\n'],
  ['a key that may be no text', 'null: 1\n'],
  ['infinity', 'a: .inf\n'],
  ['a bad escape', 'a: "\\$"\n'],
  ['a text that begins further in', 'a: |\n    \n  b\n'],
  ['a text at the column of its key', 'a:\nb\n'],
  ['a comment without a space', 'a: "b"#c\n'],
  ['a return alone', 'a: b\rc: d\n'],
])('%s is left to the parser', (_, text) => {
  expect(isPlainlyValid(text)).toBe(false)
})

test('what is valid at a glance is valid', () => {
  const marks = [
    '\n',
    '  ',
    '- ',
    ': ',
    '#',
    ' #',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '|',
    '>-',
    '\t',
    ',',
    '\r',
    '\\',
    '%',
    '@',
    '?',
    '',
  ]
  const words = [
    'a: ',
    'b',
    '&a',
    '*a',
    '!t',
    '...',
    '---',
    'y: ',
    'null: ',
    '.inf',
    '"name": ',
    "'kind': ",
    '<<: ',
    '\n    name: 1',
  ]
  const pieces = [...marks, ...words]
  const change = fc.record({ at: fc.nat(SAMPLE.length), length: fc.nat(12), piece: fc.constantFrom(...pieces) })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
      let text = SAMPLE
      for (const { at, length, piece } of changes) text = text.slice(0, at) + piece + text.slice(at + length)
      if (isPlainlyValid(text)) expect(isValid(text), text).toBe(true)
    }),
    { numRuns: 3000 },
  )
})
