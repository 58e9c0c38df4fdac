import { compareQuantities, parseQuantity, quantityOfNanos } from '../../model/index.js'
import { aggregateRequests } from './aggregate-requests.js'
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
