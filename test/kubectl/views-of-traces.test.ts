import { describe, expect, test } from 'vitest'
import {
  kubectlDescribe,
  kubectlEvents,
  kubectlGet,
  listObjects,
  rolloutHistory,
  rolloutStatus,
  waitFor,
  watchObjects,
  watchRollout,
} from '../../src/kubectl/index.js'
import { simulate } from '../../src/spec/index.js'
import { decodeTrace, encodeTrace } from '../../src/trace/index.js'
import { MANIFESTS, rolledWeb, shown } from './rolled-web.js'

const trace = rolledWeb()

describe('kubectlGet', () => {
  test('prints each kind of all in a table of its own', () => {
    expect(shown(kubectlGet(trace, 'all', { at: '1s' }))).toMatchInlineSnapshot(`
      "
      NAME                       READY   STATUS              RESTARTS   AGE
      pod/web-6848478787-6vpxk   1/1     Running             0          1s
      pod/web-6848478787-86gpw   0/1     ContainerCreating   0          1s

      NAME          TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE
      service/web   ClusterIP   <none>       <none>        80/TCP    1s

      NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
      deployment.apps/web   1/2     2            1           1s

      NAME                             DESIRED   CURRENT   READY   AGE
      replicaset.apps/web-6848478787   2         2         1       1s
      "
    `)
  })

  test('prints the columns of -o wide, and labels', () => {
    expect(shown(kubectlGet(trace, 'deploy', { output: 'wide', showLabels: true }))).toMatchInlineSnapshot(`
      "
      NAME   READY   UP-TO-DATE   AVAILABLE   AGE   CONTAINERS   IMAGES   SELECTOR   LABELS
      web    2/2     2            2           2s    app          app:1    app=web    app=web
      "
    `)
    expect(shown(kubectlGet(trace, 'no', { output: 'wide' }))).toMatchInlineSnapshot(`
      "
      NAME     STATUS   ROLES    AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE    KERNEL-VERSION   CONTAINER-RUNTIME
      node-1   Ready    <none>   2s    v1.32.0   172.18.0.2    <none>        <unknown>   <unknown>        <unknown>
      "
    `)
    expect(shown(kubectlGet(trace, 'rs', { output: 'wide', allNamespaces: true }))).toMatchInlineSnapshot(`
      "
      NAMESPACE   NAME             DESIRED   CURRENT   READY   AGE   CONTAINERS   IMAGES   SELECTOR
      default     web-6848478787   2         2         2       2s    app          app:1    app=web,pod-template-hash=6848478787
      "
    `)
  })

  test('prints what stands behind a Service as it was then', () => {
    expect(shown(kubectlGet(trace, 'ep', { at: 0 }))).toMatchInlineSnapshot(`
      "
      NAME   ENDPOINTS   AGE
      web    <none>      0s
      "
    `)
    expect(shown(kubectlGet(trace, 'ep,endpointslices', { at: '1s' }))).toMatchInlineSnapshot(`
      "
      NAME            ENDPOINTS         AGE
      endpoints/web   10.244.0.1:8080   1s

      NAME                                       ADDRESSTYPE   PORTS   ENDPOINTS    AGE
      endpointslice.discovery.k8s.io/web-2pgxl   IPv4          8080    10.244.0.1   1s
      "
    `)
  })

  test('prints what every cluster has', () => {
    expect(shown(kubectlGet(trace, 'ns,sa,pc'))).toMatchInlineSnapshot(`
      "
      NAME                        STATUS   AGE
      namespace/default           Active   2s
      namespace/kube-node-lease   Active   2s
      namespace/kube-public       Active   2s
      namespace/kube-system       Active   2s

      NAME                     SECRETS   AGE
      serviceaccount/default   0         2s

      NAME                                                      VALUE        GLOBAL-DEFAULT   AGE   PREEMPTIONPOLICY
      priorityclass.scheduling.k8s.io/system-cluster-critical   2000000000   false            2s    PreemptLowerPriority
      priorityclass.scheduling.k8s.io/system-node-critical      2000001000   false            2s    PreemptLowerPriority
      "
    `)
  })

  test('prints names, and objects alone or as a list', () => {
    expect(kubectlGet(trace, 'deploy/web svc/web pdb/web', { output: 'name' })).toBe(
      'deployment.apps/web\nservice/web\npoddisruptionbudget.policy/web\n',
    )
    expect(kubectlGet(trace, 'svc/web', { output: 'yaml' })).toMatch(/^apiVersion: v1\nkind: Service\n/)
    expect(kubectlGet(trace, 'svc', { output: 'yaml' })).toMatch(/^apiVersion: v1\nitems:\n- apiVersion: v1\n/)
    expect(JSON.parse(kubectlGet(trace, 'cm', { output: 'json' }))).toMatchObject({ kind: 'List', items: [] })
  })

  test('keeps to the labels and the namespace that it is asked for', () => {
    expect(listObjects(trace, 'pods', { selector: 'app in (web,api),!old' })).toHaveLength(2)
    expect(listObjects(trace, 'pods', { selector: 'app!=web' })).toEqual([])
    expect(kubectlGet(trace, 'pods', { namespace: 'shop' })).toBe('No resources found in shop namespace.\n')
    expect(() => kubectlGet(trace, 'pods', { selector: 'app in' })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: --selector: expected a label query, got "app in"
        hint: write app=web, tier!=cache, 'env in (prod,test)', shard or '!old', with commas between them]
    `)
  })

  test('refuses kinds and names that there are not, with the nearest', () => {
    expect(() => kubectlGet(trace, 'deply')).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: get: expected a kind such as pods, deployments or svc, got "deply"
        hint: did you mean deploy?]
    `)
    expect(() => kubectlGet(trace, 'svc wep')).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: services "wep" not found at 2.85s
        hint: did you mean web?]
    `)
    expect(() => kubectlGet(trace, 'svc web pod/web')).toThrowErrorMatchingInlineSnapshot(
      `[PodwrightError: get: expected KIND/NAME... or KIND NAME..., got "svc pod/web"]`,
    )
  })

  test('reads the same from a trace that was written and read', () => {
    const read = decodeTrace(encodeTrace(trace))
    expect(kubectlGet(read, 'all,pdb,ep', { at: '1s' })).toBe(kubectlGet(trace, 'all,pdb,ep', { at: '1s' }))
  })
})

test('watchObjects prints a line for each change of a workload', () => {
  expect(shown([...watchObjects(trace, 'deploy')].join('\n'))).toMatchInlineSnapshot(`
    "
    NAME   READY   UP-TO-DATE   AVAILABLE   AGE
    web    0/2     2            0           0s
    web    1/2     2            1           0s
    web    2/2     2            2           1s"
  `)
})

describe('kubectlDescribe', () => {
  test('describes a Deployment with its ReplicaSets and Events', () => {
    expect(shown(kubectlDescribe(trace, 'deploy/web'))).toMatchInlineSnapshot(`
      "
      Name:                   web
      Namespace:              default
      CreationTimestamp:      Wed, 01 Jan 2025 00:00:00 +0000
      Labels:                 app=web
      Annotations:            deployment.kubernetes.io/revision: 1
      Selector:               app=web
      Replicas:               2 desired | 2 updated | 2 total | 2 available | 0 unavailable
      StrategyType:           RollingUpdate
      MinReadySeconds:        0
      RollingUpdateStrategy:  25% max unavailable, 25% max surge
      Pod Template:
        Labels:  app=web
        Containers:
          app:
            Image:        app:1
            Port:         <none>
            Host Port:    <none>
            Environment:  <none>
            Mounts:       <none>
        Volumes:          <none>
        Node-Selectors:   <none>
        Tolerations:      <none>
      Conditions:
        Type           Status  Reason
        ----           ------  ------
        Available      True    MinimumReplicasAvailable
        Progressing    True    NewReplicaSetAvailable
      OldReplicaSets:  <none>
      NewReplicaSet:   web-6848478787 (2/2 replicas created)
      Events:
        Type    Reason             Age   From                   Message
        ----    ------             ----  ----                   -------
        Normal  ScalingReplicaSet  2s    deployment-controller  Scaled up replica set web-6848478787 from 0 to 2
      "
    `)
  })

  test('describes a Service with the addresses of that instant', () => {
    expect(shown(kubectlDescribe(trace, 'svc/web', { at: '1s' }))).toMatchInlineSnapshot(`
      "
      Name:                     web
      Namespace:                default
      Labels:                   <none>
      Annotations:              <none>
      Selector:                 app=web
      Type:                     ClusterIP
      IP Families:              <none>
      IP:                       
      IPs:                      <none>
      Port:                     <unset>  80/TCP
      TargetPort:               8080/TCP
      Endpoints:                10.244.0.1:8080
      Session Affinity:         None
      Internal Traffic Policy:  Cluster
      Events:                   <none>
      "
    `)
  })

  test('describes a node with its pods', () => {
    expect(shown(kubectlDescribe(trace, 'node/node-1'))).toMatchInlineSnapshot(`
      "
      Name:               node-1
      Roles:              <none>
      Labels:             beta.kubernetes.io/arch=amd64
                          beta.kubernetes.io/os=linux
                          kubernetes.io/arch=amd64
                          kubernetes.io/hostname=node-1
                          kubernetes.io/os=linux
      Annotations:        <none>
      CreationTimestamp:  Wed, 01 Jan 2025 00:00:00 +0000
      Taints:             <none>
      Unschedulable:      false
      Lease:
        HolderIdentity:  node-1
        AcquireTime:     <unset>
        RenewTime:       <unset>
      Conditions:
        Type             Status  LastHeartbeatTime                 LastTransitionTime                Reason                       Message
        ----             ------  -----------------                 ------------------                ------                       -------
        MemoryPressure   False   Mon, 01 Jan 0001 00:00:00 +0000   Mon, 01 Jan 0001 00:00:00 +0000   KubeletHasSufficientMemory   kubelet has sufficient memory available
        DiskPressure     False   Mon, 01 Jan 0001 00:00:00 +0000   Mon, 01 Jan 0001 00:00:00 +0000   KubeletHasNoDiskPressure     kubelet has no disk pressure
        PIDPressure      False   Mon, 01 Jan 0001 00:00:00 +0000   Mon, 01 Jan 0001 00:00:00 +0000   KubeletHasSufficientPID      kubelet has sufficient PID available
        Ready            True    Mon, 01 Jan 0001 00:00:00 +0000   Mon, 01 Jan 0001 00:00:00 +0000   KubeletReady                 kubelet is posting ready status
      Addresses:
        InternalIP:  172.18.0.2
        Hostname:    node-1
      Capacity:
        cpu:                64
        ephemeral-storage:  1Ti
        memory:             256Gi
        pods:               110
      Allocatable:
        cpu:                64
        ephemeral-storage:  1Ti
        memory:             256Gi
        pods:               110
      System Info:
        Machine ID:                 
        System UUID:                
        Boot ID:                    
        Kernel Version:             
        OS Image:                   
        Operating System:           
        Architecture:               
        Container Runtime Version:  
        Kubelet Version:            v1.32.0
      Non-terminated Pods:          (2 in total)
        Namespace                   Name                    CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
        ---------                   ----                    ------------  ----------  ---------------  -------------  ---
        default                     web-6848478787-6vpxk    0 (0%)        0 (0%)      0 (0%)           0 (0%)         2s
        default                     web-6848478787-86gpw    0 (0%)        0 (0%)      0 (0%)           0 (0%)         2s
      Allocated resources:
        (Total limits may be over 100 percent, i.e., overcommitted.)
        Resource           Requests  Limits
        --------           --------  ------
        cpu                0 (0%)    0 (0%)
        memory             0 (0%)    0 (0%)
        ephemeral-storage  0 (0%)    0 (0%)
      Events:              <none>
      "
    `)
  })
})

test('kubectlEvents prints Events by their last occurrence, of one object or all', () => {
  expect(shown(kubectlEvents(trace, { for: 'rs/web-6848478787' }))).toMatchInlineSnapshot(`
    "
    LAST SEEN   TYPE     REASON             OBJECT                      MESSAGE
    2s          Normal   SuccessfulCreate   ReplicaSet/web-6848478787   Created pod: web-6848478787-6vpxk
    2s          Normal   SuccessfulCreate   ReplicaSet/web-6848478787   Created pod: web-6848478787-86gpw
    "
  `)
  expect(kubectlEvents(trace, { types: ['Warning'] })).toBe('No events found in default namespace.\n')
})

describe('rollouts', () => {
  test('are followed line by line until they are done', () => {
    expect(watchRollout(trace, 'deployment/web')).toMatchInlineSnapshot(`
      [
        {
          "state": "waiting",
          "text": "Waiting for deployment "web" rollout to finish: 0 of 2 updated replicas are available...",
          "time": 0,
        },
        {
          "state": "waiting",
          "text": "Waiting for deployment "web" rollout to finish: 1 of 2 updated replicas are available...",
          "time": 850,
        },
        {
          "state": "done",
          "text": "deployment "web" successfully rolled out",
          "time": 1850,
        },
      ]
    `)
  })

  test('exceed their deadline', () => {
    const late = simulate(MANIFESTS.replace('replicas: 2', 'replicas: 2\n  progressDeadlineSeconds: 20'), {
      behave: 'image app:1 does not exist',
    })
    expect(watchRollout(late, 'deploy web').at(-1)).toMatchInlineSnapshot(`
      {
        "state": "failed",
        "text": "error: deployment "web" exceeded its progress deadline",
        "time": 21000,
      }
    `)
    expect(rolloutStatus(late, 'deploy web', { at: '10s' }).state).toBe('waiting')
  })

  test('have a history', () => {
    expect(shown(rolloutHistory(trace, 'deployment/web'))).toMatchInlineSnapshot(`
      "
      deployment.apps/web
      REVISION  CHANGE-CAUSE
      1         <none>
      "
    `)
    expect(rolloutHistory(trace, 'deployment/web', { revision: 1 })).toMatch(
      /^deployment.apps\/web with revision #1\nPod Template:/,
    )
    expect(() => rolloutHistory(trace, 'deployment/web', { revision: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: expected a revision of the history, got 3
        hint: the revisions are 1]
    `)
    expect(() => rolloutStatus(trace, 'svc/web')).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: rollout: expected a Deployment, StatefulSet or DaemonSet and its name, got "svc/web"
        hint: write deployment/web]
    `)
  })
})

describe('waitFor', () => {
  const texts = (what: string, condition: string, options = {}): string[] =>
    waitFor(trace, what, condition, options).map(({ time, text }) => `${time} ${text}`)

  test('returns when the condition is met, one object after the other', () => {
    expect(texts('deploy/web', 'condition=available')).toEqual(['1850 deployment.apps/web condition met'])
    expect(texts('pods', 'condition=Ready')).toMatchInlineSnapshot(`
      [
        "850 pod/web-6848478787-6vpxk condition met",
        "1850 pod/web-6848478787-86gpw condition met",
      ]
    `)
    expect(texts('deploy/web', 'jsonpath={.status.readyReplicas}=1')).toEqual(['850 deployment.apps/web condition met'])
    expect(texts('pods', 'jsonpath={.status.conditions[?(@.type=="Ready")].status}=True')).toHaveLength(2)
    expect(texts('svc/later', 'create', { timeout: '5s' })).toMatchInlineSnapshot(`
      [
        "5000 error: timed out waiting for the condition on services/later",
      ]
    `)
  })

  test('times out', () => {
    expect(texts('deploy/web', 'condition=Available', { timeout: '1s' })).toEqual([
      '1000 error: timed out waiting for the condition on deployments/web',
    ])
    expect(texts('deploy/web', 'condition=Available', { timeout: 0 })).toEqual(['0 error: condition not met for web'])
    expect(texts('cm', 'condition=Ready')).toEqual(['0 error: no matching resources found'])
  })

  test('refuses what it does not know', () => {
    expect(() => waitFor(trace, 'pods', 'conditon=Ready')).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: --for: expected delete, create, condition=… or jsonpath=…, got "conditon=Ready"
        hint: did you mean condition=…?]
    `)
    expect(() => waitFor(trace, 'pods', 'jsonpath={..x}=1')).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: --for: expected a JSONPath, got "{..x}"
        hint: write {.status.phase}, {.spec.containers[0].image} or {.status.conditions[?(@.type=="Ready")].status}]
    `)
    expect(() => waitFor(trace, 'pod/wep', 'condition=Ready')).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: pods "wep" not found at 0s
        hint: there are web-6848478787-6vpxk, web-6848478787-86gpw]
    `)
  })
})
