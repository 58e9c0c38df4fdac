import fc from 'fast-check'

/** The seed of every property is fixed, so that a red run is red again; PODWRIGHT_SEED tries another. A failure prints it. */
const seed = Number(process.env.PODWRIGHT_SEED ?? 20250101)
if (!Number.isInteger(seed))
  throw new Error(`PODWRIGHT_SEED: expected a whole number, got ${process.env.PODWRIGHT_SEED}`)

fc.configureGlobal({ seed })
