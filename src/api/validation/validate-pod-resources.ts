import { type Container, compareQuantities, parseQuantity, quantityOfNanos } from '../../model/index.js'
import { forbidden, invalid } from './field-error.js'
import type { FieldPath } from './field-path.js'
import type { PodValidation } from './pod-validation.js'
import { validateResources } from './validate-resources.js'

/** kubernetes: pkg/apis/core/validation/validation.go validatePodResources, v1.32; only with `Profile.podLevelResources`. */
export function validatePodResources({ spec, errors, claimNames }: PodValidation, path: FieldPath): void {
  const { resources } = spec
  if (resources === undefined) return
  if (resources.claims !== undefined) {
    errors.push(forbidden(path.child('claims'), 'claims cannot be set for Resources at pod-level'))
  }
  validateResources(resources, 'pod', claimNames, path, errors)
  const needed = aggregateRequests(spec.containers, spec.initContainers ?? [])
  for (const name of [...needed.keys()].sort()) {
    const given = parseQuantity(resources.requests?.[name] ?? '0')
    const sum = quantityOfNanos(needed.get(name) ?? 0n, given.format)
    if (compareQuantities(sum, given) <= 0) continue
    const detail = `must be greater than or equal to aggregate container requests of ${sum.text}`
    errors.push(invalid(path.child('requests').key(name), given.text, detail))
  }
  spec.containers.forEach((container, i) => {
    for (const name of Object.keys(container.resources?.limits ?? {}).sort()) {
      const allowed = resources.limits?.[name]
      const limit = parseQuantity(container.resources?.limits?.[name] ?? '0')
      if (allowed === undefined || compareQuantities(limit, parseQuantity(allowed)) <= 0) continue
      const at = path.child('containers').index(i).key(name).child('limits')
      errors.push(invalid(at, limit.text, `must be less than or equal to pod limits of ${parseQuantity(allowed).text}`))
    }
  })
}

/** the sum of the containers and sidecars, or the most that any init container needs beside the sidecars before it. */
function aggregateRequests(containers: readonly Container[], inits: readonly Container[]): Map<string, bigint> {
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
