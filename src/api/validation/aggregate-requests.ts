import { type Container, parseQuantity } from '../../model/index.js'

/** the sum of the containers and sidecars, or the most that any init container needs beside the sidecars before it. */
export function aggregateRequests(containers: readonly Container[], inits: readonly Container[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  const sidecars = new Map<string, bigint>()
  const peaks = new Map<string, bigint>()
  for (const container of containers) addRequests(sums, container)
  for (const init of inits) {
    const own = new Map(sidecars)
    addRequests(own, init)
    if (init.restartPolicy === 'Always') {
      addRequests(sums, init)
      addRequests(sidecars, init)
    }
    for (const [name, amount] of own) if (amount > (peaks.get(name) ?? 0n)) peaks.set(name, amount)
  }
  for (const [name, amount] of peaks) if (amount > (sums.get(name) ?? 0n)) sums.set(name, amount)
  return sums
}

function addRequests(sums: Map<string, bigint>, container: Container): void {
  for (const [name, text] of Object.entries(container.resources?.requests ?? {})) {
    sums.set(name, (sums.get(name) ?? 0n) + parseQuantity(text).nanos)
  }
}
