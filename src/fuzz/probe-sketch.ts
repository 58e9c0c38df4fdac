import fc from 'fast-check'
import type { LifecycleHandler, Probe } from '../model/index.js'
import type { HookBehaviour, ProbeBehaviour } from '../scenario/index.js'
import { answers, hookBehaviour } from './process-sketch.js'

/** A probe: its settings, its handler, and what the handler answers, per start. */
export interface ProbeSketch {
  readonly handler: 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'
  readonly settings: Pick<
    Probe,
    'initialDelaySeconds' | 'timeoutSeconds' | 'periodSeconds' | 'successThreshold' | 'failureThreshold'
  >
  /** Seconds that a failed liveness or startup probe leaves the container. */
  readonly graceSeconds: number | undefined
  readonly answers: readonly ProbeBehaviour[]
}

/** A hook: its handler and how it goes. */
export interface HookSketch {
  readonly handler: 'exec' | 'httpGet' | 'sleep'
  readonly sleepSeconds: number
  readonly behaviour: HookBehaviour
}

/** Draws a probe. */
export const probe = (): fc.Arbitrary<ProbeSketch> =>
  fc.record({
    handler: fc.constantFrom('exec', 'httpGet', 'tcpSocket', 'grpc'),
    settings: fc.record(
      {
        initialDelaySeconds: fc.integer({ min: 0, max: 20 }),
        timeoutSeconds: fc.integer({ min: 1, max: 5 }),
        periodSeconds: fc.integer({ min: 1, max: 12 }),
        successThreshold: fc.integer({ min: 1, max: 3 }),
        failureThreshold: fc.integer({ min: 1, max: 4 }),
      },
      { requiredKeys: [] },
    ),
    graceSeconds: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined, freq: 3 }),
    answers: fc.array(answers(), { minLength: 1, maxLength: 2 }),
  })

/** Writes a probe as the API takes it: only a readiness probe may want several successes, and it kills nobody. */
export function writtenProbe(sketch: ProbeSketch, type: 'liveness' | 'readiness' | 'startup', port: number): Probe {
  const { successThreshold, ...settings } = sketch.settings
  const isReadiness = type === 'readiness'
  return {
    ...probeHandler(sketch.handler, type, port),
    ...settings,
    ...(isReadiness && successThreshold !== undefined ? { successThreshold } : {}),
    ...(!isReadiness && sketch.graceSeconds !== undefined
      ? { terminationGracePeriodSeconds: sketch.graceSeconds }
      : {}),
  }
}

function probeHandler(handler: ProbeSketch['handler'], type: string, port: number): Probe {
  switch (handler) {
    case 'exec':
      return { exec: { command: ['probe', type] } }
    case 'httpGet':
      return { httpGet: { path: `/${type}`, port } }
    case 'tcpSocket':
      return { tcpSocket: { port } }
    case 'grpc':
      return { grpc: { port } }
  }
}

/** Draws a hook. */
export const hook = (): fc.Arbitrary<HookSketch> =>
  fc.record({
    handler: fc.constantFrom('exec', 'httpGet', 'sleep'),
    sleepSeconds: fc.integer({ min: 1, max: 15 }),
    behaviour: hookBehaviour(),
  })

/** Writes a hook as the API takes it: no sleep outlasts the pod's grace period. */
export function writtenHook(sketch: HookSketch, name: string, port: number, graceSeconds: number): LifecycleHandler {
  if (sketch.handler === 'sleep' && graceSeconds > 0) {
    return { sleep: { seconds: Math.min(sketch.sleepSeconds, graceSeconds) } }
  }
  if (sketch.handler === 'httpGet') return { httpGet: { path: `/hook/${name}`, port } }
  return { exec: { command: ['hook', name] } }
}
