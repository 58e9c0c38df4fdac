import { formatDuration } from '../../time/index.js'
import type { MessageTemplate } from '../../trace/index.js'

/** Texts of the runtime and of the network, as Go's libraries and containerd write them. */
export const RUNTIME_MESSAGE = {
  probeFailed: template('probeFailed', ['symbol'], ([type]) => `${type} failed`),
  execTimedOut: template(
    'execTimedOut',
    ['symbol', 'int'],
    ([command, ms]) => `command timed out: "${command}" timed out after ${formatDuration(Number(ms))}`,
  ),
  statusCode: template('statusCode', [], () => 'HTTP probe failed with statuscode: 500'),
  httpTimeout: template(
    'httpTimeout',
    ['symbol', 'symbol'],
    ([ip, url]) =>
      `Get "http://${ip}${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
  ),
  httpEof: template('httpEof', ['symbol', 'symbol'], ([ip, url]) => `Get "http://${ip}${url}": EOF`),
  httpRefused: template(
    'httpRefused',
    ['symbol', 'symbol', 'int'],
    ([ip, url, port]) => `Get "http://${ip}${url}": dial tcp ${ip}:${port}: connect: connection refused`,
  ),
  tcpRefused: template(
    'tcpRefused',
    ['symbol', 'int'],
    ([ip, port]) => `dial tcp ${ip}:${port}: connect: connection refused`,
  ),
  tcpTimeout: template('tcpTimeout', ['symbol', 'int'], ([ip, port]) => `dial tcp ${ip}:${port}: i/o timeout`),
  grpcNotServing: template('grpcNotServing', [], () => 'service unhealthy (responded with "NOT_SERVING")'),
  grpcTimeout: template(
    'grpcTimeout',
    ['symbol', 'int', 'int'],
    ([ip, port, ms]) =>
      `timeout: failed to connect service "${ip}:${port}" within ${formatDuration(Number(ms))}: context deadline exceeded`,
  ),
  execInExited: template(
    'execInExited',
    [],
    () => 'rpc error: code = Unknown desc = failed to exec in container: container is in CONTAINER_EXITED state',
  ),
  execInRemoved: template(
    'execInRemoved',
    [],
    () => 'rpc error: code = NotFound desc = failed to exec in container: failed to find container in store: not found',
  ),
  sandboxError: template('sandboxError', ['symbol'], ([error]) => `rpc error: code = Unknown desc = ${error}`),
} as const

function template(name: string, args: MessageTemplate['arguments'], write: MessageTemplate['write']): MessageTemplate {
  return { name, arguments: args, write }
}
