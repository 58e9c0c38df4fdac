import { describe, expect, test } from 'vitest'
import { RUNS, type Step } from '../../../src/scenario/index.js'
import { behaves, planPod } from '../plans.js'
import { runNodes, storyOf } from './node-runs.js'

const GROUPS = [
  { priority: 0, seconds: 20 },
  { priority: 2_000_000_000, seconds: 10 },
]
const shutDown: Step = { at: 60_000, do: 'shutDownNode', node: 'b', groups: GROUPS, downFor: 60_000 }
const web = planPod(
  'web',
  [{}],
  { app: behaves({ runs: [{ ...RUNS, onTerm: { exitAfter: 100, exitCode: 143 } }] }) },
  { nodeName: 'b' },
)
const MESSAGE = 'Pod was terminated in response to imminent node shutdown.'

describe('a node that shuts down', () => {
  test('ends its pods first, says so of them and of itself, and is back after a while (R-752)', () => {
    const trace = runNodes([web], [shutDown], { horizon: 1_800_000 })
    const story = storyOf(trace, 'Pod/default/web', 60_000)
    expect(story).toContain(`60.1s phase Failed: Terminated, ${MESSAGE}`)
    expect(story).toContain(`60.1s DisruptionTarget=True: TerminationByKubelet, ${MESSAGE}`)
    const node = storyOf(trace, 'Node/b')
    expect(node.slice(0, 2)).toEqual([
      '60s event Normal Shutdown: Shutdown manager detected shutdown event',
      '60s Ready=False: KubeletNotReady, node is shutting down',
    ])
    expect(node).toContain('122.3s Ready=True: KubeletReady, kubelet is posting ready status')
  })

  test('ends critical pods only when the others have ended (R-752)', () => {
    const critical = planPod(
      'critical',
      [{}],
      { app: behaves({ runs: [{ ...RUNS, onTerm: { exitAfter: 100, exitCode: 143 } }] }) },
      { nodeName: 'b', priorityClassName: 'system-node-critical', priority: 2_000_001_000 },
    )
    const slow = planPod(
      'slow',
      [{}],
      { app: behaves({ runs: [{ ...RUNS, onTerm: { exitAfter: 5000, exitCode: 143 } }] }) },
      { nodeName: 'b' },
    )
    const trace = runNodes([critical, slow], [shutDown], { horizon: 300_000 })
    const ended = (name: string): readonly string[] =>
      storyOf(trace, `Pod/default/${name}`, 60_000).filter(line => line.includes('phase Failed'))
    expect(ended('slow')).toEqual([`65s phase Failed: Terminated, ${MESSAGE}`])
    expect(ended('critical')).toEqual([`65.1s phase Failed: Terminated, ${MESSAGE}`])
  })

  test('takes no new pods', () => {
    const late = { ...planPod('late', [{}], {}, { nodeName: 'b' }), createdAt: 61_000 }
    const trace = runNodes([web, late], [shutDown], { horizon: 1_800_000 })
    expect(storyOf(trace, 'Pod/default/late')).toContain(
      '61s phase Failed: NodeShutdown, Pod was rejected: Pod was rejected as the node is shutting down.',
    )
  })
})
