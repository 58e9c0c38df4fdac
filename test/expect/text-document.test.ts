import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import { formatClause } from '../../src/expect/text/format-clause.js'
import { formatLevel, formatOccurrence } from '../../src/expect/text/format-expression.js'
import { parseClause, parseLevel, parseOccurrence } from '../../src/expect/text/parse-clause.js'

const DOCUMENT = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'expectations.md'), 'utf8')

/** The lines of the first columns of the tables under a heading. */
function linesUnder(heading: string): string[] {
  const [, section = ''] = DOCUMENT.split(`\n## ${heading}\n`)
  const rows = section
    .split('\n## ')[0]
    .split('\n')
    .filter(line => line.startsWith('| `'))
  return rows.flatMap(row => {
    // Words in parentheses stand for others in the same place.
    const [column] = row.replace(/ \(`[^)]*\)/g, '').split(' | ')
    return [...column.matchAll(/`([^`]+)`/g)].map(([, line]) => line)
  })
}

/** Words that are read as other, shorter or more regular ones. */
const normal = (line: string): string =>
  line.replace(/\b(init|sidecar) (?=migrate|seed)/g, 'container ').replace('at 90s', 'at 1m30s')

describe('docs/expectations.md', () => {
  test.each(linesUnder('Levels'))('has the level "%s" as it is written', line => {
    expect(formatLevel(parseLevel(line))).toBe(normal(line))
  })

  test.each(linesUnder('Occurrences'))('has the occurrence "%s" as it is written', line => {
    expect(formatOccurrence(parseOccurrence(line))).toBe(normal(line))
  })

  test.each(['Expectations', 'When', 'Scopes'].flatMap(linesUnder))(
    'has the expectation "%s" as it is written',
    line => {
      expect(formatClause(parseClause(line))).toBe(normal(line))
    },
  )

  test('quotes a mistake as it is told', () => {
    const [, told = ''] = /```text\n([\s\S]*?)\n```/.exec(DOCUMENT.split('## Mistakes')[1]) ?? []
    const [line] = /(?<=^")[^"]*/.exec(told) ?? ['']
    expect(() => parseClause(line)).toThrow(new PodwrightError({ code: 'EXPECTATION_INVALID', problem: told }).message)
  })

  test('has enough of each', () => {
    const counts = ['Levels', 'Occurrences', 'Expectations', 'When', 'Scopes'].map(
      heading => linesUnder(heading).length,
    )
    expect(counts).toEqual([50, 46, 28, 8, 5])
  })
})
