import fc from 'fast-check'

/** Every other time; shrinks to nothing. */
export const often = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => some(1, arbitrary)

/** Once in four times; shrinks to nothing. */
export const seldom = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => some(3, arbitrary)

const some = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ withCrossShrink: true }, { weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** One of the words, each as often as it is written beside it; shrinks to the first. */
export const weighted = <Word extends string>(weights: Readonly<Record<Word, number>>): fc.Arbitrary<Word> =>
  fc.constantFrom(
    ...Object.entries<number>(weights).flatMap(([word, times]) => new Array<Word>(times).fill(word as Word)),
  )
