export { type DurationText, formatDuration, parseDuration, tryParseDuration } from './duration.js'
export { humanDuration } from './human-duration.js'
export { EPOCH_UNIX_MS, type Milliseconds } from './milliseconds.js'
export { formatRfc1123, formatTimestamp } from './timestamp.js'
