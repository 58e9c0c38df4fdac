export { fails, hangs, succeeds } from './answers.js'
export { BehaviourWords, joinBehaviours } from './behaviour-words.js'
export { HookWords, postStart, preStop, takes } from './hook-words.js'
export { ImageWords, image } from './image.js'
export { NodeFault, type NodeFaults, node } from './node-faults.js'
export { ProbeWords, SucceedingProbe, TroubledProbe } from './probe-words.js'
export { liveness, readiness, readyAfter, startup } from './probes.js'
export {
  behaves,
  crashes,
  EndingWords,
  exits,
  failsToStart,
  isOOMKilled,
  ProcessWords,
  runs,
  StartsWords,
  WaitingWords,
  waitsFor,
} from './process-words.js'
export { type GrowthWords, type UsageWords, uses } from './resource-words.js'
export { SandboxWords, sandbox } from './sandbox.js'
export { type ServeFields, serves } from './serve-words.js'
export { checkAmount, type ShutdownWords, statedShutdown } from './shutdown-words.js'
export { ignores, onTerm, stopsAfter, type TermWords } from './term-words.js'
