import type { Container, ContainerState, ContainerStatus, EnvVar, Pod, Probe, ResourceList } from '../model/index.js'
import { describedTime } from './api-time.js'
import type { DescribeText } from './describe-text.js'
import { environmentValue } from './environment-value.js'

/**
 * Describes a list of containers: `Containers:` and a block for each.
 *
 * kubectl: pkg/describe/describe.go describeContainers, v1.32 (R-1021, R-1022).
 */
export function describeContainers(
  title: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  pod: Pod,
  text: DescribeText,
): void {
  text.cells(0, containers.length === 0 ? `${title}: <none>` : `${title}:`)
  for (const container of containers) {
    const status = statuses.find(({ name }) => name === container.name)
    text.cells(1, `${container.name}:`)
    describeImageAndPorts(container, status, text)
    describeWords('Command', container.command, text)
    describeWords('Args', container.args, text)
    if (status !== undefined) describeStatus(status, text)
    describeResources('Limits', container.resources?.limits, text)
    describeResources('Requests', container.resources?.requests, text)
    for (const [name, probe] of probesOf(container)) if (probe !== undefined) text.field(2, name, probeText(probe))
    describeEnvironment(container, pod, text)
    describeMounts(container, text)
  }
}

function describeImageAndPorts(container: Container, status: ContainerStatus | undefined, text: DescribeText): void {
  const { image, ports = [], securityContext } = container
  if (status !== undefined) text.field(2, 'Container ID', status.containerID ?? '')
  text.field(2, 'Image', image)
  if (status !== undefined) text.field(2, 'Image ID', status.imageID)
  const describePorts = (name: string, numbers: readonly (number | undefined)[]): void => {
    const shown = ports.map(({ protocol }, i) => `${numbers[i] ?? 0}/${protocol ?? ''}`).join(', ')
    text.field(2, ports.length > 1 ? `${name}s` : name, shown === '' ? '<none>' : shown)
  }
  describePorts(
    'Port',
    ports.map(({ containerPort }) => containerPort),
  )
  describePorts(
    'Host Port',
    ports.map(({ hostPort }) => hostPort),
  )
  const seccomp = securityContext?.seccompProfile
  if (seccomp === undefined) return
  text.field(2, 'SeccompProfile', seccomp.type)
  if (seccomp.type === 'Localhost') text.field(3, 'LocalhostProfile', seccomp.localhostProfile ?? '')
}

function describeWords(name: string, words: readonly string[] | undefined, text: DescribeText): void {
  if (words === undefined || words.length === 0) return
  text.cells(2, `${name}:`)
  for (const word of words) for (const line of word.split('\n')) text.cells(3, line)
}

function describeStatus({ state, lastState, ready, restartCount }: ContainerStatus, text: DescribeText): void {
  describeState('State', state ?? {}, text)
  if (lastState?.terminated) describeState('Last State', lastState, text)
  text.field(2, 'Ready', ready ? 'True' : 'False')
  text.field(2, 'Restart Count', restartCount)
}

function describeState(name: string, { running, waiting, terminated }: ContainerState, text: DescribeText): void {
  if (running) {
    text.field(2, name, 'Running')
    text.field(3, 'Started', describedTime(running.startedAt))
  } else if (terminated && !waiting) {
    text.field(2, name, 'Terminated')
    if (terminated.reason) text.field(3, 'Reason', terminated.reason)
    if (terminated.message) text.field(3, 'Message', terminated.message)
    text.field(3, 'Exit Code', terminated.exitCode)
    if (terminated.signal) text.field(3, 'Signal', terminated.signal)
    text.field(3, 'Started', describedTime(terminated.startedAt))
    text.field(3, 'Finished', describedTime(terminated.finishedAt))
  } else {
    text.field(2, name, 'Waiting')
    if (waiting?.reason) text.field(3, 'Reason', waiting.reason)
  }
}

function describeResources(name: string, amounts: ResourceList | undefined, text: DescribeText): void {
  const names = Object.keys(amounts ?? {}).sort()
  if (names.length === 0) return
  text.cells(2, `${name}:`)
  for (const resource of names) text.field(3, resource, amounts?.[resource] ?? '')
}

const probesOf = ({ livenessProbe, readinessProbe, startupProbe }: Container): [string, Probe | undefined][] => [
  ['Liveness', livenessProbe],
  ['Readiness', readinessProbe],
  ['Startup', startupProbe],
]

/** A probe on one line, handler first (kubectl: describe.go DescribeProbe). */
function probeText(probe: Probe): string {
  const {
    initialDelaySeconds = 0,
    timeoutSeconds = 0,
    periodSeconds = 0,
    successThreshold = 0,
    failureThreshold = 0,
  } = probe
  const numbers =
    `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s ` +
    `#success=${successThreshold} #failure=${failureThreshold}`
  return `${handlerText(probe)} ${numbers}`
}

function handlerText({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec !== undefined) return `exec [${(exec.command ?? []).join(' ')}]`
  if (httpGet !== undefined) {
    const { scheme = '', host = '', port, path = '' } = httpGet
    const prefix = scheme === '' ? '' : `${scheme.toLowerCase()}:`
    const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`
    const slash = path !== '' && !path.startsWith('/') ? '/' : ''
    return `http-get ${prefix}//${authority}${slash}${urlPath(path)}`
  }
  if (tcpSocket !== undefined) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port}`
  return grpc === undefined ? 'unknown' : `grpc <pod>:${grpc.port} ${grpc.service ?? ''}`
}

/** Escapes a path as Go's URL does, which leaves fewer marks alone than JavaScript. */
const urlPath = (path: string): string =>
  encodeURI(path.replace(LONE_SURROGATE, '\ufffd')).replace(
    /[#?!'()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function describeEnvironment(
  { name, envFrom = [], env = [], resources }: Container,
  pod: Pod,
  text: DescribeText,
): void {
  if (envFrom.length > 0) text.cells(2, 'Environment Variables from:')
  for (const { prefix = '', configMapRef, secretRef } of envFrom) {
    const reference = configMapRef ?? secretRef
    const kind = configMapRef !== undefined ? 'ConfigMap' : secretRef !== undefined ? 'Secret' : ''
    const from = prefix === '' ? kind : `${kind} with prefix '${prefix}'`
    text.cells(3, reference?.name ?? '', from, `Optional: ${reference?.optional ?? false}`)
  }
  if (env.length === 0) text.cells(2, 'Environment:', '<none>')
  else text.cells(2, 'Environment:')
  for (const variable of env) describeVariable(variable, { name, resources }, pod, text)
}

function describeVariable(
  { name, value = '', valueFrom }: EnvVar,
  container: Pick<Container, 'name' | 'resources'>,
  pod: Pod,
  text: DescribeText,
): void {
  if (valueFrom === undefined) {
    const [first, ...others] = value.split('\n')
    text.field(3, name, first)
    for (const line of others) text.cells(3, '', line)
    return
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom
  if (fieldRef !== undefined) {
    const resolved = environmentValue(valueFrom, container, pod)
    text.field(3, name, `${resolved} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`)
  } else if (resourceFieldRef !== undefined) {
    text.field(3, name, `${environmentValue(valueFrom, container, pod)} (${resourceFieldRef.resource})`)
  } else if (secretKeyRef !== undefined) {
    const { key, name: secret = '', optional = false } = secretKeyRef
    text.cells(3, `${name}:`, `<set to the key '${key}' in secret '${secret}'>`, `Optional: ${optional}`)
  } else if (configMapKeyRef !== undefined) {
    const { key, name: map = '', optional = false } = configMapKeyRef
    text.cells(3, `${name}:`, `<set to the key '${key}' of config map '${map}'>`, `Optional: ${optional}`)
  }
}

function describeMounts({ volumeMounts = [], volumeDevices = [] }: Container, text: DescribeText): void {
  if (volumeMounts.length === 0) text.cells(2, 'Mounts:', '<none>')
  else text.cells(2, 'Mounts:')
  const byPath = [...volumeMounts].sort((a, b) => (a.mountPath < b.mountPath ? -1 : a.mountPath > b.mountPath ? 1 : 0))
  for (const { mountPath, name, readOnly, subPath = '' } of byPath) {
    const flags = [readOnly === true ? 'ro' : 'rw', ...(subPath === '' ? [] : [`path="${subPath}"`])]
    text.cells(3, `${mountPath} from ${name} (${flags.join(',')})`)
  }
  if (volumeDevices.length > 0) text.cells(2, 'Devices:')
  for (const { devicePath, name } of volumeDevices) text.cells(3, `${devicePath} from ${name}`)
}
