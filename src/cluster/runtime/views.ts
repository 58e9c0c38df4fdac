import type { Milliseconds } from '../../time/index.js'
import { type ContainerSpec, RUNTIME_STATE, type RuntimeContainer } from '../contract/index.js'

/** A container that was created and not started. */
export const createdView = (
  container: ContainerSpec,
  instance: number,
  attempt: number,
  now: Milliseconds,
): RuntimeContainer => ({
  container,
  instance,
  attempt,
  image: container.image,
  state: RUNTIME_STATE.created,
  createdAt: now,
  startedAt: 0,
  finishedAt: 0,
  exitCode: 0,
  reason: 0,
  message: 0,
})

/** The same container, running. */
export const runningView = (view: RuntimeContainer, now: Milliseconds): RuntimeContainer => ({
  container: view.container,
  instance: view.instance,
  attempt: view.attempt,
  image: view.image,
  state: RUNTIME_STATE.running,
  createdAt: view.createdAt,
  startedAt: now,
  finishedAt: 0,
  exitCode: 0,
  reason: 0,
  message: 0,
})

/** The same container, exited. */
export const exitedView = (
  view: RuntimeContainer,
  startedAt: Milliseconds,
  now: Milliseconds,
  exitCode: number,
  reason: number,
  message: number,
): RuntimeContainer => ({
  container: view.container,
  instance: view.instance,
  attempt: view.attempt,
  image: view.image,
  state: RUNTIME_STATE.exited,
  createdAt: view.createdAt,
  startedAt,
  finishedAt: now,
  exitCode,
  reason,
  message,
})
