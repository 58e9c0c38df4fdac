import { wholeValue } from '../../model/index.js'
import type { ResourceUse, Usage } from '../../scenario/index.js'
import type { Milliseconds } from '../../time/index.js'
import {
  type ContainerSpec,
  type ContainerUsage,
  exceedsAt,
  type PodSpec,
  RUNTIME_STATE,
  type UsageLine,
  usedAt,
} from '../contract/index.js'
import type { PodState } from './pod-state.js'

/** How long after its start a container outgrows its memory limit, which ends it; Infinity: it does not, or has none. */
export function outgrowsAfter({ memory }: ResourceUse, { name }: ContainerSpec, { object }: PodSpec): Milliseconds {
  const { containers, initContainers = [] } = object.spec
  const limit = [...containers, ...initContainers].find(each => each.name === name)?.resources?.limits?.memory
  if (memory === undefined || limit === undefined) return Number.POSITIVE_INFINITY
  return exceedsAt([lineFrom(memory, 0)], wholeValue(limit), 0)
}

/** What the newest instance of each container takes; one that has exited has left what it wrote to volumes. */
export function containerUsages({ processes }: PodState): readonly ContainerUsage[] {
  const usages: ContainerUsage[] = []
  const seen = new Set<number>()
  for (const { view } of processes) {
    const { container, state, startedAt, finishedAt } = view
    const { uses } = container.behaviour
    if (seen.has(container.slot)) continue
    seen.add(container.slot)
    if (state === RUNTIME_STATE.running) usages.push(runningUsage(container, uses ?? NOTHING, startedAt))
    else if (state === RUNTIME_STATE.exited && uses?.volumes !== undefined)
      usages.push(leftUsage(container, uses.volumes, startedAt, finishedAt))
  }
  return usages.sort((a, b) => a.container.slot - b.container.slot)
}

const NOTHING: ResourceUse = {}

function runningUsage(container: ContainerSpec, uses: ResourceUse, since: Milliseconds): ContainerUsage {
  const { memory, ephemeralStorage, processes, volumes = {} } = uses
  const line = (usage: Usage | undefined): UsageLine | null => (usage === undefined ? null : lineFrom(usage, since))
  return {
    container,
    memory: line(memory),
    ephemeralStorage: line(ephemeralStorage),
    processes: line(processes),
    volumes: new Map(Object.entries(volumes).map(([name, usage]) => [name, lineFrom(usage, since)])),
  }
}

function leftUsage(
  container: ContainerSpec,
  volumes: Readonly<Record<string, Usage>>,
  since: Milliseconds,
  until: Milliseconds,
): ContainerUsage {
  const left = Object.entries(volumes).map(([name, usage]): [string, UsageLine] => {
    const amount = usedAt(lineFrom(usage, since), until)
    return [name, { since: until, from: amount, perSecond: 0, upTo: amount }]
  })
  return { container, memory: null, ephemeralStorage: null, processes: null, volumes: new Map(left) }
}

const lineFrom = ({ from, perSecond, upTo }: Usage, since: Milliseconds): UsageLine => ({
  since,
  from,
  perSecond,
  upTo: upTo ?? Number.POSITIVE_INFINITY,
})
