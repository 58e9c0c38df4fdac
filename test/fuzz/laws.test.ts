import { fc } from '@fast-check/vitest'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatLawBreach, fuzzLaws, type LawCampaign } from '../../src/fuzz/index.js'
import { PROFILES } from '../../src/model/index.js'
import { Sightings } from './sightings.js'

/** Fixed for every property by test/setup.ts; PODWRIGHT_SEED tries another. */
const seed = fc.readConfigureGlobal().seed ?? 1
const SCENARIOS = 2000

const each = (prefix: string, ...words: readonly string[]): readonly string[] => words.map(word => `${prefix} ${word}`)

/** What proves that the laws were tried where they could break: every one of these words is seen in some run. */
const REACHED: readonly (readonly [string, readonly string[]])[] = [
  ['every release', each('kubernetes', ...Object.keys(PROFILES))],
  ['every ending', each('ends', 'quiescent', 'horizon')],
  ['every phase', each('phase', 'Pending', 'Running', 'Succeeded', 'Failed')],
  [
    'every reason of a failed pod',
    each('phase Failed', 'DeadlineExceeded', 'OutOfpods', 'OutOfcpu', 'NodePorts', 'NodeAffinity'),
  ],
  [
    'every reason to wait',
    [
      ...each('waiting', 'ContainerCreating', 'PodInitializing', 'CrashLoopBackOff', 'RunContainerError'),
      ...each('waiting', 'CreateContainerConfigError', 'PostStartHookError', 'InvalidImageName', 'ErrImageNeverPull'),
      ...each('waiting', 'ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable', 'SignatureValidationFailed'),
    ],
  ],
  [
    'every way to end',
    [
      ...each('terminated', 'Completed', 'Error', 'OOMKilled', 'StartError', 'ContainerStatusUnknown'),
      ...each('init terminated', 'well', 'badly'),
      ...each('sidecar terminated', 'well', 'badly'),
      ...each('container terminated', 'well', 'badly'),
      'ephemeral terminated well',
    ],
  ],
  ['every exit code that means something', each('exit', '0', '1', '2', '137', '143', 'OOMKilled')],
  ['both signals', each('signal', 'SIGTERM', 'SIGKILL')],
  [
    'every answer of every probe and handler',
    [
      ...['liveness', 'readiness', 'startup'].flatMap(type =>
        each(`probe ${type}`, 'success', 'failure', 'hang', 'error'),
      ),
      ...['exec', 'httpGet', 'tcpSocket', 'grpc'].flatMap(type => each(`probe ${type}`, 'success', 'failure', 'hang')),
    ],
  ],
  [
    'every handler and outcome of every hook',
    ['postStart', 'preStop'].flatMap(hook =>
      each(`hook ${hook}`, 'exec', 'httpGet', 'sleep', 'success', 'failure', 'cut off'),
    ),
  ],
  [
    'every condition, True and False',
    [
      ...['PodScheduled', 'PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready'].flatMap(type =>
        each(`condition ${type}`, 'True', 'False'),
      ),
      'condition DisruptionTarget True',
      ...each('condition podwright.dev/gate', 'True', 'False'),
    ],
  ],
  [
    'everything that befalls a pod from outside',
    [
      ...['sandbox died', 'sandbox failed', 'start failed', 'rejected by the kubelet', 'spec changed', 'step refused'],
      ...['deletion requested', 'deletion forced', 'removed', 'event FailedMount', 'event FailedScheduling'],
    ],
  ],
  [
    'every race that a request can lose, and those that it wins',
    [
      ...each('request', 'refused', 'reset', 'timed out', 'no endpoint', 'sent again'),
      'requests answered',
      ...each(
        'request lost:',
        'its process does not listen yet',
        'its process has closed its listener',
        'its process has exited',
        'its process exited before the answer',
      ),
    ],
  ],
  [
    'every kind of endpoint',
    ['endpoints none', ...each('endpoint', 'not ready', 'ready serving', 'serving terminating', 'terminating')],
  ],
]

describe(`${SCENARIOS} random scenarios with random choices`, () => {
  const sightings = new Sightings()
  let campaign: LawCampaign
  beforeAll(() => {
    campaign = fuzzLaws({ runs: SCENARIOS, seed, observe: trace => sightings.add(trace) })
  }, 300_000)

  test('break no law', () => {
    const { runs, breach } = campaign
    if (breach !== undefined) {
      throw new Error(`scenario ${runs} of PODWRIGHT_SEED=${seed}, made small:\n${formatLawBreach(breach)}`)
    }
    expect(runs).toBe(SCENARIOS)
  })

  test.each(REACHED)('reach %s', (_, words) => {
    expect(words.filter(word => sightings.timesOf(word) === 0)).toEqual([])
  })
})
