import { formatDuration, type Milliseconds } from '../time/index.js'

/** A duration as people write it: `10m`, `1h`, `1m30s`, without the zeros that Go prints. */
export const durationText = (ms: Milliseconds): string =>
  formatDuration(ms)
    .replace(/(?<=[hm])0s$/, '')
    .replace(/(?<=h)0m$/, '')
