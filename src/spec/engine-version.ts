/** Version of the engine that a replay string names: the package's, as a test makes sure. */
export const ENGINE_VERSION = '0.1.0'
