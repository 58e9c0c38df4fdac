import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { offsetOfMistake } from '../../src/conformance/json-mistake.js'

describe('the first mistake in a text that is no JSON', () => {
  test.for([
    ['{\n  "runs": [,]\n}', 13],
    ['[1, 2', 5],
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['{} x', 3],
    ['[}', 1],
    ['{]', 1],
    ['"a\nb"', 0],
    ['nul', 0],
    ['', 0],
    ['[01]', 2],
  ] as const)('%j: %i', ([text, offset]) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(offsetOfMistake(text)).toBe(offset)
  })

  property.prop([fc.json()])('is what follows a whole value', json => {
    expect(offsetOfMistake(`${json} ${json}`)).toBe(json.length + 1)
    expect(offsetOfMistake(`[${json},]`)).toBe(json.length + 2)
    expect(offsetOfMistake(`{"a":${json}`)).toBe(json.length + 5)
  })
})
