import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.js'

/** The repository's own configuration, for the specs that are meant to fail. */
const { test: _, ...rest } = base
export default mergeConfig(rest, defineConfig({ test: { include: ['test/vitest/failing-specs.ts'] } }))
