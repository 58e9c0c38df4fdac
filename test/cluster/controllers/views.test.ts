import { describe, expect, test } from 'vitest'
import { checkLaws } from '../../../src/invariant/index.js'
import { PLAIN_PALETTE, timeline, whyReport } from '../../../src/report/index.js'
import { causalChain, findRow, ROW } from '../../../src/trace/index.js'
import { deployment, patchSpec, podsAt, runWorkloads, setImage } from '../workloads.js'

describe('what is told of a rollout', () => {
  const steps = [setImage(20_000, 'app:2'), patchSpec(60_000, { replicas: 1 })]
  const trace = runWorkloads([deployment()], { steps })

  test('no law of pods is broken by pods that controllers make, whatever the choices', () => {
    for (const seed of [undefined, 1, 2, 3, 4]) {
      expect(checkLaws(runWorkloads([deployment()], { steps }, { seed }))).toEqual([])
    }
  })

  test('the timeline names the Deployment, its ReplicaSets and their pods', () => {
    const text = timeline(trace, { columns: 120, palette: PLAIN_PALETTE }).join('\n')
    for (const { metadata } of podsAt(trace, 19_000)) expect(text).toContain(metadata.name)
    expect(text).toContain('patch Deployment/default/web')
  })

  test('a pod is there because its ReplicaSet was made, because the Deployment was changed by a step', () => {
    const [pod] = podsAt(trace, 50_000)
    const chain = causalChain(trace, findRow(trace, `${pod.metadata.name} created`).number)
    const kinds = chain.map(({ row }) => `${trace.objects.get(row.object)?.kind ?? 'Step'} ${row.kind}`)
    expect(kinds[0]).toBe(`Pod ${ROW.created}`)
    expect(kinds).toContain(`ReplicaSet ${ROW.created}`)
    expect(kinds.at(-1)).toBe(`Step ${ROW.step}`)
    expect(whyReport(trace, chain, PLAIN_PALETTE).join('\n')).toContain('patch Deployment/default/web')
  })
})
