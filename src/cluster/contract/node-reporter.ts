/** What a kubelet has its node's status say, and the Events about its node. */
export interface NodeReporter {
  /** The conditions of pressure that are True from now on; told with the next node status. */
  pressureChanged(node: number, pressures: readonly string[], cause: number): void
  /** The machine is about to go down: told at once. */
  shuttingDown(node: number, cause: number): void
  /** Answers the row, −1 where the spam filter dropped it. */
  nodeEvent(node: number, isWarning: boolean, reason: string, message: string, cause: number): number
}
