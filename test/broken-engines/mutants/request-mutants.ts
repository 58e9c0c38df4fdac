import { type Mutant, mutant } from '../mutant.js'

const TRAFFIC = 'cluster/network/traffic.js'

/** Engines whose proxies, servers or clients go wrong. */
export const REQUEST_MUTANTS: readonly Mutant[] = [
  mutant(
    'request-reaches-a-pod-that-was-an-endpoint',
    'sends requests to every address, ready or not',
    'cluster/network/usable-endpoints.js',
    'const ready = candidates.filter(({ isReady }) => isReady);',
    'const ready = candidates;',
  ),
  mutant(
    'answered-while-it-runs',
    'goes on answering for a process that has exited',
    TRAFFIC,
    'this.#servers.exit(server, row);',
    '',
  ),
  mutant(
    'lost-request-names-its-race',
    'says of every closed listener that its process has exited',
    'cluster/network/servers.js',
    'server.why = WHY.closed;',
    'server.why = WHY.exited;',
  ),
]
