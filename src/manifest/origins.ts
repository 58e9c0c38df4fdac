import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import type { PathSegment } from '../api/index.js'
import type { Origin } from '../errors/index.js'
import { isMergeKey, keyText } from './node-value.js'
import type { ParsedDocument } from './parse-document.js'

/** Where a way through an object ends: as far as it could be followed. */
interface Found {
  readonly offset: number
  readonly isWhole: boolean
}

/** Where a field is written: its key, or the beginning of a list's element; undefined if it is not written. */
export function originOf(parsed: ParsedDocument, root: Node, path: readonly PathSegment[]): Origin | undefined {
  const { offset, isWhole } = follow(parsed, root, path)
  return isWhole ? parsed.originAt(offset) : undefined
}

/** Where a field is written, or the nearest thing around it that is. */
export const nearestOriginOf = (parsed: ParsedDocument, root: Node, path: readonly PathSegment[]): Origin =>
  parsed.originAt(follow(parsed, root, path).offset)

function follow({ aliases }: ParsedDocument, root: Node, path: readonly PathSegment[]): Found {
  let node: Node | null = root
  let offset = root.range?.[0] ?? 0
  for (const segment of path) {
    const step = stepInto(node, segment, aliases)
    if (step === undefined) return { offset, isWhole: false }
    node = step.node
    offset = step.offset
  }
  return { offset, isWhole: true }
}

interface Step {
  readonly node: Node | null
  readonly offset: number
}

type Aliases = ReadonlyMap<Alias, Node>

function stepInto(node: Node | null, segment: PathSegment, aliases: Aliases): Step | undefined {
  const target = node !== null && isAlias(node) ? (aliases.get(node) ?? null) : node
  if (isSeq(target)) {
    const item = target.items[Number(segment)] as Node | undefined
    return item === undefined ? undefined : { node: item, offset: item.range?.[0] ?? 0 }
  }
  return isMap(target) ? stepIntoMap(target, String(segment), aliases) : undefined
}

function stepIntoMap(map: YAMLMap, name: string, aliases: Aliases): Step | undefined {
  let merged: Step | undefined
  for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
    if (isMergeKey(key)) merged ??= stepIntoMerged(value, name, aliases)
    else if (isScalar(key) && keyText(key) === name) return { node: value, offset: key.range?.[0] ?? 0 }
  }
  return merged
}

function stepIntoMerged(value: Node | null, name: string, aliases: Aliases): Step | undefined {
  const target = value !== null && isAlias(value) ? (aliases.get(value) ?? null) : value
  if (!isSeq(target)) return stepInto(target, name, aliases)
  for (const source of target.items) {
    const step = stepInto(source as Node, name, aliases)
    if (step !== undefined) return step
  }
  return undefined
}
