import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { hashText } from '../../src/hash/index.js'
import { type ChoiceSource, Choices, choiceLabel } from '../../src/kernel/index.js'

const OBJECTS = ['Pod/default/web', 'Pod/default/db', 'Node/a']
const PATHS = { path: (object: number) => OBJECTS[object], hash: (object: number) => hashText(OBJECTS[object]) }
const JITTER = choiceLabel('jitter', 'the middle')
const PHASE = choiceLabel('phase', 'the beginning')

const choices = (source: ChoiceSource): Choices => new Choices(source, PATHS, true)

describe('choices', () => {
  test('are canonical without a seed', () => {
    const source = choices({})
    expect(source.isCanonical).toBe(true)
    expect(source.draw(JITTER, 0, 3, 5000, 2500)).toBe(2500)
    expect(source.recipe()).toBe('pw1:')
  })

  propertyTest.prop([fc.integer(), fc.nat(2), fc.nat(1_000_000), fc.integer({ min: 1, max: 100_000 })])(
    'of a seed depend on the address alone and stay in their range',
    (seed, object, n, range) => {
      const one = choices({ seed })
      const other = choices({ seed })
      for (let i = 0; i < 5; i++) other.draw(PHASE, object, i, 77, 0)
      const value = one.draw(JITTER, object, n, range, 0)
      expect(other.draw(JITTER, object, n, range, 0)).toBe(value)
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThan(range)
    },
  )

  propertyTest.prop([fc.integer(), fc.array(fc.tuple(fc.nat(2), fc.nat(50)), { maxLength: 30 })])(
    'of a recipe are those of the run that made it',
    (seed, addresses) => {
      const draw = (source: Choices): number[] =>
        addresses.flatMap(([object, n]) => [
          source.draw(JITTER, object, n, 5000, 2500),
          source.draw(PHASE, object, n, 10, 0),
        ])
      const seeded = choices({ seed })
      const values = draw(seeded)
      const replayed = choices({ recipe: seeded.recipe() })
      expect(draw(replayed)).toEqual(values)
      expect(replayed.unusedAddresses()).toEqual([])
    },
  )

  test('of a recipe that the run never asks for are told', () => {
    const source = choices({ recipe: 'pw1:jitter@Pod/default/web#1=7;jitter@Pod/default/gone#1=8' })
    expect(source.draw(JITTER, 0, 1, 100, 50)).toBe(7)
    expect(source.unusedAddresses()).toEqual(['jitter@Pod/default/gone#1'])
  })

  test('of a broken recipe are refused with the place', () => {
    expect(() => choices({ recipe: 'pw9:x' })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: recipe: expected a text that begins with pw1:, got "pw9:x"
        hint: copy the recipe that a seeded run printed]
    `)
    expect(() => choices({ recipe: 'pw1:jitter=5' })).toThrowErrorMatchingInlineSnapshot(
      `[PodwrightError: recipe: expected label@object#n=value, got "jitter=5"]`,
    )
    expect(() => choices({ seed: 1, recipe: 'pw1:' })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: expected a seed or a recipe, got both
        hint: a recipe already holds every draw]
    `)
  })
})
