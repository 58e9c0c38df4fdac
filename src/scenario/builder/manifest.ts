import { PodwrightError } from '../../errors/index.js'

/** Names a file of manifests, which is read when the scenario is run. */
export class ManifestReference {
  /** Relative to the file that names it. */
  readonly path: string

  constructor(path: string) {
    this.path = path
  }
}

/**
 * Names a file of manifests, to be applied unchanged when the scenario begins.
 *
 * @throws PodwrightError `USAGE` for an empty path.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { manifest, scenarioBuilder } from 'podwright'
 *
 * assert.deepEqual(scenarioBuilder().apply(manifest('web.yaml')).document.manifests, ['web.yaml'])
 * ```
 */
export function manifest(path: string): ManifestReference {
  if (typeof path === 'string' && path !== '') return new ManifestReference(path)
  throw new PodwrightError({ code: 'USAGE', where: 'manifest', problem: 'expected the path of a file, got none' })
}
