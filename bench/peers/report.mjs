/** The rounds' facts in one object: a value that all share, or the least and the greatest. */
export function summariseFacts(rounds) {
  return Object.fromEntries(
    Object.keys(rounds[0]).map(fact => {
      const values = [...new Set(rounds.map(each => each[fact]))].sort((a, b) => (a < b ? -1 : 1))
      return [fact, values.length === 1 ? values[0] : [values[0], values.at(-1)]]
    }),
  )
}

const milliseconds = value => `${Number(value.toPrecision(3))} ms`
const spread = ({ min, max }) => `(${milliseconds(min)} to ${milliseconds(max)})`

/** `lastStartMs: [359000, 374850]` as `last start 359 s to 374.85 s`. */
function factText([fact, value]) {
  const words = fact
    .replace(/Ms$/, '')
    .replace(/^sig(term|kill)/, (_, name) => `SIG${name.toUpperCase()}`)
    .replace(/[a-z][A-Z]/g, ([before, after]) => `${before} ${after.toLowerCase()}`)
    .replace(/(?<=SIG[A-Z]+)After/, ' after')
  const values = [value].flat().map(each => (fact.endsWith('Ms') ? `${each / 1000} s` : `${each}`))
  return `${words} ${values.join(' to ')}`
}
const factsText = facts => Object.entries(facts).map(factText).join(', ')

/** Columns as wide as their widest cell; all but the first and the last stand to the right. */
function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)))
  const last = widths.length - 1
  const pad = (cell, column) =>
    column === 0 || column === last ? cell.padEnd(widths[column]) : cell.padStart(widths[column])
  return rows.map(row => row.map(pad).join('  ').trimEnd())
}

/** How podwright was run, in the words of the table's head. */
const WAYS = { fromManifests: 'from manifests', fullTrace: 'full trace', runner: 'Runner' }

function summary(works) {
  const head = ['', 'webernetes', ...Object.values(WAYS).flatMap(name => [name, 'ratio']), '']
  const lines = works.map(({ title, ratios, podwright, webernetes }) => [
    title,
    webernetes.ms === null ? 'other work' : milliseconds(webernetes.ms),
    ...Object.keys(WAYS).flatMap(way => [
      milliseconds(podwright[way].ms),
      ratios[way] === null ? '-' : `${ratios[way]}×`,
    ]),
    '',
  ])
  return columns([head, ...lines])
}

/** What came about on both sides, and what the peer's answer depends on. */
function evidence({ title, podwright, webernetes }) {
  const own = [
    '  podwright',
    milliseconds(podwright.fullTrace.ms),
    spread(podwright.fullTrace),
    factsText(podwright.facts),
  ]
  const peers = webernetes.steppings.map(each => [
    `  webernetes, stepped ${each.stepping === 'timer' ? 'to its next timer' : `by ${each.stepping} ms`}`,
    milliseconds(each.ms),
    spread(each),
    each.differences.length === 0 ? factsText(each.facts) : `OTHER WORK: ${each.differences.join('; ')}`,
  ])
  return [title, ...columns([own, ...peers])]
}

const NOTES = [
  'podwright, from manifests: planned and run, every row of the trace kept; full trace: the same from a ready plan; Runner:',
  'the same plan again and again, for the digest alone. webernetes: from applying the manifests to the end of the work, the',
  'start of its control plane not counted, with the size of step that was fastest.',
]

/** The readable form of what `run.mjs` prints as JSON. */
export function table({ date, versions, machine, works }) {
  const load = machine.load.map(value => value.toFixed(1)).join(' to ')
  return [
    `podwright ${versions.podwright} beside @ngrok/webernetes ${versions.webernetes}, Node ${versions.node}, ${date}`,
    `${machine.cores} × ${machine.cpu}, load ${load}; one whole run, warm: median of the rounds (least to greatest)`,
    '',
    ...summary(works),
    '',
    ...works.flatMap(work => [...evidence(work), '']),
    ...NOTES,
  ].join('\n')
}
