import { PodwrightError } from '../errors/index.js'
import { type Labels, type Node, type ResourceList, readQuantity } from '../model/index.js'
import { type NodeWords, readNodeWords } from './read-node-words.js'

/** A plan with more nodes than this is refused: what Kubernetes itself is made for. */
export const MOST_NODES = 5000

/** The room of a node of which nothing is said: enough for any manifest. */
export const ROOMY = { cpu: '64', memory: '256Gi', pods: '110', 'ephemeral-storage': '1Ti' } as const

/** Makes a number of roomy nodes: `node-1`, `node-2`, … */
export function createNodes(count: number, where?: string): Node[] {
  if (!Number.isInteger(count) || count < 1 || count > MOST_NODES) {
    throw new PodwrightError({
      code: 'USAGE',
      where,
      problem: `expected a number of nodes from 1 to ${MOST_NODES}, got ${count}`,
    })
  }
  return Array.from({ length: count }, (_, index) => createNode({ name: `node-${index + 1}` }))
}

/**
 * Makes a node object from what is said of it.
 *
 * @throws PodwrightError `USAGE` for a field that there is not, or that holds what it cannot.
 */
export function createNode(said: NodeWords): Node {
  const words = readNodeWords(said)
  const capacity: ResourceList = {
    ...ROOMY,
    ...(words.cpu === undefined ? {} : { cpu: words.cpu }),
    ...(words.memory === undefined ? {} : { memory: words.memory }),
    ...(words.pods === undefined ? {} : { pods: String(words.pods) }),
  }
  return completeNode({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: words.name, labels: words.labels ?? {} },
    spec: {
      ...(words.taints === undefined ? {} : { taints: words.taints }),
      ...(words.unschedulable === true ? { unschedulable: true } : {}),
    },
    status: { capacity, allocatable: { ...capacity, ...words.allocatable } },
  })
}

/** Makes the nodes that a scenario asks for: so many roomy ones, or those it describes. */
export function nodesOf(words: number | readonly NodeWords[]): Node[] {
  if (typeof words === 'number') return createNodes(words)
  return words.map((said, index) => {
    const { cpu, memory, allocatable, ...rest } = readNodeWords(said, `nodes[${index}]`)
    return createNode({
      ...rest,
      ...(cpu === undefined ? {} : { cpu: canonical(cpu) }),
      ...(memory === undefined ? {} : { memory: canonical(memory) }),
      ...(allocatable === undefined ? {} : { allocatable: canonicalList(allocatable) }),
    })
  })
}

/** A quantity as the API server stores it. */
function canonical(text: string): string {
  const read = readQuantity(text)
  return 'text' in read ? read.text : text
}

const canonicalList = (list: Readonly<Record<string, string>>): ResourceList =>
  Object.fromEntries(Object.entries(list).map(([name, text]) => [name, canonical(text)]))

/** Gives a node an address of its own by its place among the nodes, unless it has one. */
export function withAddress(node: Node, index: number): Node {
  const { addresses = [] } = node.status
  if (addresses.some(({ type }) => type === 'InternalIP')) return node
  const address = `172.18.${Math.floor(index / 250)}.${(index % 250) + 2}`
  return { ...node, status: { ...node.status, addresses: [{ type: 'InternalIP', address }, ...addresses] } }
}

/** Fills in what a kubelet would have registered: labels, capacity, addresses and conditions. */
export function completeNode(node: Node): Node {
  const name = node.metadata.name ?? ''
  const capacity = { ...ROOMY, ...(node.status?.capacity ?? node.status?.allocatable) }
  const { namespace: _, ...metadata } = node.metadata
  return {
    ...node,
    metadata: { ...metadata, labels: labelsOf(name, node.metadata.labels) },
    spec: node.spec ?? {},
    status: {
      ...node.status,
      capacity,
      allocatable: { ...capacity, ...node.status?.allocatable },
      conditions: node.status?.conditions ?? HEALTHY,
      addresses: node.status?.addresses ?? [{ type: 'Hostname', address: name }],
    },
  }
}

/**
 * The labels of a node that has been up for a moment: what its kubelet registers, and the old names of two of these, which the
 * node lifecycle controller keeps beside them. Many manifests still select by those.
 */
// node_lifecycle_controller.go labelReconcileInfo, v1.32.
function labelsOf(name: string, said: Labels = {}): Labels {
  const labels = { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux', ...said }
  return {
    'beta.kubernetes.io/arch': labels['kubernetes.io/arch'],
    'beta.kubernetes.io/os': labels['kubernetes.io/os'],
    'kubernetes.io/hostname': name,
    ...labels,
  }
}

/** What a kubelet that is well says of its node. */
export const HEALTHY = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
] as const
