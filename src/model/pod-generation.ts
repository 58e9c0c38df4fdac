import type { Pod } from './pod.js'

/**
 * Whether an update of a pod is one of its spec: only that makes another generation.
 *
 * kubernetes: pkg/registry/core/pod/strategy.go PrepareForUpdate, v1.34 (API-7).
 */
export const isAnotherGeneration = (before: Pod, after: Pod): boolean =>
  JSON.stringify(before.spec) !== JSON.stringify(after.spec)
