import { uidOf } from '../hash/index.js'
import type { Pod } from '../model/index.js'
import type { SymbolTable } from '../trace/index.js'
import type { PodIdentity } from './contract/index.js'

/** Path of a pod, as rows call it. */
export const podPath = (namespace: string, name: string): string => `Pod/${namespace}/${name}`

/** A pod's identity: its UID follows from its path and from how many pods of this path there were before. */
export function identify(symbols: SymbolTable, index: number, pod: Pod, generation: number): PodIdentity {
  const namespace = pod.metadata.namespace ?? 'default'
  const name = pod.metadata.name ?? ''
  return new Identity(symbols, index, namespace, name, generation)
}

/** What hardly anybody asks for is worked out when somebody does: most pods of a large cluster live without. */
class Identity implements PodIdentity {
  readonly index: number
  readonly name: string
  readonly namespace: string
  readonly path: number
  readonly reference: number
  readonly #symbols: SymbolTable
  readonly #generation: number
  #uid = ''
  #fullName = 0

  constructor(symbols: SymbolTable, index: number, namespace: string, name: string, generation: number) {
    this.index = index
    this.name = name
    this.namespace = namespace
    this.path = symbols.intern(podPath(namespace, name))
    this.reference = symbols.intern(`${namespace}/${name}`)
    this.#symbols = symbols
    this.#generation = generation
  }

  get uid(): string {
    if (this.#uid === '') this.#uid = uidOf(this.#symbols.text(this.path), this.#generation)
    return this.#uid
  }

  get fullName(): number {
    if (this.#fullName === 0) this.#fullName = this.#symbols.intern(`${this.name}_${this.namespace}(${this.uid})`)
    return this.#fullName
  }
}
