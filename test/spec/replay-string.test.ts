import { describe, expect, test } from 'vitest'
import { planManifests, run } from '../../src/index.js'
import { formatReplay, parseReplay } from '../../src/spec/index.js'

const plan = planManifests(
  [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'app', image: 'app:1' }] },
    },
  ],
  { behave: 'web/app: crashes after 2s', horizon: '1h' },
)

describe('a replay string', () => {
  test('is one short word', () => {
    expect(formatReplay(plan, run(plan))).toMatch(/^pw1:\d+\.\d+\.\d+:1\.32:[0-9a-f]{16}:[0-9a-f]{16}$/)
    expect(formatReplay(plan, run(plan, { seed: -7 }))).toMatch(/:s-7$/)
  })

  test.each([{}, { seed: 7 }, { recipe: run(plan, { seed: 7 }).header.recipe }])('gives back %o', choices => {
    const trace = run(plan, choices)
    const { seed, recipe, digest } = parseReplay(formatReplay(plan, trace, choices))
    expect(run(plan, { seed, recipe }).digest).toBe(digest)
    expect(digest).toBe(trace.digest)
  })

  test('holds a recipe of any length', () => {
    const recipe = `pw1:${Array.from({ length: 20_000 }, (_, n) => `tie@Pod/défaut/wéb#${n}=1`).join(';')}`
    expect(parseReplay(formatReplay(plan, run(plan), { recipe })).recipe).toBe(recipe)
  })

  test.each(['', 'pw1:', 'pw2:0.1.0:1.32:0123456789abcdef:0123456789abcdef', `${formatReplay(plan, run(plan))}:rA`])(
    'is not %o',
    text => {
      expect(() => parseReplay(text, 'STRING')).toThrow(/^STRING: expected a replay string such as pw1:/)
    },
  )
})
