import { describe, expect, test } from 'vitest'
import { answersToSpecs } from './answers.js'

const labels = { app: 'web' }
const podSpec = { containers: [{ name: 'a', image: 'app:1' }] }
const template = { metadata: { labels }, spec: podSpec }
const selector = { matchLabels: labels }

const BAD_TEMPLATES = [
  { template: { metadata: { labels: { app: 'other' } }, spec: podSpec } },
  { template: { metadata: { labels }, spec: { containers: [{ name: 'A', image: '' }] } } },
  { template: { metadata: { labels }, spec: { ...podSpec, restartPolicy: 'Never' } } },
  { template: { metadata: { labels }, spec: { ...podSpec, activeDeadlineSeconds: 5 } } },
]

describe('workloads that keep pods', () => {
  test('a Deployment', () => {
    const good = { selector, template }
    const changes = [
      {},
      { selector: undefined },
      { selector: {} },
      { selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
      { replicas: -1, minReadySeconds: -1, revisionHistoryLimit: -1 },
      { minReadySeconds: 600 },
      { progressDeadlineSeconds: 5, minReadySeconds: 5 },
      { strategy: { type: 'Slow' } },
      { strategy: { type: 'Recreate', rollingUpdate: {} } },
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } },
      { strategy: { rollingUpdate: { maxSurge: 'few', maxUnavailable: '101%' } } },
      { strategy: { rollingUpdate: { maxSurge: -1 } } },
      { template: { spec: podSpec } },
    ]
    expect(answersToSpecs('Deployment', good, [...changes, ...BAD_TEMPLATES])).toMatchInlineSnapshot(`
      "
      {}
        valid
      {}
        Deployment.apps "w" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: \`selector\` does not match template \`labels\`]
      {"selector":{}}
        Deployment.apps "w" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for deployment
      {"selector":{"matchExpressions":[{"key":"a","operator":"In"}]}}
        Deployment.apps "w" is invalid: [spec.selector.matchExpressions[0].values: Required value: must be specified when \`operator\` is 'In' or 'NotIn', spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: \`selector\` does not match template \`labels\`]
      {"replicas":-1,"minReadySeconds":-1,"revisionHistoryLimit":-1}
        Deployment.apps "w" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0, spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0]
      {"minReadySeconds":600}
        Deployment.apps "w" is invalid: spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds
      {"progressDeadlineSeconds":5,"minReadySeconds":5}
        Deployment.apps "w" is invalid: spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds
      {"strategy":{"type":"Slow"}}
        Deployment.apps "w" is invalid: spec.strategy: Unsupported value: apps.DeploymentStrategy{Type:"Slow", RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}: supported values: "Recreate", "RollingUpdate"
      {"strategy":{"type":"Recreate","rollingUpdate":{}}}
        Deployment.apps "w" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy \`type\` is 'Recreate'
      {"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":"0%"}}}
        Deployment.apps "w" is invalid: spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"0%"}: may not be 0 when \`maxSurge\` is 0
      {"strategy":{"rollingUpdate":{"maxSurge":"few","maxUnavailable":"101%"}}}
        Deployment.apps "w" is invalid: [spec.strategy.rollingUpdate.maxSurge: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"few"}: a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%'), spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"101%"}: must not be greater than 100%]
      {"strategy":{"rollingUpdate":{"maxSurge":-1}}}
        Deployment.apps "w" is invalid: spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0
      {"template":{"spec":{"containers":[{"name":"a","image":"app:1"}]}}}
        Deployment.apps "w" is invalid: spec.template.metadata.labels: Invalid value: map[string]string(nil): \`selector\` does not match template \`labels\`
      {"template":{"metadata":{"labels":{"app":"other"}},"spec":{"containers":[{"name":"a","image":"app:1"}]}}}
        Deployment.apps "w" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{"app":"other"}: \`selector\` does not match template \`labels\`
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"A","image":""}]}}}
        Deployment.apps "w" is invalid: [spec.template.spec.containers[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.template.spec.containers[0].image: Required value]
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"a","image":"app:1"}],"restartPolicy":"Never"}}}
        Deployment.apps "w" is invalid: spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"a","image":"app:1"}],"activeDeadlineSeconds":5}}}
        Deployment.apps "w" is invalid: spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported
      "
    `)
  })

  test('a ReplicaSet and a ReplicationController', () => {
    const changes = [{}, { replicas: -1 }, { minReadySeconds: -1 }, { selector: undefined }, ...BAD_TEMPLATES]
    expect(answersToSpecs('ReplicaSet', { selector, template }, changes)).toMatchInlineSnapshot(`
      "
      {}
        valid
      {"replicas":-1}
        ReplicaSet.apps "w" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0
      {"minReadySeconds":-1}
        ReplicaSet.apps "w" is invalid: spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0
      {}
        ReplicaSet.apps "w" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: \`selector\` does not match template \`labels\`]
      {"template":{"metadata":{"labels":{"app":"other"}},"spec":{"containers":[{"name":"a","image":"app:1"}]}}}
        ReplicaSet.apps "w" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{"app":"other"}: \`selector\` does not match template \`labels\`
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"A","image":""}]}}}
        ReplicaSet.apps "w" is invalid: [spec.template.spec.containers[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.template.spec.containers[0].image: Required value]
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"a","image":"app:1"}],"restartPolicy":"Never"}}}
        ReplicaSet.apps "w" is invalid: spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"a","image":"app:1"}],"activeDeadlineSeconds":5}}}
        ReplicaSet.apps "w" is invalid: spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported
      "
    `)
    const controllers = [
      {},
      { selector: {} },
      { selector: { app: 'other' } },
      { template: undefined },
      { replicas: -1 },
    ]
    expect(answersToSpecs('ReplicationController', { selector: labels, template }, controllers)).toMatchInlineSnapshot(`
      "
      {}
        valid
      {"selector":{}}
        valid
      {"selector":{"app":"other"}}
        ReplicationController "w" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: \`selector\` does not match template \`labels\`
      {}
        ReplicationController "w" is invalid: spec.template: Required value
      {"replicas":-1}
        ReplicationController "w" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0
      "
    `)
  })

  test('a StatefulSet', () => {
    const changes = [
      {},
      { selector: undefined },
      { podManagementPolicy: 'Random' },
      { updateStrategy: { type: 'X' } },
      { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } },
      { updateStrategy: { rollingUpdate: { partition: -1, maxUnavailable: 0 } } },
      { ordinals: { start: -1 } },
      { replicas: -1, minReadySeconds: -1, revisionHistoryLimit: -1 },
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'X', whenScaled: 'Delete' } },
      { serviceName: 'A_B' },
      ...BAD_TEMPLATES.filter(({ template: { spec } }) => !('activeDeadlineSeconds' in spec)),
    ]
    expect(answersToSpecs('StatefulSet', { selector, template, serviceName: 's' }, changes)).toMatchInlineSnapshot(`
      "
      {}
        valid
      {}
        StatefulSet.apps "w" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: \`selector\` does not match template \`labels\`]
      {"podManagementPolicy":"Random"}
        StatefulSet.apps "w" is invalid: spec.podManagementPolicy: Invalid value: "Random": must be 'OrderedReady' or 'Parallel'
      {"updateStrategy":{"type":"X"}}
        StatefulSet.apps "w" is invalid: spec.updateStrategy: Invalid value: apps.StatefulSetUpdateStrategy{Type:"X", RollingUpdate:(*apps.RollingUpdateStatefulSetStrategy)(nil)}: must be 'RollingUpdate' or 'OnDelete'
      {"updateStrategy":{"type":"OnDelete","rollingUpdate":{"partition":1}}}
        StatefulSet.apps "w" is invalid: spec.updateStrategy.rollingUpdate: Invalid value: apps.RollingUpdateStatefulSetStrategy{Partition:1, MaxUnavailable:(*intstr.IntOrString)(nil)}: only allowed for updateStrategy 'RollingUpdate'
      {"updateStrategy":{"rollingUpdate":{"partition":-1,"maxUnavailable":0}}}
        StatefulSet.apps "w" is invalid: [spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0, spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:""}: cannot be 0]
      {"ordinals":{"start":-1}}
        StatefulSet.apps "w" is invalid: spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0
      {"replicas":-1,"minReadySeconds":-1,"revisionHistoryLimit":-1}
        StatefulSet.apps "w" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0]
      {"persistentVolumeClaimRetentionPolicy":{"whenDeleted":"X","whenScaled":"Delete"}}
        StatefulSet.apps "w" is invalid: spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "X": supported values: "Retain", "Delete"
      {"serviceName":"A_B"}
        valid
      {"template":{"metadata":{"labels":{"app":"other"}},"spec":{"containers":[{"name":"a","image":"app:1"}]}}}
        StatefulSet.apps "w" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{"app":"other"}: \`selector\` does not match template \`labels\`
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"A","image":""}]}}}
        valid
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"a","image":"app:1"}],"restartPolicy":"Never"}}}
        StatefulSet.apps "w" is invalid: spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
      "
    `)
  })

  test('a DaemonSet', () => {
    const changes = [
      {},
      { selector: undefined },
      { minReadySeconds: -1, revisionHistoryLimit: -1 },
      { updateStrategy: { type: 'X' } },
      { updateStrategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 0 } } },
      { updateStrategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 1 } } },
      ...BAD_TEMPLATES,
    ]
    expect(answersToSpecs('DaemonSet', { selector, template }, changes)).toMatchInlineSnapshot(`
      "
      {}
        valid
      {}
        DaemonSet.apps "w" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: \`selector\` does not match template \`labels\`
      {"minReadySeconds":-1,"revisionHistoryLimit":-1}
        DaemonSet.apps "w" is invalid: [spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0, spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0]
      {"updateStrategy":{"type":"X"}}
        DaemonSet.apps "w" is invalid: spec.updateStrategy: Unsupported value: apps.DaemonSetUpdateStrategy{Type:"X", RollingUpdate:(*apps.RollingUpdateDaemonSet)(nil)}: supported values: "RollingUpdate", "OnDelete"
      {"updateStrategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":0}}}
        DaemonSet.apps "w" is invalid: spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0
      {"updateStrategy":{"rollingUpdate":{"maxUnavailable":1,"maxSurge":1}}}
        DaemonSet.apps "w" is invalid: spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: intstr.IntOrString{Type:0, IntVal:1, StrVal:""}: may not be set when maxUnavailable is non-zero
      {"template":{"metadata":{"labels":{"app":"other"}},"spec":{"containers":[{"name":"a","image":"app:1"}]}}}
        DaemonSet.apps "w" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{"app":"other"}: \`selector\` does not match template \`labels\`
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"A","image":""}]}}}
        DaemonSet.apps "w" is invalid: [spec.template.spec.containers[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.template.spec.containers[0].image: Required value]
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"a","image":"app:1"}],"restartPolicy":"Never"}}}
        DaemonSet.apps "w" is invalid: spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
      {"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"a","image":"app:1"}],"activeDeadlineSeconds":5}}}
        DaemonSet.apps "w" is invalid: spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in DaemonSet is not Supported
      "
    `)
  })
})
