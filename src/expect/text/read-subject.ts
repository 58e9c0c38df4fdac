import type { ContainerName, PodName } from '../clause.js'
import { EACH, isWorkload } from './subject-text.js'
import type { TextReader } from './text-reader.js'

/** Reads `pod web` or `each pod of deployment/web`, if a pod is named here. */
export function readPod(reader: TextReader): PodName | undefined {
  if (reader.take('pod')) return reader.name('the name of a pod')
  if (!reader.isAt('each', 'pod')) return undefined
  reader.words('each', 'pod', 'of')
  const at = reader.position
  const name = reader.name('a workload such as deployment/web')
  if (isWorkload(name)) return name
  return reader.failAt(
    at,
    `expected a workload such as deployment/web, got ${JSON.stringify(name)}`,
    `write pod ${name}, or its kind before it: deployment/${name}`,
  )
}

/** Demands a pod. */
export const demandPod = (reader: TextReader): PodName =>
  readPod(reader) ?? reader.fail('a pod, such as pod web or each pod of deployment/web', ['pod', 'each'])

const CONTAINER_WORDS = ['container', 'init', 'sidecar'] as const

/**
 * Reads `container web/app`, `any container of pod web` or, within `for each container …`, `container it`; if a container is
 * named here.
 */
export function readContainer(reader: TextReader, isInEach: boolean): ContainerName | undefined {
  if (reader.isAt('any', 'container')) {
    reader.words('any', 'container')
    return reader.take('of') ? { pod: demandPod(reader), container: '*' } : { container: '*' }
  }
  if (isInEach && reader.take('it')) return { container: EACH }
  const word = reader.takeOneOf(CONTAINER_WORDS)
  if (word === undefined) return undefined
  // `init container migrate` is what some say.
  if (word !== 'container') reader.take('container')
  if (isInEach && reader.take('it')) return { container: EACH }
  const name = reader.takeName()
  if (name === undefined) return { container: reader.name('the name of a container, such as app or web/app') }
  if (name.isQuoted)
    return reader.take('of') ? { pod: demandPod(reader), container: name.text } : { container: name.text }
  const slash = name.text.lastIndexOf('/')
  if (slash >= 0) return { pod: name.text.slice(0, slash), container: name.text.slice(slash + 1) }
  return reader.take('of') ? { pod: demandPod(reader), container: name.text } : { container: name.text }
}

/** Demands a container. */
export const demandContainer = (reader: TextReader, isInEach: boolean): ContainerName =>
  readContainer(reader, isInEach) ??
  reader.fail('a container, such as container app or container web/app', [...CONTAINER_WORDS, 'any'])
