import {
  type Difference,
  firstDifference,
  ruleOf,
  type SchedulingVerdict,
  type Score,
  showEntries,
  sideBySide,
  type TableVerdict,
  type Tally,
  type Verdict,
} from '../conformance/index.js'
import { visible } from '../kubectl/index.js'
import { type Palette, whyReport } from '../report/index.js'
import { causalChain } from '../trace/index.js'

/** Everything, for a machine. */
export function conformJson(
  verdicts: readonly Verdict[],
  score: Score,
  tables: readonly TableVerdict[],
  scheduling: readonly SchedulingVerdict[],
): string {
  const answer = {
    ...score,
    recordings: verdicts.map(verdict => ({
      name: verdict.name,
      class: verdict.class,
      matched: verdict.isMatched,
      worded: verdict.isWorded,
      matchedBySome: verdict.isMatchedBySome,
      differences: verdict.differences.map(each => differenceObject(verdict, each)),
      wording: verdict.wording,
    })),
    scheduling: scheduling.map(({ name, class: letter, isMatched, differences }) => ({
      name,
      class: letter,
      matched: isMatched,
      differences,
    })),
    tables: Object.fromEntries(
      tables.map(({ kind, total, failed }) => [kind, { matched: total - failed.length, total, failed }]),
    ),
  }
  return `${JSON.stringify(answer, null, 1)}\n`
}

function differenceObject({ canonical }: Verdict, difference: Difference): object {
  const { aspect, problem, at, expected, observed } = difference
  const { rules } = ruleOf(canonical.trace, difference)
  const sequences = expected && observed ? { expected: showEntries(expected), observed: showEntries(observed) } : {}
  return { aspect, problem, at, ...sequences, rules }
}

/** What a person wants to know of one recording: nothing, if it matches. */
export function recordingLines(verdict: Verdict, isVerbose: boolean, palette: Palette): readonly string[] {
  const { name, isMatched, isMatchedBySome, isWorded, differences, wording } = verdict
  if (isMatched && (isWorded || !isVerbose)) return []
  const seeded = isMatchedBySome ? ', but some seed matches' : ''
  const mark = isMatched ? palette.warning('~') : palette.bad('✗')
  const lines = [`${mark} ${visible(name)}${seeded}`]
  const shown = isVerbose ? differences : [firstDifference(differences)].filter(each => each !== undefined)
  for (const each of shown) lines.push(...differenceLines(verdict, each, isVerbose, palette))
  const others = differences.length - shown.length
  if (others > 0) lines.push(palette.dim(`    and ${others} more difference${others === 1 ? '' : 's'}`))
  if (isVerbose) for (const text of wording) lines.push(`    text ${visible(text)}`)
  return lines
}

/** Of a chain of causes the nearest few. */
const MOST_CAUSES = 6

function differenceLines(
  { canonical: { trace } }: Verdict,
  difference: Difference,
  isVerbose: boolean,
  palette: Palette,
): readonly string[] {
  const { aspect, problem, at, expected, observed } = difference
  const where = at === null ? '' : ` at ${palette.time(`${at.toFixed(1)} s`)}`
  const lines = [`    ${palette.object(visible(aspect))}${where}: ${visible(problem)}`]
  if (expected && observed) {
    if (isVerbose) lines.push(...sideBySideLines(difference, palette))
    else lines.push(...nearbyLines(difference))
  }
  const { rules, row } = ruleOf(trace, difference)
  if (rules !== '') lines.push(palette.dim(`      rules ${rules}`))
  if (isVerbose && row !== undefined) {
    const chain = causalChain(trace, row.number)
    lines.push('      what the model did there, and why:')
    lines.push(
      ...whyReport(trace, chain.slice(0, MOST_CAUSES), palette)
        .slice(0, MOST_CAUSES)
        .map(line => `      ${line}`),
    )
  }
  return lines
}

/** Entries around the instant at which the two part. */
const NEARBY_SECONDS = 15
const MOST_NEARBY = 6

function nearbyLines({ at, expected = [], observed = [] }: Difference): readonly string[] {
  const nearby = (entries: readonly { readonly t: number; readonly value: string }[]): string => {
    const close = entries.filter(({ t }) => at === null || Math.abs(t - at) <= NEARBY_SECONDS)
    return close.length === 0 ? 'nothing' : visible(showEntries(close.slice(0, MOST_NEARBY)))
  }
  return [`      reality  ${nearby(expected)}`, `      model    ${nearby(observed)}`]
}

const COLUMN = 44

function sideBySideLines({ expected = [], observed = [] }: Difference, palette: Palette): readonly string[] {
  const lines = sideBySide(expected, observed).map(line => {
    const [left, right] = [line.expected, line.observed].map(entry =>
      entry === undefined ? '' : `${`${entry.t.toFixed(1)}s`.padStart(8)}  ${visible(entry.value)}`,
    )
    const isSame = line.expected !== undefined && line.observed !== undefined
    return `     ${isSame ? ' ' : palette.bad('▸')}${left.padEnd(COLUMN)}${right}`
  })
  return [palette.dim(`      ${'reality'.padEnd(COLUMN)}model`), ...lines]
}

/** What the scheduler decided otherwise than in reality, and how many recordings match. */
export function schedulingLines(
  verdicts: readonly SchedulingVerdict[],
  isVerbose: boolean,
  palette: Palette,
): readonly string[] {
  if (verdicts.length === 0) return []
  const lines = verdicts.flatMap(({ name, isMatched, differences }) => {
    if (isMatched) return []
    const shown = isVerbose ? differences : differences.slice(0, 1)
    return [
      `${palette.bad('✗')} ${visible(name)}`,
      ...shown.flatMap(({ aspect, expected, observed }) => [
        `    ${palette.object(visible(aspect))}`,
        `      reality  ${visible(JSON.stringify(expected))}`,
        `      model    ${visible(JSON.stringify(observed))}`,
      ]),
    ]
  })
  const matched = verdicts.filter(({ isMatched }) => isMatched).length
  const mark = matched === verdicts.length ? palette.good('✓') : palette.bad('✗')
  return [...lines, `${mark} scheduling decisions: ${matched} of ${verdicts.length}`]
}

/** A line for the table, and one for each case that is answered otherwise. */
export function tableLines({ kind, total, failed }: TableVerdict, palette: Palette): readonly string[] {
  const matched = total - failed.length
  const mark = failed.length === 0 ? palette.good('✓') : palette.bad('✗')
  const cases = failed.flatMap(({ id, expected, got }) => [
    `    ${palette.bad('✗')} ${visible(id)}`,
    `      expected ${visible(JSON.stringify(expected))}`,
    `      got      ${visible(JSON.stringify(got))}`,
  ])
  return [`${mark} table ${kind}: ${matched} of ${total}`, ...cases]
}

/** The score per class, and over all. */
export function scoreLines({ perClass, score, scoreBySome, ...all }: Score, palette: Palette): readonly string[] {
  if (all.total === 0) return []
  const hasSeeds = all.matchedBySome !== undefined
  const row = (name: string, { matched, worded, total, matchedBySome = 0 }: Tally): string =>
    [
      visible(name).padEnd(6),
      `${matched}/${total}`.padStart(9),
      `${worded}/${total}`.padStart(9),
      ...(hasSeeds ? [`${matchedBySome}/${total}`.padStart(11)] : []),
    ].join(' ')
  const head = `${'class'.padEnd(6)} ${'matched'.padStart(9)} ${'texts'.padStart(9)}${hasSeeds ? '   some seed' : ''}`
  const percent = (value: number | null | undefined): string => `${(Math.floor((value ?? 0) * 10) / 10).toFixed(1)} %`
  const bySome = hasSeeds ? `, ${percent(scoreBySome)} by some seed` : ''
  const last =
    score === null ? 'no recording of a class that counts' : `score ${percent(score)}${bySome} (classes A to I and O)`
  return [
    palette.dim(head),
    ...Object.entries(perClass).map(([name, tally]) => row(name, tally)),
    row('all', all),
    palette.strong(last),
  ]
}
