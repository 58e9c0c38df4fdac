import type { IntOrString } from './object-meta.js'

/** A liveness, readiness or startup probe: exactly one handler, and when to ask it (core/v1 Probe). */
export interface Probe {
  readonly exec?: ExecAction
  readonly httpGet?: HTTPGetAction
  readonly tcpSocket?: TCPSocketAction
  readonly grpc?: GRPCAction
  readonly initialDelaySeconds?: number
  readonly timeoutSeconds?: number
  readonly periodSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
  readonly terminationGracePeriodSeconds?: number
}

/** The hooks of a container's life (core/v1 Lifecycle). */
export interface Lifecycle {
  readonly postStart?: LifecycleHandler
  readonly preStop?: LifecycleHandler
}

/** What a hook does: exactly one of its fields (core/v1 LifecycleHandler). */
export interface LifecycleHandler {
  readonly exec?: ExecAction
  readonly httpGet?: HTTPGetAction
  readonly tcpSocket?: TCPSocketAction
  readonly sleep?: SleepAction
}

/** Runs a command in the container; exit code 0 is success. */
export interface ExecAction {
  readonly command?: readonly string[]
}

/** Asks an HTTP server; a status from 200 to 399 is success. */
export interface HTTPGetAction {
  readonly path?: string
  readonly port: IntOrString
  readonly host?: string
  readonly scheme?: 'HTTP' | 'HTTPS'
  readonly httpHeaders?: readonly HTTPHeader[]
}

/** One header of an HTTP request. */
export interface HTTPHeader {
  readonly name: string
  readonly value: string
}

/** Opens a TCP connection; being accepted is success. */
export interface TCPSocketAction {
  readonly port: IntOrString
  readonly host?: string
}

/** Asks a gRPC health service. */
export interface GRPCAction {
  readonly port: number
  readonly service?: string | null
}

/** Waits; hooks only. */
export interface SleepAction {
  readonly seconds: number
}
