import { answerComputePodActions } from './compute-pod-actions.js'
import { answerConditions } from './conditions.js'
import { covers } from './covers.js'
import { answerFit } from './fit.js'
import { answerGenerateStatus } from './generate-status.js'
import { answerGetPhase } from './get-phase.js'
import { answerGrace } from './grace.js'
import { answerPodRequests, expectedPodRequests } from './pod-requests.js'
import { answerPrintPod } from './print-pod.js'
import { answerProber } from './prober.js'
import { answerQos } from './qos.js'
import type { Answer, Table, TableCase, TableKind } from './table.js'

/** A case that was answered otherwise than upstream answers it. */
export interface FailedCase {
  readonly id: string
  readonly expected: Answer
  /** As much of the answer as the expectation is about, or the error that was thrown instead. */
  readonly got: Answer | string
}

/** How the engine did on a table. */
export interface TableVerdict {
  readonly kind: TableKind
  readonly total: number
  readonly failed: readonly FailedCase[]
}

/** Who answers the cases of a table: the function that the engine itself runs on. */
interface Respondent {
  readonly answer: (input: unknown, table: string) => Answer
  /** How the expectation has to be read before it is compared. */
  readonly read?: (expected: Answer) => Answer
}

const RESPONDENTS: Readonly<Record<TableKind, Respondent>> = {
  computePodActions: { answer: answerComputePodActions, read: withSortedKills },
  generateStatus: { answer: answerGenerateStatus },
  printPod: { answer: answerPrintPod },
  prober: { answer: answerProber },
  grace: { answer: answerGrace },
  podRequests: { answer: answerPodRequests, read: expectedPodRequests },
  fit: { answer: answerFit },
  conditions: { answer: answerConditions },
  qos: { answer: answerQos },
  getPhase: { answer: answerGetPhase },
}

/** Lets the engine answer every case of a table. */
export function judgeTable({ kind, cases }: Table): TableVerdict {
  const failed = cases.flatMap(each => failureOf(each, RESPONDENTS[kind]))
  return { kind, total: cases.length, failed }
}

function failureOf({ id, table, input, expected }: TableCase, { answer, read }: Respondent): FailedCase[] {
  try {
    const got = answer(input, table)
    const wanted = read === undefined ? expected : read(expected)
    if (covers(got, wanted) && isWhole(got, wanted)) return []
    return [{ id, expected: wanted, got: Object.fromEntries(Object.keys(wanted).map(key => [key, got[key]])) }]
  } catch (error) {
    return [{ id, expected, got: `${error instanceof Error ? error.message : error}` }]
  }
}

/** A list of resources has nothing beside what is expected. */
function isWhole(got: Answer, expected: Answer): boolean {
  return ['requests', 'limits', 'waitSeconds'].every(name => {
    const wanted = expected[name]
    return wanted === undefined || keysOf(got[name]).join() === keysOf(wanted).join()
  })
}

const keysOf = (list: unknown): string[] => Object.keys(list ?? {}).sort()

/** The kubelet keeps the containers to kill in a map: they have no order. */
function withSortedKills(expected: Answer): Answer {
  const kills = expected.containersToKill as readonly { readonly id: string }[] | undefined
  if (kills === undefined) return expected
  return { ...expected, containersToKill: [...kills].sort((a, b) => (a.id < b.id ? -1 : 1)) }
}
