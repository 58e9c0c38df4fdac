import fc from 'fast-check'

/**
 * What a random scenario may be about. Each scenario switches about half of it off (swarm testing), so that what is left meets
 * undisturbed: a pod in which everything fails never gets far.
 */
export const FEATURES = [
  'initContainers',
  'sidecars',
  'probes',
  'hooks',
  'exits',
  'stops',
  'imageFaults',
  'sandboxFaults',
  'references',
  'resources',
  'placement',
  'gates',
  'deadlines',
  'services',
  'ownRestarts',
  'laterPods',
  'deletions',
  'evictions',
  'patches',
  'nodeSteps',
] as const

/** One thing that a random scenario may be about. */
export type Feature = (typeof FEATURES)[number]

/** Which of the features a scenario has. */
export type Features = Readonly<Record<Feature, boolean>>

/** Draws the features of a scenario; shrinks by switching them off. */
export const features = (): fc.Arbitrary<Features> =>
  fc.tuple(...FEATURES.map(() => fc.boolean())).map(drawn => {
    return Object.fromEntries(FEATURES.map((feature, index) => [feature, drawn[index]])) as Features
  })
