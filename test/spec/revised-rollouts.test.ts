import { describe, expect, test } from 'vitest'
import { rolloutHistory, rolloutStatus } from '../../src/kubectl/index.js'
import type { Pod } from '../../src/model/index.js'
import { parseBehaviourRule, parseStep } from '../../src/scenario/index.js'
import { run } from '../../src/spec/index.js'
import { planTexts } from '../../src/spec/plan-texts.js'
import { ROW, StoreView, type Trace } from '../../src/trace/index.js'

const TEMPLATE = `
  selector: { matchLabels: { app: it } }
  template:
    metadata: { labels: { app: it } }
    spec: { containers: [ { name: app, image: app:1 } ] }
`
const STATEFUL_SET = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: it }
spec:
  serviceName: it
  replicas: 2${TEMPLATE}`
const DAEMON_SET = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: it }
spec:${TEMPLATE}`
const JOB = `
apiVersion: batch/v1
kind: Job
metadata: { name: it }
spec: { template: { spec: { restartPolicy: Never, containers: [ { name: app, image: app:1 } ] } } }
`

const planOf = (text: string, steps: readonly string[], rules: readonly string[] = []) =>
  planTexts([{ name: 'it.yaml', text }], {
    horizon: 600_000,
    behaviours: rules.map(rule => parseBehaviourRule(rule)),
    steps: steps.map(line => ({ ...parseStep(line), where: '--step', whenWhere: '--step' })),
  })

function runOf(text: string, ...steps: readonly string[]): Trace {
  return runWith(text, steps, [])
}

function runWith(text: string, steps: readonly string[], rules: readonly string[]): Trace {
  const { plan, problems } = planOf(text, steps, rules)
  if (plan === undefined) throw problems[0]
  return run(plan)
}

const imagesOf = (trace: Trace): readonly string[] => [
  ...new Set(
    new StoreView(trace)
      .advanceTo(trace.end)
      .list('Pod')
      .map(pod => (pod as Pod).spec.containers[0].image),
  ),
]
const refusalsOf = (trace: Trace): readonly string[] =>
  Array.from({ length: trace.rows.length }, (_, number) => trace.rows.at(number)).flatMap(({ kind, a }) =>
    kind === ROW.refused ? [trace.symbols.text(a)] : [],
  )

const SETS = [
  ['StatefulSet', STATEFUL_SET, 'statefulset'],
  ['DaemonSet', DAEMON_SET, 'daemonset'],
] as const

describe.each(SETS)('the rollout of a %s', (_, text, word) => {
  const images = ['60s: set image WORD/it app=app:2', '120s: set image WORD/it app=app:3'].map(line =>
    line.replace('WORD', word),
  )

  test('is undone to the revision before, which becomes the newest', () => {
    const trace = runOf(text, ...images, `180s: rollout undo ${word}/it`)
    expect(imagesOf(trace)).toEqual(['app:2'])
    expect(
      rolloutHistory(trace, `${word}/it`)
        .split('\n')
        .slice(1, -1)
        .map(line => line.trim().split(/\s+/)[0]),
    ).toEqual(['REVISION', '1', '3', '4'])
    expect(rolloutStatus(trace, `${word}/it`).state).toBe('done')
    expect(rolloutHistory(trace, `${word}/it`, { revision: 4 })).toContain('app:2')
  })

  test('is undone to any revision of the history', () => {
    expect(imagesOf(runOf(text, ...images, `180s: rollout undo ${word}/it --to-revision=1`))).toEqual(['app:1'])
  })

  test('to the revision that it has changes nothing', () => {
    const trace = runOf(text, ...images, `180s: rollout undo ${word}/it --to-revision=3`)
    expect([imagesOf(trace), refusalsOf(trace)]).toEqual([['app:3'], []])
  })

  test('is refused in the words of kubectl where there is nothing to go back to', () => {
    expect(refusalsOf(runOf(text, `60s: rollout undo ${word}/it`))).toEqual(['no last revision to roll back to'])
    expect(refusalsOf(runOf(text, ...images, `180s: rollout undo ${word}/it --to-revision=7`))).toEqual([
      'unable to find specified revision 7 in history',
    ])
  })

  test('follows the rules of its revision, and comes back to those of another', () => {
    const [toSecond] = images
    const rules = [`${word}/it@2: readiness always fails`]
    const probed = text.replace('image: app:1', 'image: app:1, readinessProbe: { tcpSocket: { port: 1 } }')
    expect(rolloutStatus(runWith(probed, [], rules), `${word}/it`).state).toBe('done')
    expect(rolloutStatus(runWith(probed, [toSecond], rules), `${word}/it`).state).toBe('waiting')
    const other = [`${word}/it@3: readiness always fails`]
    expect(rolloutStatus(runWith(probed, [toSecond], other), `${word}/it`).state).toBe('done')
  })

  test('that came back follows the rules of every number that its template had', () => {
    const undo = `rollout undo ${word}/it`
    // Only a pod that stays crashes: of the second template, those that came by the second undo, as revision 4.
    const steps = [images[0], `120s: ${undo}`, `240s: ${undo}`]
    const restartsUnder = (rule: string): number => {
      const trace = runWith(text, steps, [`${word}/it@${rule}: crashes after 130s`])
      const pods = new StoreView(trace).advanceTo(trace.end).list('Pod') as readonly Pod[]
      return Math.max(...pods.map(({ status }) => status?.containerStatuses?.[0].restartCount ?? 0))
    }
    expect(restartsUnder('1')).toBe(0)
    expect(restartsUnder('3')).toBe(0)
    expect(restartsUnder('2')).toBeGreaterThan(0)
    expect(restartsUnder('4')).toBe(restartsUnder('2'))
  })

  test('tells of a rule for a revision that no step brings', () => {
    const notesOf = (steps: readonly string[], rule: string): readonly (string | undefined)[] | undefined =>
      planOf(text, steps, [rule]).plan?.assumptions.flatMap(each =>
        each.text.startsWith('without effect') ? [each.text] : [],
      )
    expect(notesOf([], `${word}/it@2: crashes after 1s`)).toEqual([
      `without effect: ${word}/it has no revision 2; no step changes its template`,
    ])
    expect(notesOf(images, `${word}/it@4/app: crashes after 1s`)).toEqual([
      `without effect: ${word}/it has no revision 4; by its steps it gets to 3 at most`,
    ])
    expect(notesOf(images, `${word}/it@3: crashes after 1s`)).toEqual([])
  })

  test('is begun again by a restart', () => {
    const trace = runOf(text, `60s: rollout restart ${word}/it`)
    expect(rolloutHistory(trace, `${word}/it`)).toContain('\n2')
  })
})

test('what kubectl cannot do with a kind it says before the run', () => {
  const asked = [
    [STATEFUL_SET, 'rollout pause statefulset/it'],
    [STATEFUL_SET, 'rollout resume sts/it'],
    [DAEMON_SET, 'rollout pause ds/it'],
    [JOB, 'rollout undo job/it'],
    [JOB, 'rollout restart job/it'],
  ] as const
  const answers = asked.map(([text, step]) => planOf(text, [`60s: ${step}`]).problems.map(({ message }) => message))
  expect(answers.join('\n')).toMatchInlineSnapshot(`
    "--step: statefulsets.apps "it" pausing is not supported
      hint: kubectl rollout pause knows Deployment
    --step: statefulsets.apps "it" resuming is not supported
      hint: kubectl rollout resume knows Deployment
    --step: daemonsets.apps "it" pausing is not supported
      hint: kubectl rollout pause knows Deployment
    --step: no rollbacker has been implemented for "Job.batch"
      hint: kubectl rollout undo knows Deployment, StatefulSet, DaemonSet
    --step: jobs.batch "it" restarting is not supported
      hint: kubectl rollout restart knows Deployment, StatefulSet, DaemonSet"
  `)
})
