/**
 * Why no node would do, as FailedScheduling prints it: counts of reasons, sorted as strings, or one text where no node was
 * asked at all.
 *
 * scheduler: framework/types.go FitError.Error, v1.32 (MSG-1, MSG-2).
 */
export function failureText(nodes: number, reasons: ReadonlyMap<string, number> | string, preemption: string): string {
  const entries =
    typeof reasons === 'string' ? [reasons] : [...reasons].map(([reason, count]) => `${count} ${reason}`).sort()
  const main = `0/${nodes} nodes are available: ${entries.join(', ')}.`
  return preemption === '' ? main : `${main} ${preemption}`
}

/** The part about preemption: nodes where no victim would help, and nodes where preemption cannot help. */
export function preemptionText(nodes: number, resolvable: number, unresolvable: number): string {
  const entries: string[] = []
  if (resolvable > 0) entries.push(`${resolvable} No preemption victims found for incoming pod`)
  if (unresolvable > 0) entries.push(`${unresolvable} Preemption is not helpful for scheduling`)
  return `preemption: 0/${nodes} nodes are available: ${entries.sort().join(', ')}.`
}
