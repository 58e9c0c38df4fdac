import { PodwrightError } from '../errors/index.js'
import type { KubeletConfiguration, Profile } from '../model/index.js'
import { formatDuration } from '../time/index.js'

const SHORTEST_PERIOD_MS = 1000
const LONGEST_PERIOD_MS = 300_000

/**
 * Refuses a configuration with which the kubelet of this release would not start.
 *
 * kubelet: pkg/kubelet/apis/config/validation/validation.go, v1.32 and v1.35.
 *
 * @throws PodwrightError `USAGE`
 */
export function checkKubelet(kubelet: KubeletConfiguration, { kubernetes, crashLoopBackOffMax }: Profile): void {
  const period = kubelet.crashLoopBackOffMaxContainerRestartPeriodMs
  if (period === undefined) return
  const where = 'crashLoopBackOff.maxContainerRestartPeriod'
  if (!crashLoopBackOffMax) {
    throw new PodwrightError({
      code: 'USAGE',
      where,
      problem: `expected it to be unset, got ${formatDuration(period)}`,
      hint: `in Kubernetes ${kubernetes} the gate KubeletCrashLoopBackOffMax is off; it is on from 1.35`,
    })
  }
  if (period < SHORTEST_PERIOD_MS || period > LONGEST_PERIOD_MS) {
    throw new PodwrightError({
      code: 'USAGE',
      where,
      problem: `expected a duration from 1s to 300s, got ${formatDuration(period)}`,
    })
  }
}
