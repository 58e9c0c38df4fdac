import type { Node, Pod } from '../../src/model/index.js'
import { type MessageTemplate, ROW, type Trace } from '../../src/trace/index.js'
import { TraceBuilder } from './trace-builder.js'

export const WEB = 'Pod/default/web'
export const APP = `${WEB}/app`
export const MIGRATE = `${WEB}/migrate`

const NODE: Node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node-1' },
  spec: {},
  status: { addresses: [{ type: 'InternalIP', address: '10.1.0.1' }] },
}

export const WEB_POD: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
  spec: {
    initContainers: [{ name: 'migrate', image: 'migrate:1' }],
    containers: [
      {
        name: 'app',
        image: 'app:1',
        ports: [{ containerPort: 8080, protocol: 'TCP' }],
        readinessProbe: {
          httpGet: { path: '/ready', port: 8080, scheme: 'HTTP' },
          timeoutSeconds: 1,
          periodSeconds: 10,
        },
      },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
  },
}

const BACK_OFF: MessageTemplate = {
  name: 'test back-off',
  arguments: ['symbol', 'symbol'],
  write: ([container, pod]) => `back-off 10s restarting failed container=${container} pod=${pod}`,
}

/**
 * A pod with an init container whose app becomes ready, crashes, backs off, runs again and is deleted: the rows stand as the
 * engine writes them.
 */
export function crashingWeb(change: (builder: TraceBuilder) => void = () => {}): Trace {
  const t = new TraceBuilder()
  t.node(NODE)
  const step = t.row(ROW.step, 'Step/1', 1, t.symbols.intern('create pod/web'))
  const created = t.at(0, step).createPod(WEB_POD)
  t.at(0, created).phase(WEB, 'Pending')
  t.row(ROW.qosClass, WEB, t.symbols.intern('BestEffort'))
  const bound = t.at(10, created).bound(WEB, 'node-1')
  t.condition(WEB, 'PodScheduled', 'True')
  t.event(WEB, 'Normal', 'Scheduled', 'Successfully assigned default/web to node-1', 1, 'default-scheduler')

  t.at(20, bound)
  t.condition(WEB, 'PodReadyToStartContainers', 'False')
  t.condition(WEB, 'Initialized', 'False', 'ContainersNotInitialized', 'containers with incomplete status: [migrate]')
  t.condition(WEB, 'Ready', 'False', 'ContainersNotReady', 'containers with unready status: [app]')
  t.condition(WEB, 'ContainersReady', 'False', 'ContainersNotReady', 'containers with unready status: [app]')
  t.row(ROW.startTime, WEB, 0)
  t.waiting(MIGRATE, 'PodInitializing')
  t.waiting(APP, 'PodInitializing')
  const sandbox = t.row(ROW.sandboxCreate, WEB, 0)
  const sandboxReady = t.at(30, sandbox).row(ROW.sandboxReady, WEB, 0, t.symbols.intern('10.244.0.5'))
  const pull = t.at(30, sandboxReady).row(ROW.pullStart, MIGRATE, t.symbols.intern('migrate:1'))
  t.event(MIGRATE, 'Normal', 'Pulling', 'Pulling image "migrate:1"')
  const pulled = t.at(530, pull).row(ROW.pullEnd, WEB, t.symbols.intern('migrate:1'))
  const migrate = start(t.at(530, pulled), MIGRATE, 0, 'migrate:1')
  const migrated = t.at(1530, migrate).row(ROW.exit, MIGRATE, 0, 0, t.symbols.intern('Completed'))
  t.at(1850, migrated)
  t.condition(WEB, 'PodReadyToStartContainers', 'True')
  t.condition(WEB, 'Initialized', 'True')
  t.row(ROW.podIP, WEB, t.symbols.intern('10.244.0.5'))
  t.terminated(MIGRATE, 0, 0, 'Completed')
  t.row(ROW.containerReady, MIGRATE, 1)

  const first = start(t.at(2000, migrated), APP, 0, 'app:1')
  const running = t.at(2850, first).phase(WEB, 'Running')
  t.running(APP, 0)
  t.row(ROW.containerStarted, APP, 1)
  const probe = t.at(3000, first).probe(APP, 0, 'readiness', 'success')
  t.also(probe, running)
  t.at(3010, probe).condition(WEB, 'Ready', 'True')
  t.condition(WEB, 'ContainersReady', 'True')
  t.row(ROW.containerReady, APP, 1)

  const exit = t.at(60_400, first).row(ROW.exit, APP, 0, 1, t.symbols.intern('Error'))
  t.at(61_000, exit)
  t.condition(WEB, 'Ready', 'False', 'ContainersNotReady', 'containers with unready status: [app]')
  t.condition(WEB, 'ContainersReady', 'False', 'ContainersNotReady', 'containers with unready status: [app]')
  t.terminated(APP, 0, 1, 'Error')
  t.row(ROW.containerReady, APP, 0)
  t.row(ROW.containerStarted, APP, 0)
  const message = t.message(BACK_OFF, 'app', 'web_default(uid)')
  t.at(61_000, exit).event(APP, 'Warning', 'BackOff', 'Back-off restarting failed container app in pod web')
  t.at(61_010, exit).waiting(APP, 'CrashLoopBackOff', message)
  t.lastTerminated(APP, 0, 1, 'Error')
  t.at(66_000, exit).event(APP, 'Warning', 'BackOff', 'Back-off restarting failed container app in pod web', 2)

  const second = start(t.at(71_500, exit), APP, 1, 'app:1')
  t.at(72_000, second).running(APP, 1)
  t.row(ROW.containerRestarts, APP, 1)
  t.row(ROW.containerStarted, APP, 1)

  const remove = t.at(90_000, -1).row(ROW.step, 'Step/2', 2, t.symbols.intern('delete pod/web'))
  const deletion = t.at(90_000, remove).row(ROW.deletionRequested, WEB, 30, 120)
  const stop = t.at(90_010, deletion).row(ROW.containerStop, APP, 1, 30)
  const term = t.at(90_010, stop).row(ROW.signal, APP, 1, 15)
  change(t)
  const gone = t.at(90_110, term).row(ROW.exit, APP, 1, 143, t.symbols.intern('Error'))
  t.at(90_850, gone).terminated(APP, 1, 143, 'Error')
  t.row(ROW.containerStarted, APP, 0)
  t.at(90_900, gone).row(ROW.removed, WEB)
  return t.build()
}

function start(t: TraceBuilder, container: string, instance: number, image: string): number {
  const create = t.row(ROW.containerCreate, container, instance, instance, t.symbols.intern(image))
  const started = t.row(ROW.containerStart, container, instance, instance, 0, create)
  t.at(t.now, started).event(container, 'Normal', 'Started', `Started container ${container.split('/').at(-1)}`)
  return started
}
