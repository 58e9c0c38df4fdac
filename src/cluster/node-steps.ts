import type { Node } from '../model/index.js'
import type { ReactionStep } from '../scenario/index.js'
import { ROW } from '../trace/index.js'
import { applyPatch, type NodeStore } from './api-server/index.js'
import type { Environment, NodeRecord } from './contract/index.js'
import type { Drains } from './drains.js'
import type { NodeCluster } from './node-cluster.js'
import { changeLabels, changeTaints } from './node-words.js'

/** A step that is about a node. */
export type NodeStep = Extract<ReactionStep, { readonly node: string }>

export const isNodeStep = (step: ReactionStep): step is NodeStep => 'node' in step

/** Carries out what steps do to nodes: to their objects, as a user, and to their machines. */
export class NodeSteps {
  readonly #environment: Environment
  readonly #nodes: NodeStore
  readonly #cluster: NodeCluster
  readonly #drains: Drains

  constructor(environment: Environment, nodes: NodeStore, cluster: NodeCluster, drains: Drains) {
    this.#environment = environment
    this.#nodes = nodes
    this.#cluster = cluster
    this.#drains = drains
  }

  carryOut(step: NodeStep, cause: number): void {
    const node = this.#nodes.nodes.find(({ name }) => name === step.node)
    const isOfMachine = MACHINE_STEPS.has(step.do)
    if (node === undefined || (node.isGone && !isOfMachine)) this.#refuse(step.node, cause)
    else if (isOfMachine) this.#toMachine(node.index, step, cause)
    else this.#toObject(node, step, cause)
  }

  #toMachine(index: number, step: NodeStep, cause: number): void {
    switch (step.do) {
      case 'restartKubelet':
        this.#cluster.restartKubelet(index, cause)
        break
      case 'killKubelet':
        this.#cluster.killKubelet(index, cause)
        break
      case 'startKubelet':
        this.#cluster.startKubelet(index, cause)
        break
      case 'rebootNode':
        this.#cluster.reboot(index, step.downFor, cause)
        break
      case 'cutNetwork':
      case 'restoreNetwork':
        this.#cluster.cutNetwork(index, step.do === 'cutNetwork', cause)
        break
      case 'shutDownNode':
        this.#cluster.shutDown(index, step.groups, step.downFor ?? null, cause)
        break
      case 'exhaustNode':
        this.#cluster.exhaust(index, STARVED[step.resource], step.left ?? null, cause)
        break
      case 'relieveNode':
        this.#cluster.relieve(index, STARVED[step.resource], cause)
        break
    }
  }

  #toObject({ index, object }: NodeRecord, step: NodeStep, cause: number): void {
    switch (step.do) {
      case 'drain':
        this.#nodes.setUnschedulable(index, true, cause)
        this.#drains.begin(this.#nodes.nodes[index], step, cause)
        break
      case 'cordon':
      case 'uncordon':
        this.#nodes.setUnschedulable(index, step.do === 'cordon', cause)
        break
      case 'taintNode':
        this.#nodes.setTaints(index, changeTaints(object.spec.taints ?? [], step.taints), cause)
        break
      case 'labelNode':
        this.#nodes.setLabels(index, changeLabels(object.metadata.labels, step.labels), cause)
        break
      case 'deleteNode':
        this.#nodes.remove(index, cause)
        break
      case 'patchNode': {
        const { metadata, spec } = applyPatch(object, step.patch, step.type) as Node
        this.#nodes.setLabels(index, metadata.labels ?? {}, cause)
        this.#nodes.setTaints(index, spec.taints ?? [], cause)
        this.#nodes.setUnschedulable(index, spec.unschedulable === true, cause)
        break
      }
    }
  }

  #refuse(name: string, cause: number): void {
    const { kernel, trace, symbols } = this.#environment
    const message = symbols.intern(`nodes "${name}" not found`)
    trace.append(kernel.now, ROW.refused, symbols.intern(`Node/${name}`), message, 0, 0, cause)
  }
}

/** What is done to a machine or its kubelet, whether there is a Node object or not. */
const MACHINE_STEPS: ReadonlySet<ReactionStep['do']> = new Set([
  'restartKubelet',
  'killKubelet',
  'startKubelet',
  'rebootNode',
  'cutNetwork',
  'restoreNetwork',
  'shutDownNode',
  'exhaustNode',
  'relieveNode',
])

/** What the kubelet calls the resources of steps. */
const STARVED = { memory: 'memory', nodefs: 'ephemeral-storage', pid: 'pids' } as const
