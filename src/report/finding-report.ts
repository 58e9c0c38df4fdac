import { formatOrigin } from '../errors/index.js'
import { type Clause, type Explanation, explain, type Verdict } from '../expect/index.js'
import { visible } from '../kubectl/index.js'
import { formatDuration } from '../time/index.js'
import type { Trace } from '../trace/index.js'
import { decidingField } from './finding-field.js'
import { findingLines } from './finding-lines.js'
import { layOutEach } from './lay-out.js'
import { type Palette, PLAIN_PALETTE } from './palette.js'

/** A broken expectation or law, and how it is shown. */
export interface ReportedFinding {
  /** What the expectation is called: the spec's title, the law's name. */
  readonly title: string
  /** The expectation; absent: `sentence` and `finding` say it all, as with laws that no clause can say. */
  readonly clause?: Clause | undefined
  /** Instead of the clause's own line. */
  readonly sentence?: string | undefined
  /** What was found, instead of what `explain` says. */
  readonly finding?: string | undefined
  readonly verdict: Verdict
  readonly trace: Trace
  /** What a generator has to say of the run: `17 choices, shrunk from 94 in 3 ms`. */
  readonly note?: string | undefined
  /** The command that replays the run. */
  readonly replay?: string | undefined
  /** Default: no colours. */
  readonly palette?: Palette | undefined
  /** Characters per line of the timeline; default 100. */
  readonly columns?: number | undefined
}

/**
 * Tells a finding: what was expected and what was observed, the timeline around it with causes, the field of the manifest that
 * decided it, and how to see it again.
 */
export function findingReport(finding: ReportedFinding): string[] {
  const { title, verdict, trace, palette = PLAIN_PALETTE, columns = 100 } = finding
  const explanation = explanationOf(finding)
  const head = `${MARKS[verdict.kind]} ${visible(title)}`
  const paint = verdict.kind === 'holds' ? palette.good : palette.bad
  const lines = [`${paint(head)} — ${outcomeWords(verdict, explanation, trace)}`]
  if (explanation.sentence !== title) lines.push(`  ${visible(explanation.sentence)}`)
  lines.push(`      ${palette.strong(visible(explanation.finding))}`)
  lines.push(...timelineOf(finding, explanation, palette, columns))
  const foot = [
    ...(trace.header.seed === undefined ? [] : [`seed ${seedText(trace.header.seed)}`]),
    ...(finding.note === undefined ? [] : [visible(finding.note)]),
    ...fieldWords(trace, tellingRow(verdict, explanation)),
  ]
  if (foot.length > 0 || finding.replay !== undefined) lines.push('')
  if (foot.length > 0) lines.push(palette.dim(`  ${foot.join(' · ')}`))
  if (finding.replay !== undefined) lines.push(`  replay: ${visible(finding.replay)}`)
  return lines
}

const MARKS = { violated: '✗', vacuous: '✗', open: '✗', holds: '✓' } as const

function explanationOf({ clause, sentence, finding, verdict, trace, title }: ReportedFinding): Explanation {
  const own = clause === undefined ? withoutClause(title, verdict, trace) : explain(clause, verdict, trace)
  return { ...own, sentence: sentence ?? own.sentence, finding: finding ?? own.finding }
}

/** What is known of a law from its verdict alone. */
const withoutClause = (title: string, verdict: Verdict, trace: Trace): Explanation => ({
  sentence: title,
  finding: verdict.kind,
  at: verdict.kind === 'violated' ? verdict.time : trace.end,
  rows: verdict.kind === 'violated' && verdict.row >= 0 ? [verdict.row] : [],
})

function outcomeWords(verdict: Verdict, { at }: Explanation, { end }: Trace): string {
  switch (verdict.kind) {
    case 'violated':
      return `violated at ${formatDuration(at)}`
    case 'vacuous':
      return 'vacuous'
    case 'open':
      return `open: the run was cut at ${formatDuration(end)}`
    case 'holds':
      return 'holds'
  }
}

function timelineOf(
  { trace, verdict }: ReportedFinding,
  { rows, at }: Explanation,
  palette: Palette,
  columns: number,
): string[] {
  const trigger = 'trigger' in verdict ? verdict.trigger : -1
  const chosen = findingLines(trace, { marked: rows, shown: [trigger], at })
  const laidOut = layOutEach(
    chosen.flatMap(each => (each === undefined ? [] : [each.line])),
    columns - MARGIN.length,
    palette,
  )
  const texts = laidOut[Symbol.iterator]()
  const lines = chosen.flatMap(each => {
    if (each === undefined) return [`${MARGIN}${palette.dim('…')}`]
    const [first = '', ...others] = texts.next().value ?? []
    return [
      `${each.isMarked ? `  ${palette.bad('▸')}  ` : MARGIN}${first}`,
      ...others.map(other => `${MARGIN}${other}`),
    ]
  })
  return lines.length === 0 ? [] : ['', ...lines]
}

const MARGIN = '     '

const seedText = (seed: number): string => (Number.isInteger(seed) && seed >= 0 ? `0x${seed.toString(16)}` : `${seed}`)

/** The row that something went wrong at; what only asked for something that never came has decided nothing. */
function tellingRow(verdict: Verdict, { rows: [row = -1] }: Explanation): number {
  const isAsking =
    verdict.kind === 'open' || verdict.kind === 'holds' || ('trigger' in verdict && verdict.trigger === row)
  return isAsking ? -1 : row
}

/** `web.yaml:21:7 terminationGracePeriodSeconds: 30`. */
function fieldWords(trace: Trace, row: number): readonly string[] {
  const field = decidingField(trace, row)
  if (field === undefined) return []
  const place = field.origin === undefined ? '' : `${formatOrigin(field.origin)} `
  return [visible(`${place}${field.text}${field.isDefault ? ' (the default)' : ''}`)]
}
