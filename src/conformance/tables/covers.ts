/**
 * Whether an answer has everything that is expected: the keys that the expectation has, at every depth; lists element by
 * element.
 */
export function covers(got: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    return Array.isArray(got) && got.length === expected.length && expected.every((each, i) => covers(got[i], each))
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof got !== 'object' || got === null) return false
    const answers = got as Readonly<Record<string, unknown>>
    return Object.entries(expected).every(([key, value]) => key in answers && covers(answers[key], value))
  }
  return got === expected
}
