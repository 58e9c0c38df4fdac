import type { Namespace, Pod } from '../../../model/index.js'
import { BASELINE_CHECKS, type PodSecurityCheck, RESTRICTED_CHECKS } from './pod-security-checks.js'

const LABEL = 'pod-security.kubernetes.io/enforce'

/**
 * Why the level that a namespace enforces forbids a pod; undefined: it does not.
 *
 * pod-security-admission: admission/admission.go EvaluatePod, policy/registry.go, v1.32.
 */
export function podSecurityRefusal(pod: Pod, namespace: Namespace | undefined): string | undefined {
  const { labels = {} } = namespace?.metadata ?? {}
  const level = labels[LABEL]
  if (level === undefined || level === 'privileged') return undefined
  const version = labels[`${LABEL}-version`] ?? 'latest'
  const found = checksOf(level).flatMap(check => {
    const violation = check(pod)
    if (violation === undefined) return []
    const { reason, detail } = violation
    return [detail === '' ? reason : `${reason} (${detail})`]
  })
  return found.length === 0
    ? undefined
    : `violates PodSecurity "${isLevel(level) ? level : 'restricted'}:${version}": ${found.join(', ')}`
}

const isLevel = (level: string): boolean => level === 'baseline' || level === 'restricted'

/** A level that there is not counts as the strictest. */
const checksOf = (level: string): readonly PodSecurityCheck[] =>
  level === 'baseline' ? BASELINE_CHECKS : RESTRICTED_CHECKS
