import { expect, test } from 'vitest'
import { resolvePlainScalar, resolveTaggedScalar } from '../../src/manifest/resolve-scalar.js'

test.each<[string, string | number | boolean | null]>([
  ['', null],
  ['~', null],
  ['Null', null],
  ['nULL', 'nULL'],
  ['yes', true],
  ['Y', true],
  ['ON', true],
  ['oN', 'oN'],
  ['off', false],
  ['n', false],
  ['True', true],
  ['12', 12],
  ['-12', -12],
  ['+12', 12],
  ['-0', 0],
  ['0755', 493],
  ['0o755', 493],
  ['08', 8],
  ['0x1F', 31],
  ['0b101', 5],
  ['1_000', 1000],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1e999', '1e999'],
  ['._5', '._5'],
  ['1:30', '1:30'],
  ['1.2.3', '1.2.3'],
  ['0x', '0x'],
  ['-', '-'],
  ['2025-01-01', '2025-01-01'],
  ['18446744073709551615', 2 ** 64],
  ['app:1', 'app:1'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
])('%j without quotes stands for %j', (text, value) => {
  expect(resolvePlainScalar(text)).toEqual({ value })
})

test.each([
  ['.inf', '+Inf'],
  ['-.INF', '-Inf'],
  ['.NaN', 'NaN'],
])('%s has no JSON', (text, name) => {
  expect(resolvePlainScalar(text)).toEqual({ problem: `json: unsupported value: ${name}` })
})

test.each([
  ['!!str', '12', { value: '12' }],
  ['tag:yaml.org,2002:str', 'yes', { value: 'yes' }],
  ['!!int', '3', { value: 3 }],
  ['!!float', '3', { value: 3 }],
  ['!!bool', 'on', { value: true }],
  ['!!null', '~', { value: null }],
  ['!mine', 'x', { value: 'x' }],
  ['!!timestamp', '2025-01-01', { value: '2025-01-01' }],
  ['!!binary', 'aMOp\n bGxv', { value: 'héllo' }],
])('%s %j', (tag, text, expected) => {
  expect(resolveTaggedScalar(tag.replace('!!', 'tag:yaml.org,2002:'), text)).toEqual(expected)
})

test('a tag that does not fit is refused', () => {
  const problems = [
    ['int', 'x'],
    ['bool', '1'],
    ['binary', '*'],
    ['binary', '/w=='],
  ].map(([name, text]) => resolveTaggedScalar(`tag:yaml.org,2002:${name}`, text))
  expect(problems).toMatchInlineSnapshot(`
    [
      {
        "problem": "cannot decode !!str \`x\` as a !!int",
      },
      {
        "problem": "cannot decode !!int \`1\` as a !!bool",
      },
      {
        "problem": "!!binary value contains invalid base64 data",
      },
      {
        "problem": "!!binary value is not UTF-8",
      },
    ]
  `)
})
