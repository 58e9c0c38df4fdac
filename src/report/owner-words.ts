/**
 * A number of a workload's status in a few words, as the columns of `kubectl get` call it; undefined: no news, since other numbers or
 * Events tell it.
 */
export function ownerNumberWords(field: string, value: number): string | undefined {
  const words = WORDS.get(field)
  if (words === undefined) return QUIET.has(field) ? undefined : `${field} ${value}`
  return words(value)
}

const WORDS: ReadonlyMap<string, (value: number) => string> = new Map([
  ['spec.replicas', value => `scaled to ${value}`],
  ['replicas', value => `${value} pod${value === 1 ? '' : 's'}`],
  ['updatedReplicas', value => `${value} updated`],
  ['readyReplicas', value => `${value} ready`],
  ['availableReplicas', value => `${value} available`],
  ['desiredNumberScheduled', value => `${value} desired`],
  ['updatedNumberScheduled', value => `${value} updated`],
  ['numberReady', value => `${value} ready`],
  ['numberAvailable', value => `${value} available`],
  ['numberMisscheduled', value => `${value} where none should be`],
  ['active', value => `${value} active`],
  ['succeeded', value => `${value} succeeded`],
  ['failed', value => `${value} failed`],
  ['currentHealthy', value => `${value} healthy`],
  ['desiredHealthy', value => `${value} healthy wanted`],
  ['disruptionsAllowed', value => `${value} disruption${value === 1 ? '' : 's'} allowed`],
  ['desiredReplicas', value => `${value} wanted`],
] satisfies [string, (value: number) => string][])

/** Numbers that follow from others, and instants that Events tell. */
const QUIET: ReadonlySet<string> = new Set([
  'observedGeneration',
  'fullyLabeledReplicas',
  'unavailableReplicas',
  'collisionCount',
  'currentReplicas',
  'currentNumberScheduled',
  'numberUnavailable',
  'ready',
  'terminating',
  'expectedPods',
  'startTime',
  'completionTime',
  'lastScheduleTime',
  'lastSuccessfulTime',
  'lastScaleTime',
])

/**
 * A condition of a workload in a few words; undefined: the numbers or an Event tell it; null: it is to be told as any other.
 */
export function ownerConditionWords(type: string, status: string, reason: string): string | undefined | null {
  if (type === 'DisruptionAllowed') return undefined
  if (type === 'Available') return status === 'True' ? 'Available' : 'not Available'
  if (type === 'Progressing' && status === 'True') return reason === 'NewReplicaSetAvailable' ? 'rolled out' : undefined
  return null
}
