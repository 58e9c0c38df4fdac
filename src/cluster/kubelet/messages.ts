import { formatDuration } from '../../time/index.js'
import type { MessageTemplate } from '../../trace/index.js'

const template = (
  name: string,
  args: MessageTemplate['arguments'],
  write: MessageTemplate['write'],
): MessageTemplate => ({
  name,
  arguments: args,
  write,
})

/** One argument: a container's or image's name. */
const ofName = (name: string, write: (subject: string) => string): MessageTemplate =>
  template(name, ['symbol'], ([subject]) => write(String(subject)))

/** A text of the version profile, in which `%s` stands for the name. */
export const ofProfile = (text: string): MessageTemplate =>
  ofName(`profile ${text}`, subject => text.replace('%s', () => subject))

/** The event of a probe that ended in an error, in the words of the version profile. */
export const probeErrored = (words: string): MessageTemplate =>
  template(
    words.replace('probe errored', 'probeErroredEvent'),
    ['symbol', 'symbol'],
    ([type, error]) => `${type} ${words}: ${error}`,
  )

/** A Go duration cut to whole milliseconds. */
const goDuration = (ms: string | number): string => formatDuration(Number(ms))

/** What the kubelet says in Events and statuses (kubelet.md chapter 11). */
export const MESSAGE = {
  pulling: ofName('pulling', image => `Pulling image "${image}"`),
  pulled: template(
    'pulled',
    ['symbol', 'int', 'int'],
    ([image, own, waited]) =>
      `Successfully pulled image "${image}" in ${goDuration(own)} (${goDuration(waited)} including waiting). Image size: 12345678 bytes.`,
  ),
  pullFailed: template(
    'pullFailed',
    ['symbol', 'symbol'],
    ([image, error]) => `Failed to pull image "${image}": ${error}`,
  ),
  backOffPulling: ofName('backOffPulling', image => `Back-off pulling image "${image}"`),
  backOffPullingError: template(
    'backOffPullingError',
    ['symbol', 'symbol', 'symbol'],
    ([image, reason, error]) => `Back-off pulling image "${image}": ${reason}: ${error}`,
  ),
  registryUnavailable: template(
    'registryUnavailable',
    ['symbol', 'symbol'],
    ([image, detail]) => `image pull failed for ${image} because the registry is unavailable${detail}`,
  ),
  signatureInvalid: template(
    'signatureInvalid',
    ['symbol', 'symbol'],
    ([image, detail]) => `image pull failed for ${image} because the signature validation failed${detail}`,
  ),
  neverPull: ofName('neverPull', image => `Container image "${image}" is not present with pull policy of Never`),
  error: ofName('error', text => `Error: ${text}`),
  stopping: ofName('stopping', container => `Stopping container ${container}`),
  backOffRestarting: template(
    'backOffRestarting',
    ['symbol', 'symbol'],
    ([container, pod]) => `Back-off restarting failed container ${container} in pod ${pod}`,
  ),
  backOffWaiting: template(
    'backOffWaiting',
    ['int', 'symbol', 'symbol'],
    ([duration, container, pod]) =>
      `back-off ${goDuration(duration)} restarting failed container=${container} pod=${pod}`,
  ),
  livenessKill: ofName('livenessKill', container => `Container ${container} failed liveness probe`),
  livenessRestart: ofName(
    'livenessRestart',
    container => `Container ${container} failed liveness probe, will be restarted`,
  ),
  startupKill: ofName('startupKill', container => `Container ${container} failed startup probe`),
  startupRestart: ofName(
    'startupRestart',
    container => `Container ${container} failed startup probe, will be restarted`,
  ),
  definitionRestart: ofName(
    'definitionRestart',
    container => `Container ${container} definition changed, will be restarted`,
  ),
  sidecarLiveness: ofName('sidecarLiveness', container => `Init container ${container} failed liveness probe`),
  sidecarStartup: ofName('sidecarStartup', container => `Init container ${container} failed startup probe`),
  sidecarDefinition: ofName('sidecarDefinition', container => `Init container ${container} definition changed`),
  unknownInit: template('unknownInit', [], () => 'Init container is in "unknown" state, try killing it before restart'),
  unknown: template('unknown', [], () => 'Container is in "unknown" state, try killing it before restart'),
  failedPostStart: template('failedPostStart', [], () => 'FailedPostStartHook'),
  postStartFailed: template('postStartFailed', [], () => 'PostStartHook failed'),
  preStopFailed: template('preStopFailed', [], () => 'PreStopHook failed'),
  sandboxChanged: template('sandboxChanged', [], () => 'Pod sandbox changed, it will be killed and re-created.'),
  sandboxFailed: ofName('sandboxFailed', error => `Failed to create pod sandbox: ${error}`),
  deadlineExceeded: template(
    'deadlineExceeded',
    [],
    () => 'Pod was active on the node longer than the specified deadline',
  ),
  rejected: ofName('rejected', text => `Pod was rejected: ${text}`),
  mountFailed: template(
    'mountFailed',
    ['symbol', 'symbol'],
    ([volume, error]) => `MountVolume.SetUp failed for volume "${volume}" : ${error}`,
  ),
  configMapNotFound: ofName('configMapNotFound', name => `configmap "${name}" not found`),
  secretNotFound: ofName('secretNotFound', name => `secret "${name}" not found`),
  configMapKey: template(
    'configMapKey',
    ['symbol', 'symbol'],
    ([key, name]) => `couldn't find key ${key} in ConfigMap ${name}`,
  ),
  secretKey: template('secretKey', ['symbol', 'symbol'], ([key, name]) => `couldn't find key ${key} in Secret ${name}`),
  runsAsRoot: template(
    'runsAsRoot',
    ['symbol', 'symbol'],
    ([pod, container]) =>
      `container has runAsNonRoot and image will run as root (pod: "${pod}", container: ${container})`,
  ),
  rootUser: template(
    'rootUser',
    ['symbol', 'symbol'],
    ([pod, container]) => `container's runAsUser breaks non-root policy (pod: "${pod}", container: ${container})`,
  ),
  invalidImage: template(
    'invalidImage',
    ['symbol', 'symbol'],
    ([image, error]) => `Failed to apply default image tag "${image}": ${error}`,
  ),
  unlocatedTerminated: template(
    'unlocatedTerminated',
    [],
    () => 'The container could not be located when the pod was terminated',
  ),
  unlocatedDeleted: template(
    'unlocatedDeleted',
    [],
    () => 'The container could not be located when the pod was deleted.  The container used to be Running',
  ),
  probeFailed: template(
    'probeFailedEvent',
    ['symbol', 'symbol'],
    ([type, output]) => `${type} probe failed: ${output}`,
  ),
  execHook: template(
    'execHook',
    ['symbol', 'symbol', 'symbol', 'symbol'],
    ([command, container, pod, error]) =>
      `Exec lifecycle hook (${command}) for Container "${container}" in Pod "${pod}" failed - error: ${error}, message: ""`,
  ),
  httpHook: template(
    'httpHook',
    ['symbol', 'symbol', 'symbol', 'symbol'],
    ([path, container, pod, error]) =>
      `HTTP lifecycle hook (${path}) for Container "${container}" in Pod "${pod}" failed - error: ${error}`,
  ),
  hookExited: template(
    'hookExited',
    ['symbol', 'int'],
    ([command, code]) => `command '${command}' exited with ${code}: `,
  ),
  hookInExited: template(
    'hookInExited',
    [],
    () => 'rpc error: code = Unknown desc = failed to exec in container: container is in CONTAINER_EXITED state',
  ),
  hookRefused: template(
    'hookRefused',
    ['symbol', 'symbol', 'int'],
    ([ip, url, port]) => `Get "http://${ip}${url}": dial tcp ${ip}:${port}: connect: connection refused`,
  ),
  invalidHandler: template('invalidHandler', [], () => 'Cannot run handler: invalid handler: &LifecycleHandler{}'),
} as const
