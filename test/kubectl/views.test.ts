import { describe, expect, test } from 'vitest'
import { describePod, getEvents, getPods, Table, visible, watchPods } from '../../src/kubectl/index.js'
import type { Pod } from '../../src/model/index.js'
import { eventsAt, podAt } from '../../src/trace/index.js'
import { crashingWeb, WEB } from '../trace/crashing-web.js'

const trace = crashingWeb()
const web = trace.symbols.intern(WEB)
const podThen = (time: number): Pod => {
  const pod = podAt(trace, web, time)
  if (pod === undefined) throw new Error(`no pod at ${time}`)
  return pod
}
const text = (lines: Iterable<string>): string => `\n${[...lines].join('\n')}\n`

describe('getPods', () => {
  test('prints the table of kubectl', () => {
    expect(text(getPods([podThen(70_000)], 70_000))).toMatchInlineSnapshot(`
      "
      NAME   READY   STATUS             RESTARTS   AGE
      web    0/1     CrashLoopBackOff   0          70s
      "
    `)
  })

  test('prints the columns of -o wide', () => {
    expect(text(getPods([podThen(72_000)], 72_000, { wide: true }))).toMatchInlineSnapshot(`
      "
      NAME   READY   STATUS    RESTARTS      AGE   IP           NODE     NOMINATED NODE   READINESS GATES
      web    0/1     Running   1 (12s ago)   72s   10.244.0.5   node-1   <none>           <none>
      "
    `)
  })

  test('adds the namespace when there are several, and sorts by it', () => {
    const pod = podThen(72_000)
    const other: Pod = { ...pod, metadata: { ...pod.metadata, name: 'a-long-name', namespace: 'apps' } }
    expect(text(getPods([pod, other], 72_000))).toMatchInlineSnapshot(`
      "
      NAMESPACE   NAME          READY   STATUS    RESTARTS      AGE
      apps        a-long-name   0/1     Running   1 (12s ago)   72s
      default     web           0/1     Running   1 (12s ago)   72s
      "
    `)
  })

  test('says so when there are none', () => {
    expect(getPods([], 0)).toEqual(['No resources found in default namespace.'])
  })
})

describe('watchPods', () => {
  test('prints a line for every change in the store', () => {
    expect(text(watchPods(trace))).toMatchInlineSnapshot(`
      "
      NAME   READY   STATUS    RESTARTS   AGE
      web    0/1     Pending   0          0s
      web    0/1     Pending   0          0s
      web    0/1     Init:0/1   0          0s
      web    0/1     PodInitializing   0          1s
      web    0/1     Running           0          2s
      web    1/1     Running           0          3s
      web    0/1     Error             0          61s
      web    0/1     CrashLoopBackOff   0          61s
      web    0/1     Running            1 (12s ago)   72s
      web    0/1     Terminating        1 (30s ago)   90s
      web    0/1     Terminating        1 (30s ago)   90s
      web    0/1     Terminating        1 (30s ago)   90s
      "
    `)
  })

  test('stops at the instant asked for and leaves out other namespaces', () => {
    expect([...watchPods(trace, { until: 10 })]).toHaveLength(3)
    expect([...watchPods(trace, { namespace: 'other' })]).toEqual([])
  })
})

test('a table widens for later rows and keeps its columns otherwise', () => {
  const table = new Table(['NAME', 'A', 'AGE'])
  const lines = [
    ...table.lines([['web', '1', '0s']]),
    ...table.lines([['a-long-name', '1', '0s']]),
    ...table.lines([['b', '1', '1s']]),
  ]
  expect(text(lines)).toMatchInlineSnapshot(`
    "
    NAME   A     AGE
    web    1     0s
    a-long-name   1     0s
    b             1     1s
    "
  `)
})

test('getEvents prints the table of kubectl get events', () => {
  const events = eventsAt(trace, 70_000)
  expect(text(getEvents(events, 70_000))).toMatchInlineSnapshot(`
    "
    LAST SEEN   TYPE      REASON      OBJECT    MESSAGE
    70s         Normal    Scheduled   pod/web   Successfully assigned default/web to node-1
    70s         Normal    Pulling     pod/web   Pulling image "migrate:1"
    70s         Normal    Started     pod/web   Started container migrate
    68s         Normal    Started     pod/web   Started container app
    4s          Warning   BackOff     pod/web   Back-off restarting failed container app in pod web
    "
  `)
  expect(text(getEvents(events.slice(-1), 70_000, true))).toMatchInlineSnapshot(`
    "
    LAST SEEN   TYPE      REASON    OBJECT    SUBOBJECT              SOURCE            MESSAGE                                               FIRST SEEN   COUNT   NAME
    4s          Warning   BackOff   pod/web   spec.containers{app}   kubelet, node-1   Back-off restarting failed container app in pod web   9s           2       web.1816688cf4392200
    "
  `)
  expect(getEvents([], 0)).toEqual(['No resources found'])
})

describe('describePod', () => {
  test('describes a pod in back-off as kubectl does', () => {
    expect(text(describePod(podThen(70_000), eventsAt(trace, 70_000), 70_000))).toMatchInlineSnapshot(`
      "
      Name:         web
      Namespace:    default
      Node:         node-1/10.1.0.1
      Start Time:   Wed, 01 Jan 2025 00:00:00 +0000
      Labels:       app=web
      Annotations:  <none>
      Status:       Running
      IP:           10.244.0.5
      IPs:
        IP:  10.244.0.5
      Init Containers:
        migrate:
          Container ID:   containerd://38533f4a8942ef58ce5ff7b961477bfeb7db748bfe47992dc68a487e520b8c57
          Image:          migrate:1
          Image ID:       migrate@sha256:c27115b85a51635195034c380fbb6e08ee1a1aebe2ba9cd37c897db4cc962907
          Port:           <none>
          Host Port:      <none>
          State:          Terminated
            Reason:       Completed
            Exit Code:    0
            Started:      Wed, 01 Jan 2025 00:00:00 +0000
            Finished:     Wed, 01 Jan 2025 00:00:01 +0000
          Ready:          True
          Restart Count:  0
          Environment:    <none>
          Mounts:         <none>
      Containers:
        app:
          Container ID:   containerd://eeaefd0e0654e5893ae5651ff57bc04a78d6c1358dad4e1903845498c5150ba1
          Image:          app:1
          Image ID:       app@sha256:69548d39bbfc5e79cd39634f3c4d3008cd05ba7f12a1c9e2ba12cf545be4b051
          Port:           8080/TCP
          Host Port:      0/TCP
          State:          Waiting
            Reason:       CrashLoopBackOff
          Last State:     Terminated
            Reason:       Error
            Exit Code:    1
            Started:      Wed, 01 Jan 2025 00:00:02 +0000
            Finished:     Wed, 01 Jan 2025 00:01:00 +0000
          Ready:          False
          Restart Count:  0
          Readiness:      http-get http://:8080/ready delay=0s timeout=1s period=10s #success=0 #failure=0
          Environment:    <none>
          Mounts:         <none>
      Conditions:
        Type                        Status
        PodReadyToStartContainers   True 
        Initialized                 True 
        Ready                       False 
        ContainersReady             False 
        PodScheduled                True 
      Volumes:                      <none>
      QoS Class:                    BestEffort
      Node-Selectors:               <none>
      Tolerations:                  <none>
      Events:
        Type     Reason     Age              From               Message
        ----     ------     ----             ----               -------
        Normal   Scheduled  70s              default-scheduler  Successfully assigned default/web to node-1
        Normal   Pulling    70s              kubelet            Pulling image "migrate:1"
        Normal   Started    70s              kubelet            Started container migrate
        Normal   Started    68s              kubelet            Started container app
        Warning  BackOff    4s (x2 over 9s)  kubelet            Back-off restarting failed container app in pod web
      "
    `)
  })

  test('shows how long a pod has been terminating', () => {
    const lines = describePod(podThen(90_000), [], 125_000).filter(line => /^(Status|Termination|Events)/.test(line))
    expect(text(lines)).toMatchInlineSnapshot(`
      "
      Status:                    Terminating (lasts 5s)
      Termination Grace Period:  30s
      Events:                       <none>
      "
    `)
    expect(describePod(podThen(90_000), [], 90_000).join('\n')).toContain('Terminating (lasts <invalid>)')
  })

  test('describes everything that a spec can say', () => {
    const pod: Pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'full',
        namespace: 'apps',
        annotations: {
          short: 'a',
          long: `${'x'.repeat(150)}\nb`,
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
        },
        labels: { b: '2', a: '1' },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'full-1', uid: 'u', controller: true }],
      },
      spec: {
        priority: 0,
        priorityClassName: 'high',
        runtimeClassName: 'gvisor',
        serviceAccountName: 'default',
        nodeName: 'node-1',
        nodeSelector: { disk: 'ssd' },
        readinessGates: [{ conditionType: 'example.com/lb' }],
        tolerations: [
          { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
          { operator: 'Exists' },
          { key: 'gpu', value: 'a', effect: 'NoSchedule' },
        ],
        topologySpreadConstraints: [
          {
            topologyKey: 'zone',
            maxSkew: 1,
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { a: '1' } },
          },
        ],
        volumes: [
          { name: 'cache', emptyDir: { sizeLimit: '1Gi' } },
          { name: 'config', configMap: { name: 'settings' } },
          { name: 'keys', secret: { secretName: 'keys', optional: true } },
          { name: 'host', hostPath: { path: '/var' } },
          { name: 'claim', persistentVolumeClaim: { claimName: 'data' } },
          { name: 'info', downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
          {
            name: 'token',
            projected: {
              sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 3607 } }, { configMap: { name: 'ca' } }],
            },
          },
          { name: 'odd', flocker: {} },
        ],
        containers: [
          {
            name: 'app',
            image: 'app:1',
            command: ['sh', '-c', 'one\ntwo'],
            args: ['--x'],
            ports: [
              { containerPort: 80, protocol: 'TCP' },
              { containerPort: 53, hostPort: 53, protocol: 'UDP' },
            ],
            resources: { limits: { memory: '64Mi', cpu: '500m' }, requests: { cpu: '250m' } },
            livenessProbe: {
              exec: { command: ['cat', '/x'] },
              initialDelaySeconds: 5,
              timeoutSeconds: 1,
              periodSeconds: 10,
              successThreshold: 1,
              failureThreshold: 3,
            },
            readinessProbe: {
              httpGet: { port: 'web', path: '/a?b', scheme: 'HTTPS' },
              timeoutSeconds: 1,
              periodSeconds: 10,
              successThreshold: 1,
              failureThreshold: 3,
            },
            startupProbe: {
              grpc: { port: 5000, service: 'svc' },
              timeoutSeconds: 1,
              periodSeconds: 10,
              successThreshold: 1,
              failureThreshold: 3,
            },
            envFrom: [
              { prefix: 'P_', configMapRef: { name: 'settings' } },
              { secretRef: { name: 'keys', optional: true } },
            ],
            env: [
              { name: 'PLAIN', value: 'a\nb' },
              { name: 'POD', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
              { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
              { name: 'MEM', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
              { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'k' } } },
              { name: 'SET', valueFrom: { configMapKeyRef: { name: 'settings', key: 's', optional: true } } },
            ],
            volumeMounts: [
              { name: 'config', mountPath: '/etc/app', readOnly: true, subPath: 'a' },
              { name: 'cache', mountPath: '/cache' },
            ],
          },
        ],
        ephemeralContainers: [{ name: 'debug', image: 'busybox' }],
      },
      status: {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'The node was low on resource: memory.\u001b[2J',
        hostIP: '10.0.0.1',
        podIP: '10.1.0.1',
        podIPs: [{ ip: '10.1.0.1' }],
        nominatedNodeName: 'node-2',
        conditions: [{ type: 'example.com/lb', status: 'True' }],
        containerStatuses: [
          {
            name: 'app',
            state: {
              terminated: {
                exitCode: 137,
                signal: 9,
                reason: 'ContainerStatusUnknown',
                message: 'gone',
                startedAt: null,
                finishedAt: null,
              },
            },
            ready: false,
            restartCount: 0,
            image: 'app:1',
            imageID: 'app@sha256:1',
          },
        ],
      },
    }
    expect(text(describePod(pod, [], 0))).toMatchInlineSnapshot(`
      "
      Name:                 full
      Namespace:            apps
      Priority:             0
      Priority Class Name:  high
      Runtime Class Name:   gvisor
      Service Account:      default
      Node:                 node-1/10.0.0.1
      Labels:               a=1
                            b=2
      Annotations:          long:
                              xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
                              b
                            short: a
      Status:               Failed
      Reason:               Evicted
      Message:              The node was low on resource: memory.\\x1b[2J
      IP:                   10.1.0.1
      IPs:
        IP:               10.1.0.1
      Controlled By:      ReplicaSet/full-1
      NominatedNodeName:  node-2
      Containers:
        app:
          Container ID:  
          Image:         app:1
          Image ID:      app@sha256:1
          Ports:         80/TCP, 53/UDP
          Host Ports:    0/TCP, 53/UDP
          Command:
            sh
            -c
            one
            two
          Args:
            --x
          State:          Terminated
            Reason:       ContainerStatusUnknown
            Message:      gone
            Exit Code:    137
            Signal:       9
            Started:      Mon, 01 Jan 0001 00:00:00 +0000
            Finished:     Mon, 01 Jan 0001 00:00:00 +0000
          Ready:          False
          Restart Count:  0
          Limits:
            cpu:     500m
            memory:  64Mi
          Requests:
            cpu:      250m
          Liveness:   exec [cat /x] delay=5s timeout=1s period=10s #success=1 #failure=3
          Readiness:  http-get https://:web/a%3Fb delay=0s timeout=1s period=10s #success=1 #failure=3
          Startup:    grpc <pod>:5000 svc delay=0s timeout=1s period=10s #success=1 #failure=3
          Environment Variables from:
            settings  ConfigMap with prefix 'P_'  Optional: false
            keys      Secret                      Optional: true
          Environment:
            PLAIN:  a
                    b
            POD:    full (v1:metadata.name)
            CPU:    1 (limits.cpu)
            MEM:    64 (limits.memory)
            KEY:    <set to the key 'k' in secret 'keys'>          Optional: false
            SET:    <set to the key 's' of config map 'settings'>  Optional: true
          Mounts:
            /cache from cache (rw)
            /etc/app from config (ro,path="a")
      Ephemeral Containers:
        debug:
          Image:        busybox
          Port:         <none>
          Host Port:    <none>
          Environment:  <none>
          Mounts:       <none>
      Readiness Gates:
        Type             Status
        example.com/lb   True 
      Conditions:
        Type             Status
        example.com/lb   True 
      Volumes:
        cache:
          Type:       EmptyDir (a temporary directory that shares a pod's lifetime)
          Medium:     
          SizeLimit:  1Gi
        config:
          Type:      ConfigMap (a volume populated by a ConfigMap)
          Name:      settings
          Optional:  false
        keys:
          Type:        Secret (a volume populated by a Secret)
          SecretName:  keys
          Optional:    true
        host:
          Type:          HostPath (bare host directory volume)
          Path:          /var
          HostPathType:  <none>
        claim:
          Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
          ClaimName:  data
          ReadOnly:   false
        info:
          Type:  DownwardAPI (a volume populated by information about the pod)
          Items:
            metadata.labels -> labels
        token:
          Type:                    Projected (a volume that contains injected data from multiple sources)
          TokenExpirationSeconds:  3607
          ConfigMapName:           ca
          Optional:                false
        odd:
        <unknown>
      QoS Class:                    Burstable
      Node-Selectors:               disk=ssd
      Tolerations:                  op=Exists
                                    gpu=a:NoSchedule
                                    node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
      Topology Spread Constraints:  zone:DoNotSchedule when max skew 1 is exceeded for selector a=1
      Events:                       <none>
      "
    `)
  })
})

test('visible shows what would act on a terminal and leaves other texts alone', () => {
  expect(visible('plain – é 😀')).toBe('plain – é 😀')
  expect(visible('\u001b]0;x\u0007\r\n\t\u009b\u202e\ud800')).toBe('\\x1b]0;x\\x07\\r\\n\\t\\x9b\\u202e\\ud800')
})
