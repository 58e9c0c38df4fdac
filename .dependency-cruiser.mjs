// Who may import whom: the table of docs/ARCHITECTURE.md, one row per room. Everything not said here is forbidden.

/** From `errors` to `spec`, in the order of the house: no room imports one that stands below it. */
const UP_TO_SPEC = [
  ...['errors', 'hash', 'time', 'model', 'api', 'kernel', 'trace', 'manifest', 'kubectl', 'expect'],
  ...['invariant', 'scenario', 'cluster', 'report', 'files', 'spec'],
]
const ABOVE_CLI = [...UP_TO_SPEC, 'fuzz', 'check', 'docgen', 'conformance', 'viewer']

const IMPORTS = {
  errors: [],
  hash: [],
  time: ['errors'],
  model: ['errors', 'time'],
  api: ['errors', 'time', 'model'],
  kernel: ['errors', 'hash', 'time'],
  trace: ['errors', 'hash', 'time', 'model'],
  manifest: ['errors', 'time', 'model', 'api'],
  kubectl: ['errors', 'time', 'model', 'trace'],
  expect: ['errors', 'time', 'model', 'trace'],
  invariant: ['errors', 'time', 'model', 'trace', 'expect'],
  scenario: ['errors', 'hash', 'time', 'model', 'api', 'manifest', 'expect'],
  cluster: ['errors', 'hash', 'time', 'model', 'api', 'kernel', 'trace', 'scenario'],
  report: ['errors', 'time', 'model', 'trace', 'kubectl', 'expect', 'invariant'],
  files: ['errors', 'time', 'model', 'manifest', 'scenario', 'trace'],
  spec: UP_TO_SPEC.filter(room => room !== 'spec'),
  fuzz: UP_TO_SPEC,
  check: UP_TO_SPEC,
  docgen: UP_TO_SPEC,
  conformance: UP_TO_SPEC,
  viewer: ['errors', 'time', 'model', 'trace', 'kubectl', 'expect'],
  vitest: [...UP_TO_SPEC, 'fuzz'],
  // A run takes its choices as data, so neither the command line nor the public door needs the kernel.
  cli: ABOVE_CLI.filter(room => room !== 'kernel'),
}
const DOOR_IMPORTS = [...ABOVE_CLI.filter(room => room !== 'kernel'), 'cli']

/** The closed core: no Node built-ins, no clock, and no packages but those of PACKAGES. */
const CORE = UP_TO_SPEC.slice(0, UP_TO_SPEC.indexOf('report') + 1)

/** Which rooms may import which npm package; a package without a row is for no room. */
const PACKAGES = {
  'ts-pattern': Object.keys(IMPORTS),
  yaml: ['manifest', 'kubectl', 'scenario'],
  valibot: ['files', 'scenario', 'conformance'],
  commander: ['cli'],
  picocolors: ['cli'],
  'fast-check': ['fuzz'],
  vitest: ['vitest'],
}

/** What stands in a folder of `cluster/`; only the files directly in `cluster/` wire them. */
const CLUSTER_IMPORTS = {
  contract: [],
  client: ['contract'],
  predicates: ['contract'],
  ...Object.fromEntries(
    ['api-server', 'scheduler', 'kubelet', 'runtime', 'controllers', 'network', 'nodes'].map(component => [
      component,
      ['contract', 'client', 'predicates'],
    ]),
  ),
}

const anyOf = names => (names.length === 0 ? '(?!)' : `(${names.join('|')})`)
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown']
const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

/** One row of a table as a rule: files below `folder/name/` import from `folder` only `name` and `allowed`. */
const row = (folder, name, allowed) =>
  error(
    `${folder}/${name}`,
    `${folder}/${name} may import ${allowed.join(', ') || 'nothing'}.`,
    { path: `^${folder}/${name}/` },
    { path: `^${folder}/`, pathNot: `^${folder}/${anyOf([name, ...allowed])}/` },
  )

const layers = [
  ...Object.entries(IMPORTS).map(([room, allowed]) =>
    // The command line is the only room that may come in through the public door.
    room === 'cli'
      ? error(
          'src/cli',
          'cli imports neither the kernel nor vitest.',
          { path: '^src/cli/' },
          notRooms(['cli', ...allowed], ['^src/index\\.ts$']),
        )
      : row('src', room, allowed),
  ),
  error(
    'src/index.ts',
    'The public door imports neither the kernel nor vitest.',
    { path: '^src/index\\.ts$' },
    notRooms(DOOR_IMPORTS, []),
  ),
  error(
    'known-rooms',
    'A new room needs a row in the table of .dependency-cruiser.mjs.',
    { path: '^src/', pathNot: [`^src/${anyOf(Object.keys(IMPORTS))}/`, '^src/index\\.ts$'] },
    {},
  ),
  error(
    'room-door',
    'A room is entered only through its index.ts.',
    { path: '^src/([^/]+)/' },
    { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
  ),
  error(
    'room-door-from-index',
    'A room is entered only through its index.ts.',
    { path: '^src/index\\.ts$' },
    { path: '^src/[^/]+/', pathNot: '^src/[^/]+/index\\.ts$' },
  ),
  error(
    'public-door',
    'Specs and examples use what every user has: the public door.',
    { path: '^(specs|examples)/' },
    { path: '^src/', pathNot: '^src/((vitest|fuzz)/)?index\\.ts$' },
  ),
  error(
    'only-words',
    'Specs are read as documentation: they import podwright and podwright/vitest, and nothing else.',
    { path: '^specs/' },
    { pathNot: '^src/(?!fuzz/)' },
  ),
  error(
    'not-upwards',
    'The product imports nothing of its tests, specs or tools.',
    { path: '^src/' },
    { path: '^(test|specs|bench|scripts|examples|docs)/' },
  ),
]

const cluster = [
  ...Object.entries(CLUSTER_IMPORTS).map(([folder, allowed]) => row('src/cluster', folder, allowed)),
  error(
    'known-components',
    'A new folder of cluster/ needs a row in the table of .dependency-cruiser.mjs.',
    { path: '^src/cluster/[^/]+/', pathNot: `^src/cluster/${anyOf(Object.keys(CLUSTER_IMPORTS))}/` },
    {},
  ),
  error(
    'component-door',
    'A component is entered only through its index.ts.',
    { path: '^src/cluster/([^/]+)/' },
    { path: '^src/cluster/[^/]+/', pathNot: ['^src/cluster/$1/', '^src/cluster/[^/]+/index\\.ts$'] },
  ),
  error(
    'component-door-from-wiring',
    'A component is entered only through its index.ts.',
    { path: '^src/cluster/[^/]+\\.ts$' },
    { path: '^src/cluster/[^/]+/', pathNot: '^src/cluster/[^/]+/index\\.ts$' },
  ),
]

const outside = [
  error(
    'closed-core',
    'The core runs anywhere: no Node built-ins.',
    { path: `^src/${anyOf(CORE)}/` },
    { dependencyTypes: ['core'] },
  ),
  error(
    'files-only',
    'files/ is the only room that reads and writes files.',
    { path: '^src/', pathNot: '^src/files/' },
    { path: '^(node:)?fs(/promises)?$' },
  ),
  ...Object.entries(PACKAGES).map(([name, rooms]) =>
    error(
      `package-${name}`,
      `${name} is for ${rooms.join(', ')}.`,
      { path: '^src/', pathNot: `^src/${anyOf(rooms)}/` },
      { path: `node_modules/${name}/` },
    ),
  ),
  error(
    'known-packages',
    'A new package needs a row in PACKAGES of .dependency-cruiser.mjs.',
    { path: '^src/' },
    { dependencyTypes: NPM, pathNot: `node_modules/${anyOf(Object.keys(PACKAGES))}/` },
  ),
  error(
    'no-dev-packages',
    'What src imports is a dependency, not a dev dependency; vitest is a peer.',
    { path: '^src/' },
    { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/vitest/' },
  ),
  error(
    'resolvable',
    'An import that leads nowhere.',
    { path: '^(src|specs|examples|test)/' },
    { couldNotResolve: true },
  ),
  error('no-cycles', 'No cycles, not even of types.', {}, { circular: true }),
]

function notRooms(rooms, files) {
  return { path: '^src/', pathNot: [`^src/${anyOf(rooms)}/`, ...files] }
}

export default {
  forbidden: [...layers, ...cluster, ...outside],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
