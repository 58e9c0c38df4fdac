/** The name of a signal by its number on Linux: 15 is `SIGTERM`. */
export const signalName = (signal: number): string => NAMES.get(signal) ?? `signal ${signal}`

const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'SIGHUP'],
  [2, 'SIGINT'],
  [3, 'SIGQUIT'],
  [6, 'SIGABRT'],
  [9, 'SIGKILL'],
  [10, 'SIGUSR1'],
  [11, 'SIGSEGV'],
  [12, 'SIGUSR2'],
  [15, 'SIGTERM'],
])
