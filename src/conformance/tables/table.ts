/** One case of one of Kubernetes' own table-driven tests, restated as data (recordings.md, "Upstream's tables"). */
export interface TableCase {
  readonly id: string
  /** The test that the case is from: `DoProbe`. */
  readonly table: string
  readonly input: unknown
  readonly expected: Answer
}

/** A file of such cases; its kind says which function answers them. */
export interface Table {
  readonly kind: TableKind
  readonly cases: readonly TableCase[]
}

/** What a function answers to a case, by the names that the tables give to its results. */
export type Answer = Readonly<Record<string, unknown>>

/** The functions that tables ask, and a result that only their cases expect: by it a file is recognised. */
export const TABLE_KINDS = {
  computePodActions: ['killPod'],
  generateStatus: ['podReadyToStartContainers'],
  printPod: ['rowCompletedReason'],
  prober: ['continue', 'steps'],
  grace: ['gracePeriodSeconds', 'waitSeconds'],
  podRequests: ['requests', 'limits'],
  fit: ['fits'],
  conditions: ['type'],
  qos: ['qosClass'],
  getPhase: ['phase'],
} as const

/** Which function a table asks. */
export type TableKind = keyof typeof TABLE_KINDS
