import { expect, test } from 'vitest'
import { DEFAULT_KUBERNETES_VERSION, PROFILES, type Profile, profileOf } from '../../src/model/index.js'

test('a release is found with or without its v and its patch', () => {
  for (const version of ['1.32', 'v1.32', '1.32.10', 'v1.32.0']) expect(profileOf(version)).toBe(PROFILES['1.32'])
  expect(DEFAULT_KUBERNETES_VERSION).toBe('1.32')
})

test('a release that is not known is refused with those that are', () => {
  expect(() => profileOf('1.30', '--kubernetes')).toThrowErrorMatchingInlineSnapshot(`
    [PodwrightError: --kubernetes: expected a Kubernetes release (1.31, 1.32, 1.33, 1.34, 1.35), got "1.30"
      hint: the nearest is 1.31]
  `)
  expect(() => profileOf('latest')).toThrowErrorMatchingInlineSnapshot(`
    [PodwrightError: expected a Kubernetes release (1.31, 1.32, 1.33, 1.34, 1.35), got "latest"
      hint: the nearest is 1.32]
  `)
})

test('releases differ from the one before by what the model knows of', () => {
  const versions = ['1.31', '1.32', '1.33', '1.34', '1.35'] as const
  const changes = versions.slice(1).map((version, i) => {
    const [before, after] = [PROFILES[versions[i]], PROFILES[version]] as const
    return [version, (Object.keys(after) as (keyof Profile)[]).filter(name => after[name] !== before[name]).join(' ')]
  })
  expect(Object.fromEntries(changes)).toMatchInlineSnapshot(`
    {
      "1.32": "kubernetes createdMessage imageBackOffNamesError nodeMonitorGraceMs queueingHints jobCompletionHasReason",
      "1.33": "kubernetes probeErroredText allowZeroSleep unifiedInitContainers balancedScoreSkipsBestEffort popsFromBackoffQueue affinityHintComparesNodes lostNominationWakes asyncPreemption",
      "1.34": "kubernetes sidecarProbesOutliveExit podLevelResources podGeneration fitBeyondAllocatableIsUnresolvable failedSchedulingClaimsText deleteNamesNamespace",
      "1.35": "kubernetes createdMessage startedMessage pulledPresentMessage backOffDrivesRequeue crashLoopBackOffMax readinessSurvivesKubeletRestart containerRestartRules untoleratedTaintMessage statefulSetMaxUnavailable",
    }
  `)
})
