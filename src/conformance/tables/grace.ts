import { run, terminationGraceSeconds } from '../../cluster/index.js'
import { DEFAULT_KUBELET_CONFIGURATION, type Pod } from '../../model/index.js'
import { type ContainerBehaviour, createNode, DEFAULT_BEHAVIOUR, DEFAULT_TIMING, RUNS } from '../../scenario/index.js'
import { ROW, type Trace } from '../../trace/index.js'
import type { Answer } from './table.js'
import { type Partly, wholePod } from './whole-objects.js'

interface Input {
  readonly pod: Partly<Pod>
  readonly container?: string
  /** Why it is killed; the empty text and `Unknown` are no reason of their own. */
  readonly reason?: string
  /** How long each container may take, and takes from its turn on. */
  readonly stop?: Readonly<Record<string, { readonly graceSeconds?: number; readonly runsAfterTurnSeconds?: number }>>
}

/** kubelet: pkg/kubelet/kuberuntime/{kuberuntime_container,kuberuntime_termination_order}_test.go. */
export function answerGrace(input: unknown): Answer {
  const given = input as Input
  return given.stop === undefined
    ? { gracePeriodSeconds: gracePeriodSeconds(given) }
    : { waitSeconds: waitSeconds(given.pod, given.stop) }
}

const KILL_REASONS = { StartupProbe: 'startup', LivenessProbe: 'liveness', FailedPostStartHook: 'postStart' } as const

function gracePeriodSeconds({ pod, container, reason = '' }: Input): number {
  const { metadata, spec } = wholePod(pod)
  const all = [...spec.containers, ...(spec.initContainers ?? [])]
  const killed = all.find(({ name }) => name === container) ?? all[0]
  return terminationGraceSeconds(
    spec.terminationGracePeriodSeconds ?? null,
    metadata.deletionGracePeriodSeconds ?? -1,
    KILL_REASONS[reason as keyof typeof KILL_REASONS] ?? 'stop',
    {
      liveness: killed?.livenessProbe?.terminationGracePeriodSeconds ?? -1,
      startup: killed?.startupProbe?.terminationGracePeriodSeconds ?? -1,
    },
  )
}

/** When the pod of a termination order is deleted: everything has long been up. */
const DELETED_AT = 120_000

/** Runs the pod, deletes it, and sees how long after its kill began each container got its SIGTERM. */
function waitSeconds(pod: Partly<Pod>, stop: NonNullable<Input['stop']>): Readonly<Record<string, number>> {
  const whole = wholePod(pod)
  const containers = Object.fromEntries(
    Object.entries(stop).map(([name, { runsAfterTurnSeconds = 0 }]) => [name, stopsAfter(runsAfterTurnSeconds * 1000)]),
  )
  const grace = Math.max(0, ...Object.values(stop).map(({ graceSeconds = 0 }) => graceSeconds))
  const named = {
    ...whole,
    metadata: { ...whole.metadata, name: 'p', namespace: 'default' },
    spec: { ...whole.spec, terminationGracePeriodSeconds: grace },
  }
  const trace = run({
    kubernetes: '1.32',
    kubelet: DEFAULT_KUBELET_CONFIGURATION,
    nodes: [createNode({ name: 'node' })],
    pods: [{ pod: named, createdAt: 0, containers, sandbox: DEFAULT_BEHAVIOUR.sandbox }],
    objects: [],
    images: {},
    steps: [{ at: DELETED_AT, do: 'delete', pod: 'default/p' }],
    horizon: DELETED_AT + (grace + 60) * 1000 * (Object.keys(stop).length + 1),
    timing: DEFAULT_TIMING,
    assumptions: [],
  })
  return waitsIn(trace)
}

const stopsAfter = (exitAfter: number): ContainerBehaviour => ({
  runs: [{ ...RUNS, onTerm: { exitAfter, exitCode: 0 } }],
  liveness: [DEFAULT_BEHAVIOUR.probe],
  readiness: [DEFAULT_BEHAVIOUR.probe],
  startup: [DEFAULT_BEHAVIOUR.probe],
  postStart: DEFAULT_BEHAVIOUR.hook,
  preStop: DEFAULT_BEHAVIOUR.hook,
})

/** A kill begins with its event; its wait ends with the call that stops the container. Whole seconds, cut off. */
function waitsIn({ rows, objects, symbols }: Trace): Readonly<Record<string, number>> {
  const begun = new Map<number, number>()
  const waits: Record<string, number> = {}
  for (let number = 0; number < rows.length; number++) {
    const { kind, object, a, time } = rows.at(number)
    if (kind === ROW.event && symbols.text(a) === 'Killing') begun.set(object, time)
    if (kind !== ROW.containerStop) continue
    const name = objects.get(object)?.name ?? ''
    waits[name] = Math.trunc((time - (begun.get(object) ?? time)) / 1000)
  }
  return waits
}
