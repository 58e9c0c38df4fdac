import { nearestWord, PodwrightError } from '../errors/index.js'
import type { KubernetesObject, Node, Service } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { PlanTraffic } from './plan.js'
import { serviceText } from './serve-text.js'
import { MOST_REQUESTS, type StatedTraffic } from './stated-traffic.js'
import { checkTraffic } from './traffic-text.js'

/** Traffic with the place where it was stated. */
export type PlacedTraffic = StatedTraffic & { readonly where?: PodwrightError['where'] | undefined }

/** The objects that hold the Services, and the namespace of names without one. */
export interface ServiceObjects {
  readonly objects: readonly KubernetesObject[]
  readonly namespace: string
}

/** How long a client waits for an answer that nobody says anything of. */
const CLIENT_TIMEOUT = 5000

/**
 * Looks up the names of traffic, and fills in what was not said.
 *
 * @throws PodwrightError `SCENARIO_INVALID` for a Service, port or node that there is not, and for more than a million requests.
 */
export function planTraffic(
  stated: readonly PlacedTraffic[],
  { objects, namespace }: ServiceObjects,
  nodes: readonly Node[],
  horizon: Milliseconds,
): readonly PlanTraffic[] {
  const services = objects.filter((object): object is Service => object.kind === 'Service')
  const planned = stated.map(each => planOne(each, { services, namespace }, nodes, horizon))
  const total = planned.reduce((sum, each) => sum + ((each.until - (each.from ?? 0)) * each.requests) / each.per, 0)
  if (total <= MOST_REQUESTS) return planned
  throw new PodwrightError({
    code: 'INPUT_TOO_LARGE',
    where: stated[0].where,
    problem: `expected at most ${MOST_REQUESTS} requests in a run, got ${Math.ceil(total)}`,
    hint: 'end the traffic sooner, with "until", or lower its rate',
  })
}

function planOne(
  traffic: PlacedTraffic,
  { services, namespace }: { readonly services: readonly Service[]; readonly namespace: string },
  nodes: readonly Node[],
  horizon: Milliseconds,
): PlanTraffic {
  const { where, service: named, port, requests, per, from, client = {} } = traffic
  const timeout = client.timeout ?? CLIENT_TIMEOUT
  const until = traffic.until ?? lastInstant(horizon, timeout)
  checkTraffic(traffic, 'traffic')
  const service = serviceNamed(named, services, namespace, where)
  checkPort(traffic, service)
  if (client.node !== undefined && !nodes.some(({ metadata }) => metadata.name === client.node)) {
    throw unknown(
      where,
      `node ${client.node}`,
      client.node,
      nodes.map(({ metadata }) => metadata.name ?? ''),
    )
  }
  if (client.node === undefined && service.spec.internalTrafficPolicy === 'Local') {
    throw new PodwrightError({
      code: 'SCENARIO_INVALID',
      where,
      problem: `expected the node of the client: ${serviceText(named)} only leads to pods of the same node (internalTrafficPolicy: Local)`,
      hint: `write: on node ${nodes[0]?.metadata.name ?? 'a'}`,
    })
  }
  return {
    service: nameOf(service),
    ...(port === undefined ? {} : { port }),
    requests,
    per,
    from: from ?? null,
    until: Math.min(until, horizon),
    client: {
      ...(client.node === undefined ? {} : { node: client.node }),
      ...(client.keepAlive === undefined ? {} : { keepAlive: client.keepAlive }),
      retries: client.retries ?? 0,
      timeout,
    },
  }
}

/** A Service by its name, or by namespace and name; as with steps, one that only another namespace has is meant, too. */
function serviceNamed(
  named: string,
  services: readonly Service[],
  namespace: string,
  where: PlacedTraffic['where'],
): Service {
  const full = named.includes('/') ? named : `${namespace}/${named}`
  const there = services.find(each => nameOf(each) === full)
  if (there !== undefined) return there
  const elsewhere = services.filter(({ metadata }) => metadata.name === named)
  if (elsewhere.length === 1) return elsewhere[0]
  const texts = services.map(each => serviceText(nameOf(each).replace(/^default\//, '')))
  if (elsewhere.length === 0) throw unknown(where, `service ${serviceText(named)}`, serviceText(named), texts)
  throw new PodwrightError({
    code: 'SCENARIO_INVALID',
    where,
    problem: `${serviceText(named)} is in the namespaces ${elsewhere.map(({ metadata }) => metadata.namespace ?? 'default').join(' and ')}`,
    hint: `write ${serviceText(nameOf(elsewhere[0]))}`,
  })
}

/** Every request has its time before the horizon, so that none is left under way: where there is room for that. */
const lastInstant = (horizon: Milliseconds, timeout: Milliseconds): Milliseconds =>
  horizon >= 2 * timeout ? horizon - timeout : horizon

const nameOf = ({ metadata }: Service): string => `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`

function checkPort({ where, port, service }: PlacedTraffic, { spec }: Service): void {
  const ports = spec.ports ?? []
  if (port === undefined || ports.some(each => each.name === port || each.port === port)) return
  const known = ports.map(each => `${each.name ?? each.port}`)
  throw unknown(where, `port ${port} of ${serviceText(service)}`, `${port}`, known)
}

function unknown(where: PlacedTraffic['where'], what: string, word: string, known: readonly string[]): PodwrightError {
  const nearest = nearestWord(word, known)
  const otherwise = known.length === 0 ? 'there are none' : `there are ${known.slice(0, 8).join(', ')}`
  return new PodwrightError({
    code: 'SCENARIO_INVALID',
    where,
    problem: `there is no ${what}`,
    hint: nearest === undefined ? otherwise : `the nearest is ${nearest}`,
  })
}
