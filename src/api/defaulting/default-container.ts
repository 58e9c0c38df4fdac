import {
  type Container,
  type ContainerPort,
  type EnvVar,
  type HTTPGetAction,
  type LifecycleHandler,
  type Probe,
  type PullPolicy,
  parseImageName,
} from '../../model/index.js'

/** kubernetes: pkg/apis/core/v1/defaults.go SetDefaults_Container and what is generated around it, v1.32 (API-8, R-301). */
export function defaultContainer<C extends Container>(container: C): C {
  return {
    ...container,
    imagePullPolicy: container.imagePullPolicy ?? defaultPullPolicy(container.image ?? ''),
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    ...(container.ports && { ports: container.ports.map(defaultPort) }),
    ...(container.env && { env: container.env.map(defaultEnvVar) }),
    ...(container.livenessProbe && { livenessProbe: defaultProbe(container.livenessProbe) }),
    ...(container.readinessProbe && { readinessProbe: defaultProbe(container.readinessProbe) }),
    ...(container.startupProbe && { startupProbe: defaultProbe(container.startupProbe) }),
    ...(container.lifecycle && {
      lifecycle: {
        ...container.lifecycle,
        ...(container.lifecycle.postStart && { postStart: defaultHook(container.lifecycle.postStart) }),
        ...(container.lifecycle.preStop && { preStop: defaultHook(container.lifecycle.preStop) }),
      },
    }),
  }
}

/** an image that cannot be parsed has no tag, so it counts as pinned. */
export function defaultPullPolicy(image: string): PullPolicy {
  const name = parseImageName(image)
  return 'tag' in name && name.tag === 'latest' ? 'Always' : 'IfNotPresent'
}

const defaultPort = (port: ContainerPort): ContainerPort => ({ ...port, protocol: port.protocol ?? 'TCP' })

function defaultEnvVar(variable: EnvVar): EnvVar {
  const fieldRef = variable.valueFrom?.fieldRef
  if (fieldRef === undefined || fieldRef.apiVersion !== undefined) return variable
  return { ...variable, valueFrom: { ...variable.valueFrom, fieldRef: { apiVersion: 'v1', ...fieldRef } } }
}

/** SetDefaults_Probe: a zero counts as unset. */
function defaultProbe(probe: Probe): Probe {
  return {
    ...probe,
    ...(probe.httpGet && { httpGet: defaultHttpGet(probe.httpGet) }),
    ...(probe.grpc && { grpc: { ...probe.grpc, service: probe.grpc.service ?? '' } }),
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
  }
}

const defaultHook = (hook: LifecycleHandler): LifecycleHandler =>
  hook.httpGet === undefined ? hook : { ...hook, httpGet: defaultHttpGet(hook.httpGet) }

const defaultHttpGet = (action: HTTPGetAction): HTTPGetAction => ({
  ...action,
  path: action.path || '/',
  scheme: action.scheme || 'HTTP',
})
