import type { KubernetesObject, Node } from '../model/index.js'
import { type Amounts, amountsOf } from './pod-requests.js'

/** A kubelet runs at most so many pods unless its node says otherwise. */
const DEFAULT_POD_LIMIT = 110

/** A node, and what the pods that its kubelet has taken in request. */
export class NodeRecord {
  readonly name: string
  readonly allocatable: Amounts
  readonly podLimit: number
  readonly used: Amounts = { milliCpu: 0, memory: 0, ephemeralStorage: 0 }
  pods = 0
  /** Its object is gone, or it was said to be out of service: the control plane takes its pods away by force. */
  isGivenUp = false

  constructor(object: KubernetesObject) {
    const { status } = object as Node
    const list = status?.allocatable ?? status?.capacity
    this.name = object.metadata.name ?? ''
    this.allocatable = amountsOf(list)
    this.podLimit = list?.pods === undefined ? DEFAULT_POD_LIMIT : Number(list.pods)
  }

  /** `sign`: 1 takes a pod in, −1 lets it go. */
  add(requests: Amounts, sign: 1 | -1): void {
    this.used.milliCpu += sign * requests.milliCpu
    this.used.memory += sign * requests.memory
    this.used.ephemeralStorage += sign * requests.ephemeralStorage
    this.pods += sign
  }

  reset(): void {
    this.used.milliCpu = 0
    this.used.memory = 0
    this.used.ephemeralStorage = 0
    this.pods = 0
    this.isGivenUp = false
  }
}
