import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { nearestWord } from '../../src/errors/index.js'

describe('the nearest word', () => {
  test.each([
    ['wep', ['db', 'web'], 'web'],
    ['wbe', ['db', 'web'], 'web'],
    ['Redy', ['Ready', 'Initialized'], 'Ready'],
    ['exists', ['starts', 'exits', 'gets'], 'exits'],
    ['initContainer', ['containers', 'initContainers'], 'initContainers'],
    ['terminationGracePeriod', ['terminationGracePeriodSeconds'], 'terminationGracePeriodSeconds'],
    ['ap', ['app', 'a'], 'app'],
  ])('%s in %j is %s', (word, words, nearest) => {
    expect(nearestWord(word, words)).toBe(nearest)
  })

  test.each([
    ['zz', ['a', 'db', 'web']],
    ['x', ['a', 'b']],
    ['on', ['off']],
    ['gets', ['does', 'is']],
    ['cat', ['dog', 'cow']],
    ['', ['a', 'app']],
  ])('%s is near none of %j', (word, words) => {
    expect(nearestWord(word, words)).toBeUndefined()
  })

  test.prop([fc.stringMatching(/^[a-m]{1,12}$/), fc.stringMatching(/^[n-z]{1,12}$/)])(
    'words without a letter in common are not near',
    (word, other) => {
      expect(nearestWord(word, [other])).toBeUndefined()
    },
  )
})
