export { type DigestResult, planDigest, Runner, type RunOptions, run, Simulation, start } from './run.js'
