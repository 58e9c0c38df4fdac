import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { MOST_ALIASED_VALUES, MOST_NESTING } from './limits.js'
import { type ResolvedScalar, resolvePlainScalar, resolveTaggedScalar } from './resolve-scalar.js'

/** What a document stands for in JSON, and which node each alias stands for. */
export interface NodeValue {
  readonly value: unknown
  readonly aliases: ReadonlyMap<Alias, Node>
}

/** What makes a document stand for nothing in JSON, and where. */
export class NodeProblem extends Error {
  readonly node: Node | undefined
  readonly isLimit: boolean

  constructor(message: string, node: Node | null | undefined, isLimit = false) {
    super(message)
    this.node = node ?? undefined
    this.isLimit = isLimit
  }
}

/**
 * Turns a document's nodes into the JSON that kubectl makes of them: YAML 1.1 scalars, merge keys, aliases.
 *
 * sigs.k8s.io/yaml: goyaml.v2/decode.go and yaml.go convertToJSONableObject; that a key may stand in a map only once is
 * UnmarshalStrict.
 *
 * @throws NodeProblem
 */
export function valueOfNode(root: Node | null): NodeValue {
  const converter = new NodeConverter()
  return { value: converter.convert(root, 0), aliases: converter.aliases }
}

type JsonMap = Record<string, unknown>

class NodeConverter {
  readonly aliases = new Map<Alias, Node>()
  private readonly anchors = new Map<string, Node>()
  /** How many values each anchored node holds; undefined while it is being converted. */
  private readonly sizes = new Map<Node, number>()
  private readonly values = new Map<Node, unknown>()
  private count = 0
  private aliased = 0

  convert(node: Node | null | undefined, depth: number): unknown {
    this.count++
    if (node === null || node === undefined) return null
    if (depth > MOST_NESTING) throw tooDeep(node)
    if (isAlias(node)) return this.convertAlias(node)
    const { anchor } = node as { anchor?: string }
    if (anchor === undefined) return this.convertContent(node, depth)
    const before = this.count
    this.anchors.set(anchor, node)
    const value = this.convertContent(node, depth)
    this.sizes.set(node, this.count - before + 1)
    this.values.set(node, value)
    return value
  }

  private convertContent(node: Node, depth: number): unknown {
    if (isScalar(node)) return scalarValue(node)
    if (isSeq(node)) return node.items.map(item => this.convert(item as Node, depth + 1))
    if (isMap(node)) return this.convertMap(node, depth)
    return null
  }

  /** The value is shared, not copied; its size counts as often as it appears, so that a bomb is found before it is walked. */
  private convertAlias(alias: Alias): unknown {
    const target = this.anchors.get(alias.source)
    if (target === undefined) throw new NodeProblem(`unknown anchor '${alias.source}' referenced`, alias)
    const size = this.sizes.get(target)
    if (size === undefined) throw new NodeProblem(`anchor '${alias.source}' value contains itself`, alias)
    this.aliases.set(alias, target)
    this.aliased += size
    this.count += size
    if (this.aliased > MOST_ALIASED_VALUES) {
      const problem = `expected at most ${MOST_ALIASED_VALUES} values by way of aliases, got more: document contains excessive aliasing`
      throw new NodeProblem(problem, alias, true)
    }
    return this.values.get(target)
  }

  private convertMap(node: YAMLMap, depth: number): JsonMap {
    const map: JsonMap = {}
    const own = new Set<string>()
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      if (isMergeKey(pair.key)) {
        this.merge(map, pair, depth)
        continue
      }
      const key = keyText(pair.key)
      if (own.has(key)) throw new NodeProblem(`key ${JSON.stringify(key)} already set in map`, pair.key)
      own.add(key)
      setKey(map, key, this.convert(pair.value, depth + 1))
    }
    return map
  }

  /** What is merged stands where it stands: keys after it win, it wins over keys before it. Of several maps the first wins. */
  private merge(map: JsonMap, { key, value }: Pair<Node, Node | null>, depth: number): void {
    const converted = this.convert(value, depth + 1)
    const sources = Array.isArray(converted) ? [...converted].reverse() : [converted]
    for (const source of sources) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        throw new NodeProblem('map merge requires map or sequence of maps as the value', value ?? key)
      }
      for (const [name, member] of Object.entries(source)) setKey(map, name, member)
    }
  }
}

const tooDeep = (node: Node): NodeProblem =>
  new NodeProblem(`expected maps and lists at most ${MOST_NESTING} deep, got more`, node, true)

export const isMergeKey = (key: unknown): boolean => isScalar(key) && key.value === '<<' && key.type === 'PLAIN'

/** The text a key has in JSON: numbers and truth values are written out. */
export function keyText(key: Node | null): string {
  if (key === null || !isScalar(key)) throw new NodeProblem(`invalid map key: a ${isSeq(key) ? 'list' : 'map'}`, key)
  const value = scalarValue(key)
  if (value === null) throw new NodeProblem('invalid map key: null', key)
  return String(value)
}

function scalarValue(scalar: Scalar): string | number | boolean | null {
  const text = String(scalar.value ?? '')
  const resolved: ResolvedScalar =
    scalar.tag !== undefined
      ? resolveTaggedScalar(scalar.tag, text)
      : scalar.type === 'PLAIN' || scalar.type === undefined
        ? resolvePlainScalar(text)
        : { value: text }
  if ('problem' in resolved) throw new NodeProblem(resolved.problem, scalar)
  return resolved.value
}

/** `__proto__` is a key like any other. */
function setKey(map: JsonMap, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true })
  else map[key] = value
}
