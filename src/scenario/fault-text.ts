import { tryParseDuration } from '../time/index.js'
import { DEFAULT_REBOOT, isAmount } from './node-words.js'
import { shutdownMistake } from './shutdown-groups.js'
import type { StepAction } from './stated-step.js'
import type { StepFlags } from './step-flags.js'

/** Faults of nodes, which are no commands of kubectl, by the names that they have as steps of a Scenario file. */
export const FAULTS = [
  'killKubelet',
  'startKubelet',
  'restartKubelet',
  'cutNetwork',
  'restoreNetwork',
  'reboot',
  'shutDown',
  'exhaust',
  'relieve',
] as const

export type Fault = (typeof FAULTS)[number]

/** The flags that a fault has. */
export const FAULT_FLAGS: Readonly<Record<Fault, readonly string[]>> = {
  killKubelet: [],
  startKubelet: [],
  restartKubelet: [],
  cutNetwork: [],
  restoreNetwork: [],
  reboot: ['down-for'],
  shutDown: ['grace', 'critical-pods', 'down-for'],
  exhaust: ['left'],
  relieve: [],
}

const RESOURCES = ['memory', 'nodefs', 'pid'] as const

/** Reads what follows a fault's name and its node: a resource, flags. */
export function readFault(action: Fault, subject: string, flags: StepFlags): StepAction {
  switch (action) {
    case 'reboot':
      flags.end()
      return { action, subject, downFor: durationOf(flags, 'down-for') ?? DEFAULT_REBOOT }
    case 'shutDown': {
      flags.end()
      const [grace, criticalPods, downFor] = ['grace', 'critical-pods', 'down-for'].map(flag => durationOf(flags, flag))
      const said = {
        ...(grace === undefined ? {} : { grace }),
        ...(criticalPods === undefined ? {} : { criticalPods }),
        ...(downFor === undefined ? {} : { downFor }),
      }
      const mistake = shutdownMistake(said)
      return mistake === undefined ? { action, subject, ...said } : flags.refuse(mistake)
    }
    case 'exhaust':
    case 'relieve': {
      const word = flags.word(RESOURCES.join(', '))
      const resource = RESOURCES.find(each => each === word)
      if (resource === undefined) return flags.refuse(`expected ${RESOURCES.join(', ')}, got ${JSON.stringify(word)}`)
      flags.end()
      const left = flags.text('left')
      if (action === 'relieve' || left === undefined) return { action, subject, resource }
      if (!isAmount(left))
        return flags.refuseFlag('left', `expected a quantity or a share such as 5%, got ${JSON.stringify(left)}`)
      return { action, subject, resource, left }
    }
    default:
      flags.end()
      return { action, subject }
  }
}

/** The duration that a flag has. */
export function durationOf(flags: StepFlags, name: string): number | undefined {
  const text = flags.text(name)
  if (text === undefined) return undefined
  const problem = `expected --${name} as a duration such as 30s or 2m, got ${JSON.stringify(text)}`
  return tryParseDuration(text) ?? flags.refuseFlag(name, problem)
}
