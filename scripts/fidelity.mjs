#!/usr/bin/env node
// Writes the scores of docs/fidelity.md: what `podwright conform` says about the recordings and upstream's tables, between
// the two markers. Usage, after `npm run build`: node scripts/fidelity.mjs [FOLDER OF RECORDINGS]
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(import.meta.dirname, '..')
const document = join(root, 'docs', 'fidelity.md')
const recordings = process.argv[2] ?? join(root, '..', 'shared', 'conformance')
const SEEDS = 12

const BEGIN = '<!-- scores: written by scripts/fidelity.mjs -->'
const END = '<!-- end of scores -->'

const CLASSES = {
  A: 'restart policies and exits',
  B: 'init containers, death of the sandbox',
  C: 'native sidecars',
  D: 'lifecycle hooks',
  E: 'probes',
  F: 'deletion',
  G: 'images',
  H: 'deadlines, gates, rejections, volumes, ephemeral containers',
  I: 'Service endpoints',
  O: 'random pods',
  P: 'races of a fraction of a second (not in the score)',
}

const TABLES = {
  printPod: 'kubectl get pods',
  getPhase: 'the phase of a pod',
  generateStatus: 'the status that the kubelet writes',
  conditions: 'Ready, ContainersReady, Initialized, PodReadyToStartContainers',
  qos: 'quality-of-service class',
  computePodActions: 'what a sync has to do',
  prober: 'ticks of probe workers',
  grace: 'grace of a kill, order of termination',
  podRequests: 'effective requests and limits',
  fit: 'resources, taints and node affinity of the scheduler',
}

function conform() {
  const args = ['dist/bin/podwright.js', 'conform', recordings, join(recordings, 'tables')]
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, '--seeds', `${SEEDS}`, '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (status === 0) return JSON.parse(stdout)
  throw new Error(`podwright conform ended with ${status}: ${stderr.slice(-2000)}`)
}

/** Rounded down, so that no score looks better than it is. */
const percent = (count, total) => `${(Math.floor((count * 1000) / Math.max(1, total)) / 10).toFixed(1)} %`

const row = (...cells) => `| ${cells.join(' | ')} |`

/** The section of the document, out of what `podwright conform --json` answers. */
export function scores({ perClass, score, scoreBySome, tables, recordings: judged }) {
  const of = ({ matched, worded, matchedBySome, total }) => [
    `${matched} of ${total}`,
    `${matchedBySome} of ${total}`,
    `${worded} of ${total}`,
  ]
  const scored = judged.filter(({ class: name }) => name !== 'P')
  const worded = scored.filter(recording => recording.worded).length
  return [
    row('class', 'what', 'canonical run matches', `it or one of ${SEEDS} seeds`, 'all texts right'),
    row('---', '---', '---', '---', '---'),
    ...Object.entries(perClass).map(([name, tally]) => row(name, CLASSES[name] ?? '', ...of(tally))),
    '',
    `Score over A to I and O: **${percent(score, 100)}** by the canonical run, ${percent(scoreBySome, 100)} by it or a seed; ` +
      `all texts right in ${percent(worded, scored.length)}.`,
    '',
    row('table', 'what', 'cases answered as upstream does'),
    row('---', '---', '---'),
    ...Object.entries(tables).map(([name, { matched, total }]) =>
      row(`\`${name}\``, TABLES[name] ?? '', `${matched} of ${total}`),
    ),
  ]
}

function write() {
  const text = readFileSync(document, 'utf8')
  const [before, rest] = text.split(BEGIN)
  const after = rest?.split(END)[1]
  if (after === undefined) throw new Error(`${document}: expected the markers ${BEGIN} and ${END}`)
  writeFileSync(document, `${before}${BEGIN}\n\n${scores(conform()).join('\n')}\n\n${END}${after}`)
  console.log(`${document}: scores written`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (existsSync(recordings)) write()
  else {
    console.error(`fidelity: ${recordings} is not here`)
    process.exitCode = 1
  }
}
