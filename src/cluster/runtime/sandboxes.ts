import { PRIORITY } from '../../kernel/index.js'
import { ROW } from '../../trace/index.js'
import { type Environment, type NodeRecord, OP } from '../contract/index.js'
import { RUNTIME_MESSAGE } from './messages.js'
import { ABANDONED, type PodState } from './pod-state.js'

/** Pod sandboxes: made, dying by the script, stopped; and their addresses. */
export class Sandboxes {
  readonly #environment: Environment
  readonly #nodes: readonly NodeRecord[]
  readonly #onChange: (state: PodState, cause: number) => void
  /** Addresses given out so far, by node. */
  #addresses: number[] = []

  constructor(
    environment: Environment,
    nodes: readonly NodeRecord[],
    onChange: (state: PodState, cause: number) => void,
  ) {
    this.#environment = environment
    this.#nodes = nodes
    this.#onChange = onChange
  }

  reset(): void {
    this.#addresses = []
  }

  /** Begins RunPodSandbox. */
  run(state: PodState, attempt: number, operation: number, cause: number): void {
    const { kernel, trace } = this.#environment
    const { identity, spec } = state
    state.pendingAttempt = attempt
    state.pendingOperation = operation
    state.pendingCause = trace.append(kernel.now, ROW.sandboxCreate, identity.path, attempt, 0, 0, cause)
    const upAt = kernel.now + spec.sandbox.delay
    state.pendingEntry = kernel.schedule(upAt, OP.sandboxUp, identity.index, state.pendingCause, PRIORITY.world)
  }

  /** The kubelet that asked is gone: containerd takes a sandbox back whose caller hangs up before it is ready. */
  abandon(state: PodState): void {
    this.#environment.kernel.cancel(state.pendingEntry)
    state.pendingEntry = 0
    state.pendingOperation = ABANDONED
  }

  /** Ends RunPodSandbox. */
  up(state: PodState): void {
    const { kernel, trace, symbols } = this.#environment
    state.pendingEntry = 0
    const failure = state.spec.sandbox.failures[state.sandboxCalls++]
    if (failure !== undefined) {
      state.error = symbols.message(RUNTIME_MESSAGE.sandboxError, symbols.intern(failure))
      const row = trace.append(
        kernel.now,
        ROW.sandboxFailed,
        state.identity.path,
        state.pendingAttempt,
        state.error,
        0,
        state.pendingCause,
      )
      this.#answer(state, row)
      return
    }
    state.error = 0
    const ip = this.#allocateAddress(state)
    const row = trace.append(
      kernel.now,
      ROW.sandboxReady,
      state.identity.path,
      state.pendingAttempt,
      ip,
      0,
      state.pendingCause,
    )
    const sandbox = {
      attempt: state.pendingAttempt,
      isReady: true,
      hostNetwork: state.spec.hostNetwork,
      ip,
      createdAt: kernel.now,
    }
    // A list that grows takes room for many; most pods have one.
    state.sandboxes = [sandbox].concat(state.sandboxes)
    const { diesAfter } = state.spec.sandbox
    if (diesAfter !== null && !state.hasDied) {
      state.hasDied = true
      kernel.schedule(kernel.now + diesAfter, OP.sandboxDeath, state.identity.index, row, PRIORITY.world)
    }
    this.#onChange(state, row)
    this.#answer(state, row)
  }

  #answer(state: PodState, row: number): void {
    const { kernel } = this.#environment
    if (state.pendingOperation !== ABANDONED)
      kernel.schedule(kernel.now, state.pendingOperation, state.identity.index, row)
  }

  /** The script kills the sandbox; its containers run on until the kubelet stops them. */
  die(state: PodState, cause: number): void {
    const sandbox = state.sandboxes[0]
    if (sandbox === undefined || !sandbox.isReady) return
    this.#close(state, 0, ROW.sandboxDied, cause)
  }

  /** One that is down already stays as it is. */
  stop(state: PodState, attempt: number, cause: number): void {
    const index = state.sandboxes.findIndex(sandbox => sandbox.attempt === attempt)
    if (index < 0 || !state.sandboxes[index].isReady) return
    this.#close(state, index, ROW.sandboxStop, cause)
  }

  #close(state: PodState, index: number, kind: typeof ROW.sandboxDied | typeof ROW.sandboxStop, cause: number): void {
    const { kernel, trace } = this.#environment
    const { attempt, hostNetwork, ip, createdAt } = state.sandboxes[index]
    state.sandboxes[index] = { attempt, isReady: false, hostNetwork, ip, createdAt }
    this.#onChange(state, trace.append(kernel.now, kind, state.identity.path, attempt, 0, 0, cause))
  }

  /** Addresses count up per node, 10.244.NODE.N; a pod of the host's network has the node's. */
  #allocateAddress(state: PodState): number {
    const { symbols } = this.#environment
    if (state.spec.hostNetwork) return symbols.intern(this.#hostAddress(state.node))
    const n = (this.#addresses[state.node] ?? 0) + 1
    this.#addresses[state.node] = n
    return symbols.intern(`10.${244 + (state.node >> 8)}.${(state.node + (n >> 8)) & 255}.${n & 255}`)
  }

  /** A node of which no address is known has one all the same. */
  #hostAddress(node: number): string {
    const { addresses = [] } = this.#nodes[node].object.status
    const internal = addresses.find(({ type }) => type === 'InternalIP')
    return internal?.address ?? `192.168.${node >> 8}.${(node & 255) + 1}`
  }
}
