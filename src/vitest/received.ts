import { PodwrightError } from '../errors/index.js'
import { ContainerRun, PodRun, ScenarioRun } from '../spec/index.js'

/** The pod that a matcher was given: a pod of a run, or the only one of a run. */
export function podOf(received: unknown, matcher: string): PodRun {
  if (received instanceof PodRun) return received
  if (received instanceof ScenarioRun) {
    const [only, ...others] = [...received.trace.objects.values()].filter(({ kind }) => kind === 'Pod')
    if (only !== undefined && others.length === 0) return received.pod(only.path)
    throw several(
      matcher,
      "a pod of the run: run.pod('web')",
      `a run of ${others.length + Number(only !== undefined)} pods`,
    )
  }
  throw refused(matcher, "a pod of a run: scenario(…).run().pod('web')", received)
}

/** The container that a matcher was given: a container of a run, or the only one of a pod. */
export function containerOf(received: unknown, matcher: string): ContainerRun {
  if (received instanceof ContainerRun) return received
  const pod = podOf(received, matcher)
  const [only, ...others] = pod.containers
  if (only !== undefined && others.length === 0) return pod.container(only)
  throw several(
    matcher,
    "a container of the run: run.pod('web').container('app')",
    `a pod of ${others.length + 1} containers`,
  )
}

/** The run that a matcher was given, or that a pod or container belongs to. */
export function runOf(received: unknown, matcher: string): ScenarioRun {
  if (received instanceof ScenarioRun) return received
  if (received instanceof PodRun) return received.run
  if (received instanceof ContainerRun) return received.pod.run
  throw refused(matcher, 'a run: scenario(…).run()', received)
}

const several = (where: string, expected: string, got: string): PodwrightError =>
  new PodwrightError({ code: 'USAGE', where, problem: `expected ${expected}, got ${got}` })

/** Misuse of a matcher. */
export const refused = (matcher: string, expected: string, got: unknown): PodwrightError =>
  new PodwrightError({
    code: 'USAGE',
    where: matcher,
    problem: `expected ${expected}, got ${shown(got)}`,
  })

const shown = (value: unknown): string =>
  value === null || typeof value !== 'object' ? (JSON.stringify(value)?.slice(0, 80) ?? typeof value) : 'another object'
