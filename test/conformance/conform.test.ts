import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folder, podwright, put, stackFrame } from '../cli/podwright.js'
import { later, recordingOfTheModel } from './recordings.js'

const matching = recordingOfTheModel()
const missed = recordingOfTheModel({ name: 'B-late', class: 'B' })
const table = {
  meta: { count: 2 },
  cases: [
    { id: 'right', table: 'Always', input: { pod: {} }, expected: { phase: 'Pending' } },
    { id: 'wrong', table: 'Always', input: { pod: {} }, expected: { phase: 'Failed' } },
  ],
}

put('all/A-crashing.json', JSON.stringify(matching))
put('all/B-late.json', JSON.stringify({ ...missed, runs: missed.runs.map(run => later(run, 30)) }))
put('all/validation.json', JSON.stringify({ cases: [] }))
put('all/getPhase.json', JSON.stringify(table))
put('all/within/C-unread.json', JSON.stringify(matching))
put('right/A-crashing.json', JSON.stringify(matching))
put('broken/A-crashing.json', JSON.stringify(matching))

describe('a report for people', () => {
  test('tells the first difference, failing cases of tables, and the score per class', () => {
    const { code, out, err } = podwright(['conform', 'all'])
    expect(code).toBe(0)
    expect(out).not.toContain('A-crashing')
    expect(out).toMatch(/✗ B-late\n {4}\S.* at \d+\.\d s: /)
    expect(out).toMatch(/and \d+ more differences/)
    expect(out).toContain(`✗ table getPhase: 1 of 2
    ✗ wrong
      expected {"phase":"Failed"}
      got      {"phase":"Pending"}
`)
    expect(out).toMatch(/^A +1\/1 +1\/1$/m)
    expect(out).toMatch(/^B +0\/1 /m)
    expect(out).toContain('score 50.0 % (classes A to I and O)')
    expect(err).toContain('1 other JSON files were skipped')
  })

  test('lays every difference beside reality and tells why the model did what it did', () => {
    const { out } = podwright(['conform', 'all', '--only', 'B-', '--verbose'])
    expect(out).toMatch(/reality +model\n/)
    expect(out).toContain('rules R-801 … R-806 (getPhase)')
    expect(out).toMatch(/what the model did there, and why:\n +\d+\.\d{3}s .*#\d+\n.* ← /)
  })
})

test('--json prints one object with every recording and table', () => {
  const { code, out } = podwright(['conform', 'all', '--json', '--seeds', '2'])
  expect(code).toBe(0)
  const answer = JSON.parse(out)
  expect(answer).toMatchObject({
    matched: 1,
    total: 2,
    score: 50,
    perClass: { A: { matched: 1, worded: 1, total: 1, matchedBySome: 1 }, B: { matched: 0, total: 1 } },
    tables: { getPhase: { matched: 1, total: 2, failed: [{ id: 'wrong' }] } },
  })
  expect(answer.recordings.map(({ name, matched }: { name: string; matched: boolean }) => [name, matched])).toEqual([
    ['A-crashing', true],
    ['B-late', false],
  ])
  expect(answer.recordings[1].differences[0]).toMatchObject({ aspect: expect.any(String), rules: expect.any(String) })
})

describe('exit codes', () => {
  test('a score below --min-score is 1', () => {
    expect(podwright(['conform', 'all', '--min-score', '50']).code).toBe(0)
    expect(podwright(['conform', 'all', '--min-score', '50.1']).code).toBe(1)
    expect(podwright(['conform', 'right', '--min-score', '100']).code).toBe(0)
  })

  test('there has to be something to score', () => {
    const { code, err } = podwright(['conform', 'all/getPhase.json', '--min-score', '1'])
    expect(code).toBe(2)
    expect(err).toContain('podwright: --min-score: expected recordings of the classes A to I or O, got none')
  })

  test.for([
    [['all', '--min-score', '101'], '--min-score: expected a percentage from 0 to 100, got "101"'],
    [['all', '--seeds', '0'], '--seeds: expected a whole number from 1 to 1000, got "0"'],
    [['all', '--only', 'Z-'], '--only: expected recordings or tables named Z-…, got none'],
    [['nowhere'], 'nowhere: no such file or directory'],
    [['all', 'right', '--emit', 'twice'], '--emit: expected files of different names, got two A-crashing.json'],
  ] as const)('misuse is 2: %j', ([args, message]) => {
    const { code, err } = podwright(['conform', ...args])
    expect(code).toBe(2)
    expect(err).toContain(`podwright: ${message}`)
  })
})

describe('a broken file', () => {
  const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['syntax.json', '{\n  "runs": [,]\n}', /syntax\.json:2:12: expected JSON, got something else/],
    ['cut.json', JSON.stringify(matching).slice(0, 900), /cut\.json:1:\d+: expected JSON/],
    ['bytes.json', new Uint8Array([0x7b, 0xff, 0x7d]), /bytes\.json:1:2: expected text in UTF-8/],
    ['runs.json', JSON.stringify({ ...matching, runs: [] }), /runs\.json: runs: expected at least one run, got none/],
    [
      'run.json',
      JSON.stringify({ ...matching, runs: [{ phase: [{ t: 'x' }] }] }),
      /run\.json: runs\.0\.phase\.0\.t: expected number, got "x"/,
    ],
    [
      'manifest.json',
      JSON.stringify({ ...matching, manifests: [{ kind: 'Pod', metadata: {} }] }),
      /manifest\.json: manifests: /,
    ],
    [
      'table.json',
      JSON.stringify({ meta: {}, cases: [{ id: 1 }] }),
      /table\.json: cases\.0\.id: expected string, got 1/,
    ],
    ['other.json', JSON.stringify({ meta: {}, cases: [] }), /other\.json: expected cases of computePodActions, /],
  ]
  for (const [name, content] of cases) put(`broken/${name}`, content)

  test('is told with its place, and the others are judged all the same', () => {
    const { code, out, err } = podwright(['conform', 'broken'])
    expect(code).toBe(2)
    expect(out).toMatch(/^A +1\/1/m)
    for (const [, , message] of cases) expect(err).toMatch(message)
    expect(err.match(/^podwright: /gm)).toHaveLength(cases.length)
    expect(err).not.toMatch(stackFrame)
  })
})

describe('--emit', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'))

  test('writes a file of the same name for each recording', () => {
    podwright(['conform', 'all', '--emit', 'out'])
    expect(readdirSync(join(folder, 'out'))).toEqual(['A-crashing.json', 'B-late.json'])
    expect(read('out/A-crashing.json')).toEqual({
      name: 'A-crashing',
      observed: JSON.parse(JSON.stringify(matching.runs[0])),
    })
  })

  test('writes a folder per seed, the canonical one first', () => {
    podwright(['conform', 'right', '--emit', 'seeds', '--seeds', '3'])
    expect(readdirSync(join(folder, 'seeds'))).toEqual(['0', '1', '2', '3'])
    expect(read('seeds/0/A-crashing.json').observed).toEqual(JSON.parse(JSON.stringify(matching.runs[0])))
    expect(read('seeds/1/A-crashing.json').observed).toEqual(JSON.parse(JSON.stringify(matching.runs[1])))
    expect(existsSync(join(folder, 'seeds', 'A-crashing.json'))).toBe(false)
  })
})
