import { parseApiTime, printPod } from '../../kubectl/index.js'
import type { Pod } from '../../model/index.js'
import type { Answer } from './table.js'

interface Input {
  readonly pod: Pod
  readonly now: string
  readonly wide?: boolean
}

/** kubernetes: pkg/printers/internalversion/printers_test.go. */
export function answerPrintPod(input: unknown): Answer {
  const { pod, now, wide = false } = input as Input
  const whole = { ...pod, metadata: pod.metadata ?? {}, spec: pod.spec ?? { containers: [] } }
  return { ...printPod(whole, parseApiTime(now) ?? 0, wide) }
}
