import type { ContainerName, PodName } from '../clause.js'
import type { ObjectName } from '../object-clause.js'
import { quoted, wordText } from './plain-word.js'

/** How names are written: within `for each container …` the container is `it`. */
export interface NameStyle {
  readonly isInEach: boolean
  /** How a pod is called; default: as the clause calls it. */
  readonly podName?: ((pod: PodName) => string) | undefined
  /** How an object that is no pod is called; default: as the clause calls it. */
  readonly objectName?: ((object: ObjectName) => string) | undefined
}

/** A level that reads as subject and complement: `pod web` + `Running`, `container app` + `waiting with CrashLoopBackOff`. */
export interface Complement {
  readonly subject: string
  readonly complement: string
}

/** A container of `eachContainer`, before `resolveClauses` puts a name in its place. */
export const EACH = '@each'

const WORKLOAD = /(?:^|\/)(?:deployment|replicaset|statefulset|daemonset|job|cronjob|replicationcontroller)\/[^/]+$/i

/** Whether a pod's name is a workload's: `deployment/web`. */
export const isWorkload = (pod: PodName): boolean => WORKLOAD.test(pod)

/** `pod web`, `each pod of deployment/web`. */
export function podText(pod: PodName, style: NameStyle): string {
  const name = style.podName?.(pod) ?? pod
  return isWorkload(name) ? `each pod of ${wordText(name)}` : `pod ${wordText(name)}`
}

/** `container app`, `container web/app`, `any container of pod web`, `container it`. */
export function containerText({ pod, container }: ContainerName, style: NameStyle): string {
  if (container === '*') return pod === undefined ? 'any container' : `any container of ${podText(pod, style)}`
  if (container === EACH && pod === undefined && style.isInEach) return 'container it'
  const name = wordText(container)
  const isPlain = name === container && !container.includes('/')
  const owner = pod === undefined ? undefined : (style.podName?.(pod) ?? pod)
  if (isPlain && owner === undefined) return `container ${name}`
  if (isPlain && owner !== undefined && wordText(owner) === owner) return `container ${owner}/${name}`
  // A quoted name is the container's own, whatever slashes are in it.
  const own = `container ${quoted(container)}`
  return owner === undefined ? own : `${own} of ${podText(owner, { isInEach: style.isInEach })}`
}
