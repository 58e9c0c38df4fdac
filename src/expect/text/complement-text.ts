import type { Level } from '../clause.js'
import { isObjectLevel } from '../object-kinds.js'
import { objectComplementOf } from './object-text.js'
import { wordText } from './plain-word.js'
import { type Complement, containerText, type NameStyle, podText } from './subject-text.js'

/** Takes a level apart into whom it is about and what that is; undefined where it is no such sentence. */
export function complementOf(level: Level, style: NameStyle): Complement | undefined {
  switch (level.kind) {
    case 'phase':
      return { subject: podText(level.pod, style), complement: level.phase }
    case 'terminating':
      return { subject: podText(level.pod, style), complement: 'terminating' }
    case 'scheduled': {
      const node = level.node === undefined ? '' : ` on ${wordText(level.node)}`
      return { subject: podText(level.pod, style), complement: `scheduled${node}` }
    }
    case 'nominated': {
      const node = level.node === undefined ? '' : ` to ${wordText(level.node)}`
      return { subject: podText(level.pod, style), complement: `nominated${node}` }
    }
    case 'endpoint': {
      const condition = level.condition === 'ready' ? '' : `${level.condition} `
      return { subject: podText(level.pod, style), complement: `${condition}in service ${wordText(level.service)}` }
    }
    case 'running':
    case 'ready':
    case 'alive':
      return { subject: containerText(level.container, style), complement: level.kind }
    case 'startedUp':
      return { subject: containerText(level.container, style), complement: 'started' }
    case 'waiting':
      return { subject: containerText(level.container, style), complement: `waiting${withReason(level.reason)}` }
    case 'terminated':
      return { subject: containerText(level.container, style), complement: terminatedText(level) }
    default:
      return isObjectLevel(level) ? objectComplementOf(level, style) : undefined
  }
}

const withReason = (reason: string | undefined): string => (reason === undefined ? '' : ` with ${wordText(reason)}`)

function terminatedText({ reason, exitCode }: Extract<Level, { kind: 'terminated' }>): string {
  if (exitCode === undefined) return `terminated${withReason(reason)}`
  const code = `exit code ${exitCode}`
  return reason === undefined ? `terminated with ${code}` : `terminated${withReason(reason)} and ${code}`
}
