import {
  addQuantities,
  compareQuantities,
  milliValue,
  type Node,
  type Pod,
  parseQuantity,
  type Quantity,
  type ResourceList,
  wholeValue,
} from '../../model/index.js'
import { ageOf, describedTime } from '../api-time.js'
import type { DescribeText } from '../describe-text.js'
import { nodeRoles } from '../printers/cluster.js'
import { type DescribeContext, describeMaps } from './describer.js'

/** Describes a node (kubectl: pkg/describe/describe.go describeNode, v1.32). */
export function describeNode(node: Node, context: DescribeContext): void {
  const { metadata, spec, status } = node
  const { text } = context
  text.field(0, 'Name', metadata.name ?? '')
  text.field(0, 'Roles', nodeRoles(node).join(',') || '<none>')
  describeMaps(node, text)
  text.field(0, 'CreationTimestamp', describedTime(metadata.creationTimestamp))
  const taints = (spec.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`)
  text.list(0, 'Taints', taints.sort())
  text.field(0, 'Unschedulable', spec.unschedulable ?? false)
  text.cells(0, 'Lease:')
  text.field(1, 'HolderIdentity', metadata.name ?? '')
  // Renewals are arithmetic in the model and leave no rows.
  text.field(1, 'AcquireTime', '<unset>')
  text.field(1, 'RenewTime', '<unset>')
  describeConditions(node, text)
  text.cells(0, 'Addresses:')
  for (const { type, address } of status.addresses ?? []) text.field(1, type, address)
  describeAmounts('Capacity', status.capacity, text)
  describeAmounts('Allocatable', status.allocatable, text)
  text.cells(0, 'System Info:')
  for (const [name, field] of SYSTEM_INFO) text.field(1, name, status.nodeInfo?.[field] ?? '')
  if (spec.podCIDR) text.field(0, 'PodCIDR', spec.podCIDR)
  if (spec.podCIDRs !== undefined) text.field(0, 'PodCIDRs', spec.podCIDRs.join(','))
  if (spec.providerID) text.field(0, 'ProviderID', spec.providerID)
  describePods(node, context)
}

const SYSTEM_INFO: readonly (readonly [string, string])[] = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
]

function describeConditions({ status }: Node, text: DescribeText): void {
  const { conditions = [] } = status
  if (conditions.length === 0) return
  text.cells(0, 'Conditions:')
  text.cells(1, 'Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message')
  text.cells(1, '----', '------', '-----------------', '------------------', '------', '-------')
  for (const { type, status: truth, lastHeartbeatTime, lastTransitionTime, reason = '', message = '' } of conditions) {
    const times = [lastHeartbeatTime, lastTransitionTime].map(time => `${describedTime(time)} `)
    text.cells(1, `${type} `, `${truth} `, ...times, `${reason} `, message)
  }
}

function describeAmounts(title: string, amounts: ResourceList | undefined, text: DescribeText): void {
  const names = Object.keys(amounts ?? {}).sort()
  if (names.length > 0) text.cells(0, `${title}:`)
  for (const name of names) text.field(1, name, parseQuantity(amounts?.[name] ?? '0').text)
}

function describePods({ metadata, status }: Node, { view, text, now }: DescribeContext): void {
  const pods = (view.list('Pod') as readonly Pod[]).filter(
    pod => pod.spec.nodeName === metadata.name && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed',
  )
  const room = Object.keys(status.allocatable ?? {}).length > 0 ? status.allocatable : status.capacity
  text.field(0, 'Non-terminated Pods', `(${pods.length} in total)`)
  text.cells(1, 'Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age')
  text.cells(1, '---------', '----', '', '------------', '----------', '---------------', '-------------', '---')
  for (const pod of pods) {
    const cells = ['cpu', 'memory'].flatMap(name =>
      SIDES.map(side => shareOf(name, amountOf(pod, side, name), room?.[name])),
    )
    const { namespace = '', name = '', creationTimestamp } = pod.metadata
    text.cells(1, namespace, name, '', ...cells, ageOf(creationTimestamp, now))
  }
  text.cells(0, 'Allocated resources:')
  text.cells(1, '(Total limits may be over 100 percent, i.e., overcommitted.)')
  text.cells(1, 'Resource', 'Requests', 'Limits')
  text.cells(1, '--------', '--------', '------')
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...extendedOf(room)]) {
    const sums = SIDES.map(side => pods.map(pod => amountOf(pod, side, name)).reduce(addQuantities, NOTHING))
    const isShare = !EXTENDED.test(name)
    text.cells(1, name, ...sums.map(sum => (isShare ? shareOf(name, sum, room?.[name]) : sum.text)))
  }
}

const SIDES = ['requests', 'limits'] as const

const NOTHING = parseQuantity('0')

/** Resources of vendors have a domain in their name; huge pages have sizes. */
const EXTENDED = /\//

const extendedOf = (room: ResourceList | undefined): string[] =>
  Object.keys(room ?? {})
    .filter(name => EXTENDED.test(name) || name.startsWith('hugepages-'))
    .sort((a, b) => Number(EXTENDED.test(a)) - Number(EXTENDED.test(b)) || (a < b ? -1 : 1))

/** `500m (12%)`: an amount, and its share of the node's. */
function shareOf(name: string, amount: Quantity, room: string | undefined): string {
  const measure = name === 'cpu' ? milliValue : wholeValue
  const all = room === undefined ? 0 : measure(room)
  return `${amount.text} (${all === 0 ? 0 : Math.trunc((measure(amount.text) / all) * 100)}%)`
}

/**
 * What a pod asks for: its containers and sidecars together, or an init container with the sidecars before it if that is more.
 *
 * component-helpers: resource/helpers.go PodRequests, v1.32.
 */
function amountOf({ spec }: Pod, side: 'requests' | 'limits', name: string): Quantity {
  const of = (resources: { readonly [each in typeof side]?: ResourceList } | undefined): Quantity =>
    parseQuantity(resources?.[side]?.[name] ?? '0')
  let sidecars = NOTHING
  let most = NOTHING
  for (const { resources, restartPolicy } of spec.initContainers ?? []) {
    const own = addQuantities(sidecars, of(resources))
    if (restartPolicy === 'Always') sidecars = own
    if (compareQuantities(own, most) > 0) most = own
  }
  const running = spec.containers.map(({ resources }) => of(resources)).reduce(addQuantities, sidecars)
  const needed = compareQuantities(most, running) > 0 ? most : running
  const overhead = spec.overhead?.[name]
  const isCounted = overhead !== undefined && (side === 'requests' || needed.nanos > 0n)
  return isCounted ? addQuantities(needed, parseQuantity(overhead)) : needed
}
