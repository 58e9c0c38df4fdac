import { expect, test } from 'vitest'
import { scores } from '../../scripts/fidelity.mjs'

test('docs/fidelity.md gets a row per class and per table, and no score is rounded up', () => {
  const recordings = [
    { class: 'A', worded: true },
    { class: 'A', worded: true },
    { class: 'A', worded: false },
    { class: 'P', worded: false },
  ]
  const perClass = {
    A: { matched: 1, matchedBySome: 2, worded: 2, total: 3 },
    P: { matched: 0, matchedBySome: 1, worded: 0, total: 1 },
  }
  const tables = { qos: { matched: 11, total: 12 } }
  const lines = scores({ perClass, score: 100 / 3, scoreBySome: 200 / 3, tables, recordings })
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "| class | what | canonical run matches | it or one of 12 seeds | all texts right |
    | --- | --- | --- | --- | --- |
    | A | restart policies and exits | 1 of 3 | 2 of 3 | 2 of 3 |
    | P | races of a fraction of a second (not in the score) | 0 of 1 | 1 of 1 | 0 of 1 |

    Score over A to I and O: **33.3 %** by the canonical run, 66.6 % by it or a seed; all texts right in 66.6 %.

    | table | what | cases answered as upstream does |
    | --- | --- | --- |
    | \`qos\` | quality-of-service class | 11 of 12 |"
  `)
})
