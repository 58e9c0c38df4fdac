import type { Node, Pod } from '../model/index.js'
import { createNode, type Step } from '../scenario/index.js'
import type { RecordedAction, Recording } from './recording.js'

/** The label and taint by which the recorder kept a recording's own node for it. */
const OWN = 'oracle/j'

/** The nodes of a recording's cluster: two that every recording shares, and those of its own that faults befall. */
export function nodesOfRecording(recording: Recording): Node[] {
  const room = { cpu: '64', memory: '256Gi' }
  const shared = ['node-a', 'node-b'].map(name => createNode({ name, ...room }))
  const own = ownNodeNames(recording).map(name =>
    createNode({
      name,
      ...room,
      labels: { [OWN]: name },
      taints: [{ key: OWN, value: 'only', effect: 'NoSchedule' }],
    }),
  )
  return [...shared, ...own]
}

/** Those that were watched, and those that pods or actions name. */
function ownNodeNames({ manifests, actions, runs }: Recording): string[] {
  const watched = runs.flatMap(({ nodes = {} }) => Object.keys(nodes))
  const wanted = manifests.flatMap(object => {
    const spec = object.kind === 'Pod' ? (object as Pod).spec : templateSpecOf(object)
    const name = spec?.nodeSelector?.[OWN]
    return name === undefined ? [] : [name]
  })
  const acted = (actions ?? []).flatMap(action => {
    const fault = faultOf(action)
    if (fault !== null) return [fault.node]
    return action.kind === 'Node' && action.name !== undefined ? [action.name] : []
  })
  return [...new Set([...watched, ...wanted, ...acted])].filter(name => name !== 'node-a' && name !== 'node-b')
}

const templateSpecOf = (object: object): Pod['spec'] | undefined =>
  (object as { readonly spec?: { readonly template?: { readonly spec?: Pod['spec'] } } }).spec?.template?.spec

/** `node.sh kill-kubelet NODE`, `jnode.sh back NODE`. */
function faultOf({ do: what, cmd }: RecordedAction): { readonly what: string; readonly node: string } | null {
  const [, fault, node] = /(?:^|\/|\b)j?node\.sh (\S+) (\S+)/.exec(cmd ?? '') ?? []
  return what !== 'sh' || fault === undefined ? null : { what: fault, node }
}

/** What an action does to a node; null: it is about something else. */
export function nodeStepOf(action: RecordedAction, at: number): Step | null {
  const fault = faultOf(action)
  if (fault?.what === 'kill-kubelet') return { at, do: 'killKubelet', node: fault.node }
  if (fault?.what === 'back') return { at, do: 'startKubelet', node: fault.node }
  if (action.kind !== 'Node' || action.name === undefined) return null
  switch (action.do) {
    case 'patch':
      return { at, do: 'patchNode', node: action.name, type: action.type ?? 'strategic', patch: action.body }
    case 'delete':
      return { at, do: 'deleteNode', node: action.name }
    default:
      return null
  }
}
