import { compileNode, compilePod, type Environment, identify, type PodVersion } from '../../../src/cluster/index.js'
import { type Decision, decide } from '../../../src/cluster/scheduler/decision.js'
import { Framework } from '../../../src/cluster/scheduler/framework.js'
import type { NodeInfo } from '../../../src/cluster/scheduler/node-info.js'
import type { ObjectLister, Plugin, Refusal } from '../../../src/cluster/scheduler/plugin.js'
import { createDefaultPlugins } from '../../../src/cluster/scheduler/plugins/default-plugins.js'
import { type PodInfo, podInfoOf } from '../../../src/cluster/scheduler/pod-info.js'
import { SchedulerCache } from '../../../src/cluster/scheduler/scheduler-cache.js'
import { listedStorage } from '../../../src/cluster/scheduler/volumes/listed-storage.js'
import { createEnvironment, statusOf } from '../../../src/conformance/tables/engine-objects.js'
import { type KubernetesObject, type Node, type Pod, PROFILES } from '../../../src/model/index.js'
import { createNode, DEFAULT_BEHAVIOUR, type NodeWords } from '../../../src/scenario/index.js'

export const PROFILE = PROFILES['1.32']

/** What a test says of a pod; what it does not say, is as in an empty one. */
export interface PodWords {
  readonly name?: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly owner?: { readonly kind: string; readonly name: string }
  readonly requests?: Readonly<Record<string, string>>
  readonly priority?: number
  readonly deleting?: boolean
  readonly status?: Pod['status']
  readonly spec?: Partial<Pod['spec']>
}

/** An object list as a store has it. */
export const listerOf = (objects: readonly KubernetesObject[]): ObjectLister => {
  const lists = new Map<string, readonly KubernetesObject[]>()
  return {
    find: (kind, namespace, name) =>
      objects.find(
        ({ kind: its, metadata }) =>
          its === kind && metadata.name === name && (metadata.namespace ?? 'default') === namespace,
      ) ?? null,
    list: kind => {
      const known = lists.get(kind) ?? objects.filter(object => object.kind === kind)
      lists.set(kind, known)
      return known as never
    },
  }
}

/** Nodes with pods on them, and the scheduler's own parts around them. */
export class SmallCluster {
  readonly environment: Environment = createEnvironment('1.32')
  readonly cache: SchedulerCache
  readonly framework: Framework
  #next = 0

  constructor(
    nodes: readonly (NodeWords | Node)[],
    objects: readonly KubernetesObject[] = [],
    plugins: readonly Plugin[] = createDefaultPlugins(PROFILE),
  ) {
    this.cache = new SchedulerCache(listerOf(objects), plugins, listedStorage(listerOf(objects)))
    this.framework = new Framework(plugins, this.cache)
    const objectsOfNodes = nodes.map(node => ('kind' in node ? node : createNode(node)))
    this.cache.reset(objectsOfNodes.map((node, i) => compileNode(this.environment.symbols, node, i, new Map())))
  }

  node(name: string): NodeInfo {
    const node = this.cache.nodeNamed(name)
    if (node === undefined) throw new Error(`no node ${name}`)
    return node
  }

  version(words: PodWords): PodVersion {
    const { symbols } = this.environment
    const index = this.#next++
    const { labels, owner } = words
    const pod: Pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: words.name ?? `pod-${index}`,
        namespace: words.namespace ?? 'default',
        ...(labels && { labels }),
        ...(owner && { ownerReferences: [{ apiVersion: 'apps/v1', uid: 'u', controller: true, ...owner }] }),
      },
      spec: {
        containers: [
          { name: 'app', image: 'app:1', ...(words.requests && { resources: { requests: words.requests } }) },
        ],
        ...(words.priority === undefined ? {} : { priority: words.priority }),
        ...words.spec,
      },
    }
    const spec = compilePod(symbols, pod, 0, {}, DEFAULT_BEHAVIOUR.sandbox)
    return {
      identity: identify(symbols, index, pod, 0),
      spec,
      row: -1,
      resourceVersion: 1,
      generation: 0,
      observedGeneration: 0,
      node: -1,
      deletionGraceSeconds: words.deleting ? 30 : -1,
      deletionSeconds: 0,
      hasFinalizers: false,
      creationSeconds: 0,
      status: statusOf(symbols, spec, words.status),
    }
  }

  /** Puts a pod on a node; answers its index. */
  place(node: string, words: PodWords = {}): number {
    const version = this.version(words)
    this.cache.add(version, this.node(node))
    return version.identity.index
  }

  info(words: PodWords): PodInfo {
    return podInfoOf(this.version(words).spec)
  }

  /** Per node why it refuses a pod; `null` where it does not. */
  refusals(words: PodWords): Readonly<Record<string, string | null>> {
    const info = this.info(words)
    const { filters, refusedByAll } = this.framework.search(info, -1, undefined)
    const why = (node: NodeInfo): string | null => {
      if (refusedByAll !== undefined) return refusedByAll
      return textOf(this.framework.refusalOf(info, -1, node, filters))
    }
    return Object.fromEntries(this.cache.nodes.map(node => [node.name, why(node)]))
  }

  /** The weighted sum of the plugins' scores by node. */
  scores(words: PodWords): Readonly<Record<string, number>> {
    const { nodes } = this.cache
    const scores = this.framework.scores(this.info(words), nodes)
    return Object.fromEntries(nodes.map(({ name }, i) => [name, scores[i]]))
  }

  /** A whole cycle. */
  decide(words: PodWords): Decision {
    return this.decideVersion(this.version(words))
  }

  decideVersion({ identity: { index }, spec }: PodVersion): Decision {
    return decide(this.framework, this.cache, PROFILE, {
      pod: podInfoOf(spec),
      index,
      nominated: this.framework.nominator.nodeOf(index),
      nowSeconds: 1_000_000,
      drawOffset: () => 0,
    })
  }
}

/** `UU: reason`: U where preemption may help, UU where it cannot. */
export const textOf = (refused: Refusal | null): string | null =>
  refused === null ? null : `${refused.isResolvable ? 'U' : 'UU'}: ${refused.reasons.join(', ')}`

/** Node labels of a zone. */
export const inZone = (zone: string): Readonly<Record<string, string>> => ({ 'topology.kubernetes.io/zone': zone })

export const HOSTNAME = 'kubernetes.io/hostname'
export const ZONE = 'topology.kubernetes.io/zone'
