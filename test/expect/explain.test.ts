import { describe, expect, test } from 'vitest'
import { checkTrace } from '../../src/expect/check-trace.js'
import { explain } from '../../src/expect/explain.js'
import { parseClause } from '../../src/expect/text/parse-clause.js'
import type { Trace } from '../../src/trace/index.js'
import { crashingWeb } from '../trace/crashing-web.js'

const TRACE = crashingWeb()

/** Each clause with its verdict and what is said of it. */
function told(clauses: readonly string[], trace: Trace = TRACE): string {
  const lines = clauses.map(text => {
    const clause = parseClause(text)
    const [verdict] = checkTrace([clause], trace)
    const { sentence, finding, at, rows, lateBy } = explain(clause, verdict, trace)
    const late = lateBy === undefined ? '' : `, late by ${lateBy}`
    return `${verdict.kind}: ${sentence}\n    ${finding}\n    at ${at}, rows ${rows.join(', ')}${late}`
  })
  return `\n${lines.join('\n')}\n`
}

const ALL = [
  'container default/web/app is killed with SIGKILL at 90s',
  'container default/web/app gets SIGTERM at 90s',
  'container default/web/app gets SIGTERM at 91s ± 500ms',
  'pod default/web is Running within 2s',
  'pod default/web is Running at 1s ± 200ms',
  'container default/web/app starts no sooner than 5s',
  'container default/web/app starts later than 5s',
  'pod default/web is Running for 10s',
  'container default/web/app exits with 0',
  'eventually pod default/web is Failed',
  'pod default/web is Running',
].slice(0, 10)
const M = [
  'whenever pod default/web is deleted, container default/web/app gets SIGTERM immediately',
  'whenever pod default/web is deleted, container default/web/app gets SIGTERM within 5ms',
  'whenever container default/web/app exits with 1, container default/web/app starts within 10s',
  'whenever pod default/web is deleted, container default/web/app is killed with SIGKILL within 30s',
  'whenever container default/web/app exits with 137, pod default/web is gone',
  'whenever container default/web/app exits, pod default/web exists for 1s',
  'whenever container default/web/app exits, container default/web/app is alive within 15s',
  'always pod default/web is Running',
  'always container default/web/app is ready',
  'always (pod default/web exists and container default/web/app is running)',
  'never container default/web/app exits with 1',
  'never container default/web/app is in CrashLoopBackOff',
  'never pod default/web is not Running',
  'whenever container default/web/app is ready, it stays so for 60s',
  'whenever container default/web/app is terminated with OOMKilled, it stays so for 60s',
  'container default/web/app starts exactly once',
  'container default/web/app starts at most once',
  'container default/web/app starts at least 3 times',
  'container default/web/app is killed with SIGKILL exactly twice',
  'restart count of container default/web/app never falls',
  'container default/web/app starts before container default/web/migrate exits',
  'container default/web/app is killed with SIGKILL before pod default/web is gone',
  'container default/web/app exits before container default/web/app is killed with SIGKILL',
  'no container default/web/app starts before container default/web/migrate exits with 1',
  'in order: container default/web/app starts; container default/web/migrate starts; pod default/web is gone',
  'in order: container default/web/app starts; container default/web/app is killed with SIGKILL',
  'in order: container default/web/app is killed with SIGKILL; pod default/web gets event X',
  'strictly in order: pod default/web is created; pod default/web becomes Pending',
  'pod default/web goes through Pending, Running, Succeeded',
  'pod default/web goes through Pending, Failed',
  'Ready of pod default/web goes through False, True, False',
  'Ready of pod default/web goes through False, True',
  'Nix of pod default/web goes through False, True',
  'container default/web/app goes through waiting, running, terminated Completed',
  'container default/web/app goes through waiting, running, terminated, waiting CrashLoopBackOff, running, terminated, running',
  'from container default/web/app exits to container default/web/app starts: gaps of 10s',
  'from container default/web/app exits to container default/web/app starts: gaps of 11.1s, 20s',
  'from container default/web/migrate is killed with SIGKILL to container default/web/app starts: gaps of 11.1s, 20s',
  'container default/web/app is ready until pod default/web is deleted',
  'pod default/web exists until container default/web/app is killed with SIGKILL',
  'pod default/web exists unless container default/web/app starts',
  'after container default/web/app exits: never container default/web/app is running',
  'after pod default/web is deleted: pod default/web is gone within 500ms',
  'before pod default/web is deleted: container default/web/app is killed with SIGKILL',
  'before pod default/web is deleted: pod default/web is gone',
  'between container default/web/app starts and container default/web/app exits: container default/web/app gets SIGTERM',
  'while pod default/web is Running: always container default/web/app is ready',
  'while pod default/web is Failed: always container default/web/app is ready',
  'at the end: pod default/web exists',
  'container default/web/app is killed with SIGKILL before pod default/web is refused a step or nothing of it happens',
  'whenever container default/web/app exits with 137, pod default/web is gone or nothing of it happens',
  'all of (pod default/web is created; container default/web/app exits with 3)',
]
describe('explain', () => {
  test('violations', () => {
    const bad: string[] = []
    const out = [...ALL, ...M].map(text => {
      try {
        return told([text])
      } catch (e) {
        bad.push(`${text}: ${e}`)
        return ''
      }
    })
    console.log(out.join(''))
    console.log(bad.join('\n'))
  })
})
