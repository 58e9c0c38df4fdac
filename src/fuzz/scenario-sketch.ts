import fc from 'fast-check'
import { type KubernetesVersion, PROFILES } from '../model/index.js'
import type { StatedImage } from '../scenario/index.js'
import type { Milliseconds } from '../time/index.js'
import { type Features, features } from './features.js'
import { type PodSketch, pod } from './pod-sketch.js'
import { often, seldom } from './rarity.js'
import { type StepSketch, step } from './step-sketch.js'
import { time } from './times.js'
import { type TrafficSketch, traffic } from './traffic-sketch.js'

/** Everything drawn of a scenario: `writeScenario` makes of it what its features ask for. */
export interface ScenarioSketch {
  readonly features: Features
  readonly kubernetes: KubernetesVersion
  readonly horizon: Milliseconds
  readonly pods: readonly PodSketch[]
  readonly images: readonly StatedImage[]
  readonly hasInvalidImage: boolean
  readonly steps: readonly StepSketch[]
  /** Whether the first node has little room, and whether there is a second one. */
  readonly isSmall: boolean
  readonly hasSecondNode: boolean
  /** Requests to the Service, where there is one. */
  readonly traffic: TrafficSketch | undefined
}

/** How many images the containers of a scenario share. */
export const IMAGES = 4

const MINUTE = 60_000
const HORIZONS: readonly Milliseconds[] = [1, 2, 5, 10, 40].map(minutes => minutes * MINUTE)

/** Texts that a CRI answers; the kubelet has reasons of its own for two of them. */
const PULL_ERRORS = [
  null,
  'rpc error: code = Unknown desc = failed to pull and unpack image: 429 Too Many Requests',
  'RegistryUnavailable: the registry is down for maintenance',
  'SignatureValidationFailed: no matching signature',
] as const

const pullError = fc.constantFrom(...PULL_ERRORS)
const image: fc.Arbitrary<StatedImage> = fc
  .record({
    pullDuration: often(time(60_000)),
    failures: often(fc.array(pullError, { minLength: 1, maxLength: 3 })),
    alwaysFails: seldom(seldom(pullError)),
    isPresent: seldom(fc.boolean()),
    runsAsRoot: seldom(fc.boolean()),
  })
  .map(drawn => Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)))

/** Draws everything of a scenario. */
export const scenarioSketch = (): fc.Arbitrary<ScenarioSketch> =>
  fc.record({
    features: features(),
    kubernetes: fc.constantFrom(...(Object.keys(PROFILES) as KubernetesVersion[])),
    horizon: fc.constantFrom(...HORIZONS),
    pods: fc.array(pod(), { minLength: 1, maxLength: 3 }),
    images: fc.array(image, { minLength: IMAGES, maxLength: IMAGES }),
    hasInvalidImage: seldom(fc.constant(true)).map(Boolean),
    steps: fc.array(step(5 * MINUTE), { maxLength: 6 }),
    isSmall: fc.boolean(),
    hasSecondNode: fc.boolean(),
    // Last: what is drawn before it stays as it was.
    traffic: often(traffic()),
  })
