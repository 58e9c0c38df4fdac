import { describe, expect, test } from 'vitest'
import { goQuote } from '../../src/api/index.js'
import type { Kind } from '../../src/model/index.js'
import { answerTo, type Json } from './answers.js'

const labels = { app: 'web' }
const podSpec = { containers: [{ name: 'a', image: 'app:1' }] }
const template = { metadata: { labels }, spec: podSpec }
const selector = { matchLabels: labels }

/** Answers of a kind to specs, each in place of some fields of a good one. */
const answers = (kind: Kind, good: Json, changes: readonly Json[]): string => {
  const answer = (change: Json): string => {
    const metadata = { name: 'w', namespace: 'default' }
    return answerTo(kind, { metadata, ...(good.data === undefined ? { spec: { ...good, ...change } } : change) })
  }
  return `\n${changes.map(change => `${JSON.stringify(change)}\n  ${answer(change)}`).join('\n')}\n`
}

const ON_FAILURE = { restartPolicy: 'OnFailure', ...podSpec }
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
    expect(answers('Deployment', good, [...changes, ...BAD_TEMPLATES])).toMatchInlineSnapshot(`
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
    expect(answers('ReplicaSet', { selector, template }, changes)).toMatchInlineSnapshot(`
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
    expect(answers('ReplicationController', { selector: labels, template }, controllers)).toMatchInlineSnapshot(`
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
    expect(answers('StatefulSet', { selector, template, serviceName: 's' }, changes)).toMatchInlineSnapshot(`
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
    expect(answers('DaemonSet', { selector, template }, changes)).toMatchInlineSnapshot(`
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

describe('workloads that end', () => {
  test('a Job', () => {
    const rule = { action: 'FailJob', onExitCodes: { operator: 'In', values: [1] } }
    const changes = [
      {},
      { template: { spec: podSpec } },
      { template: { spec: { ...ON_FAILURE, containers: [] } } },
      { parallelism: -1, completions: -1, backoffLimit: -1, activeDeadlineSeconds: -1, ttlSecondsAfterFinished: -1 },
      { completionMode: 'Indexed' },
      { completionMode: 'Indexed', completions: 200_000, parallelism: 200_000 },
      { completionMode: 'Random' },
      { selector: { matchLabels: { a: 'b' } } },
      { manualSelector: true },
      { template: { metadata: { labels: { 'job-name': 'other' } }, spec: ON_FAILURE } },
      { backoffLimitPerIndex: 1 },
      { completionMode: 'Indexed', completions: 2, maxFailedIndexes: 1 },
      { podReplacementPolicy: 'Later' },
      { managedBy: 'nobody' },
      { podFailurePolicy: { rules: [rule] } },
      {
        podFailurePolicy: { rules: [{ ...rule, action: 'Cry' }] },
        template: { spec: { ...ON_FAILURE, restartPolicy: 'Never' } },
      },
      {
        podFailurePolicy: { rules: [{ action: 'Count' }] },
        template: { spec: { ...ON_FAILURE, restartPolicy: 'Never' } },
      },
      { successPolicy: { rules: [{ succeededCount: 1 }] } },
      { completionMode: 'Indexed', completions: 3, successPolicy: { rules: [{ succeededIndexes: '2-1' }, {}] } },
    ]
    expect(answers('Job', { template: { spec: ON_FAILURE } }, changes)).toMatchInlineSnapshot(`
      "
      {}
        valid
      {"template":{"spec":{"containers":[{"name":"a","image":"app:1"}]}}}
        Job.batch "w" is invalid: spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"
      {"template":{"spec":{"restartPolicy":"OnFailure","containers":[]}}}
        Job.batch "w" is invalid: spec.template.spec.containers: Required value
      {"parallelism":-1,"completions":-1,"backoffLimit":-1,"activeDeadlineSeconds":-1,"ttlSecondsAfterFinished":-1}
        Job.batch "w" is invalid: [spec.parallelism: Invalid value: -1: must be greater than or equal to 0, spec.completions: Invalid value: -1: must be greater than or equal to 0, spec.activeDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0, spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0, spec.ttlSecondsAfterFinished: Invalid value: -1: must be greater than or equal to 0]
      {"completionMode":"Indexed"}
        valid
      {"completionMode":"Indexed","completions":200000,"parallelism":200000}
        Job.batch "w" is invalid: spec.parallelism: Invalid value: 200000: must be less than or equal to 100000 when completion mode is Indexed
      {"completionMode":"Random"}
        Job.batch "w" is invalid: spec.completionMode: Unsupported value: "Random": supported values: "NonIndexed", "Indexed"
      {"selector":{"matchLabels":{"a":"b"}}}
        Job.batch "w" is invalid: [spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"a":"b", "batch.kubernetes.io/controller-uid":"00000000-0000-0000-0000-000000000000"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: \`selector\` not auto-generated, spec.template.metadata.labels: Invalid value: map[string]string{"batch.kubernetes.io/controller-uid":"00000000-0000-0000-0000-000000000000", "batch.kubernetes.io/job-name":"w", "controller-uid":"00000000-0000-0000-0000-000000000000", "job-name":"w"}: \`selector\` does not match template \`labels\`]
      {"manualSelector":true}
        Job.batch "w" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: map[string]string(nil): \`selector\` does not match template \`labels\`]
      {"template":{"metadata":{"labels":{"job-name":"other"}},"spec":{"restartPolicy":"OnFailure","containers":[{"name":"a","image":"app:1"}]}}}
        Job.batch "w" is invalid: spec.template.metadata.labels[job-name]: Invalid value: map[string]string{"batch.kubernetes.io/controller-uid":"00000000-0000-0000-0000-000000000000", "batch.kubernetes.io/job-name":"w", "controller-uid":"00000000-0000-0000-0000-000000000000", "job-name":"other"}: must be 'w'
      {"backoffLimitPerIndex":1}
        Job.batch "w" is invalid: spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode
      {"completionMode":"Indexed","completions":2,"maxFailedIndexes":1}
        Job.batch "w" is invalid: spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified
      {"podReplacementPolicy":"Later"}
        Job.batch "w" is invalid: spec.podReplacementPolicy: Unsupported value: "Later": supported values: "Failed", "TerminatingOrFailed"
      {"managedBy":"nobody"}
        Job.batch "w" is invalid: spec.managedBy: Invalid value: "nobody": must be a domain-prefixed path (such as "acme.io/foo")
      {"podFailurePolicy":{"rules":[{"action":"FailJob","onExitCodes":{"operator":"In","values":[1]}}]}}
        Job.batch "w" is invalid: spec.template.spec.restartPolicy: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified
      {"podFailurePolicy":{"rules":[{"action":"Cry","onExitCodes":{"operator":"In","values":[1]}}]},"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"app:1"}]}}}
        Job.batch "w" is invalid: spec.podFailurePolicy.rules[0].action: Unsupported value: "Cry": supported values: "Count", "FailIndex", "FailJob", "Ignore"
      {"podFailurePolicy":{"rules":[{"action":"Count"}]},"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"app:1"}]}}}
        Job.batch "w" is invalid: spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required
      {"successPolicy":{"rules":[{"succeededCount":1}]}}
        Job.batch "w" is invalid: spec.successPolicy: Invalid value: batch.SuccessPolicy{}: requires indexed completion mode
      {"completionMode":"Indexed","completions":3,"successPolicy":{"rules":[{"succeededIndexes":"2-1"},{}]}}
        Job.batch "w" is invalid: [spec.successPolicy.rules[0].succeededIndexes: Invalid value: "2-1": error parsing succeededIndexes: non-increasing order, previous: 2, current: 1, spec.successPolicy.rules[1]: Required value: at least one of succeededCount or succeededIndexes must be specified]
      "
    `)
  })

  test('a CronJob', () => {
    const jobTemplate = { spec: { template: { spec: ON_FAILURE } } }
    const changes = [
      {},
      { schedule: '' },
      { schedule: '* * * *' },
      { schedule: '60 * * * *' },
      { schedule: '* * * foo *' },
      { schedule: '@fortnightly' },
      { schedule: '@every 5' },
      { schedule: '@every 1h5x' },
      { schedule: '@every 1h30m' },
      { schedule: 'TZ=UTC * * * * *' },
      { schedule: '*/5 0-23/2 1,15 JAN-DEC mon' },
      { timeZone: '' },
      { timeZone: 'Local' },
      { concurrencyPolicy: 'Maybe' },
      { startingDeadlineSeconds: -1, successfulJobsHistoryLimit: -1, failedJobsHistoryLimit: -1 },
      { jobTemplate: { spec: { template: { spec: podSpec } } } },
      { jobTemplate: { spec: { selector, manualSelector: true, template: { spec: ON_FAILURE } } } },
    ]
    expect(answers('CronJob', { schedule: '* * * * *', jobTemplate }, changes)).toMatchInlineSnapshot(`
      "
      {}
        valid
      {"schedule":""}
        CronJob.batch "w" is invalid: spec.schedule: Required value
      {"schedule":"* * * *"}
        CronJob.batch "w" is invalid: spec.schedule: Invalid value: "* * * *": expected exactly 5 fields, found 4: [* * * *]
      {"schedule":"60 * * * *"}
        CronJob.batch "w" is invalid: spec.schedule: Invalid value: "60 * * * *": end of range (60) above maximum (59): 60
      {"schedule":"* * * foo *"}
        CronJob.batch "w" is invalid: spec.schedule: Invalid value: "* * * foo *": failed to parse int from foo: strconv.Atoi: parsing "foo": invalid syntax
      {"schedule":"@fortnightly"}
        CronJob.batch "w" is invalid: spec.schedule: Invalid value: "@fortnightly": unrecognized descriptor: @fortnightly
      {"schedule":"@every 5"}
        CronJob.batch "w" is invalid: spec.schedule: Invalid value: "@every 5": failed to parse duration @every 5: time: missing unit in duration "5"
      {"schedule":"@every 1h5x"}
        CronJob.batch "w" is invalid: spec.schedule: Invalid value: "@every 1h5x": failed to parse duration @every 1h5x: time: unknown unit "x" in duration "1h5x"
      {"schedule":"@every 1h30m"}
        valid
      {"schedule":"TZ=UTC * * * * *"}
        CronJob.batch "w" is invalid: spec.schedule: Invalid value: "TZ=UTC * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead
      {"schedule":"*/5 0-23/2 1,15 JAN-DEC mon"}
        valid
      {"timeZone":""}
        CronJob.batch "w" is invalid: spec.timeZone: Invalid value: "": timeZone must be nil or non-empty string
      {"timeZone":"Local"}
        CronJob.batch "w" is invalid: spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones
      {"concurrencyPolicy":"Maybe"}
        CronJob.batch "w" is invalid: spec.concurrencyPolicy: Unsupported value: "Maybe": supported values: "Allow", "Forbid", "Replace"
      {"startingDeadlineSeconds":-1,"successfulJobsHistoryLimit":-1,"failedJobsHistoryLimit":-1}
        CronJob.batch "w" is invalid: [spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0, spec.successfulJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0, spec.failedJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0]
      {"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"a","image":"app:1"}]}}}}}
        CronJob.batch "w" is invalid: spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"
      {"jobTemplate":{"spec":{"selector":{"matchLabels":{"app":"web"}},"manualSelector":true,"template":{"spec":{"restartPolicy":"OnFailure","containers":[{"name":"a","image":"app:1"}]}}}}}
        CronJob.batch "w" is invalid: [spec.jobTemplate.spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"web"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: \`selector\` will be auto-generated, spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"]
      "
    `)
    const name = 'x'.repeat(53)
    expect(
      answerTo('CronJob', { metadata: { name, namespace: 'default' }, spec: { schedule: '@daily', jobTemplate } }),
    ).toMatchInlineSnapshot(
      `"CronJob.batch "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" is invalid: metadata.name: Invalid value: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": must be no more than 52 characters"`,
    )
  })
})

describe('other objects', () => {
  test('a Service', () => {
    const ports = [{ port: 80 }]
    const changes = [
      {},
      { ports: [] },
      { ports: [{ port: 0 }] },
      { ports: [{ port: 80 }, { port: 81 }] },
      {
        ports: [
          { port: 80, name: 'a' },
          { port: 80, name: 'b' },
        ],
      },
      { ports: [{ port: 80, name: 'A_B', protocol: 'HTTP', targetPort: 'x_y' }] },
      { ports: [{ port: 80, nodePort: 30000 }] },
      { type: 'LoadBalanced' },
      { type: 'ExternalName' },
      { type: 'ExternalName', externalName: 'a_b', ports: [] },
      { type: 'ExternalName', externalName: 'example.com', clusterIP: '10.0.0.1' },
      { clusterIP: 'x' },
      { clusterIP: 'None', ports: [] },
      { sessionAffinity: 'Cookie' },
      { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } } },
      { externalIPs: ['127.0.0.1', 'x'] },
      { selector: { a: 'b c' } },
      { externalTrafficPolicy: 'Local' },
      { type: 'NodePort', externalTrafficPolicy: 'X' },
      { internalTrafficPolicy: 'X' },
      { loadBalancerSourceRanges: ['x'] },
      { ipFamilies: ['IPv5'], ipFamilyPolicy: 'Y' },
    ]
    expect(answers('Service', { ports }, changes)).toMatchInlineSnapshot(`
      "
      {}
        valid
      {"ports":[]}
        Service "w" is invalid: spec.ports: Required value
      {"ports":[{"port":0}]}
        Service "w" is invalid: [spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive]
      {"ports":[{"port":80},{"port":81}]}
        Service "w" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]
      {"ports":[{"port":80,"name":"a"},{"port":80,"name":"b"}]}
        Service "w" is invalid: spec.ports[1]: Duplicate value: core.ServicePort{Name:"", Protocol:"TCP", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}
      {"ports":[{"port":80,"name":"A_B","protocol":"HTTP","targetPort":"x_y"}]}
        Service "w" is invalid: [spec.ports[0].name: Invalid value: "A_B": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP", spec.ports[0].targetPort: Invalid value: "x_y": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)]
      {"ports":[{"port":80,"nodePort":30000}]}
        Service "w" is invalid: spec.ports[0].nodePort: Forbidden: may not be used when \`type\` is 'ClusterIP'
      {"type":"LoadBalanced"}
        Service "w" is invalid: spec.type: Unsupported value: "LoadBalanced": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"
      {"type":"ExternalName"}
        Service "w" is invalid: spec.externalName: Required value
      {"type":"ExternalName","externalName":"a_b","ports":[]}
        Service "w" is invalid: spec.externalName: Invalid value: "a_b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"type":"ExternalName","externalName":"example.com","clusterIP":"10.0.0.1"}
        Service "w" is invalid: spec.clusterIPs: Forbidden: may not be set for ExternalName services
      {"clusterIP":"x"}
        Service "w" is invalid: spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
      {"clusterIP":"None","ports":[]}
        valid
      {"sessionAffinity":"Cookie"}
        Service "w" is invalid: spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"
      {"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":0}}}
        Service "w" is invalid: spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400
      {"externalIPs":["127.0.0.1","x"]}
        Service "w" is invalid: [spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128), spec.externalIPs[1]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)]
      {"selector":{"a":"b c"}}
        Service "w" is invalid: spec.selector: Invalid value: "b c": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
      {"externalTrafficPolicy":"Local"}
        Service "w" is invalid: spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services
      {"type":"NodePort","externalTrafficPolicy":"X"}
        Service "w" is invalid: spec.externalTrafficPolicy: Unsupported value: "X": supported values: "Cluster", "Local"
      {"internalTrafficPolicy":"X"}
        Service "w" is invalid: spec.internalTrafficPolicy: Unsupported value: "X": supported values: "Cluster", "Local"
      {"loadBalancerSourceRanges":["x"]}
        Service "w" is invalid: [spec.LoadBalancerSourceRanges: Forbidden: may only be used when \`type\` is 'LoadBalancer', spec.LoadBalancerSourceRanges[0]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)]
      {"ipFamilies":["IPv5"],"ipFamilyPolicy":"Y"}
        Service "w" is invalid: [spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6", spec.ipFamilyPolicy: Unsupported value: "Y": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"]
      "
    `)
    expect(
      answerTo('Service', { metadata: { name: '1a', namespace: 'default' }, spec: { ports } }),
    ).toMatchInlineSnapshot(
      `"Service "1a" is invalid: metadata.name: Invalid value: "1a": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"`,
    )
  })

  test('a ConfigMap and a Secret', () => {
    const good = { data: true }
    const configMaps = [
      { data: { 'a b': '' } },
      { data: { '..': '' } },
      { data: { a: '' }, binaryData: { a: '' } },
      { data: { a: 'x'.repeat(100) }, immutable: true },
    ]
    expect(answers('ConfigMap', good, configMaps)).toMatchInlineSnapshot(`
      "
      {"data":{"a b":""}}
        ConfigMap "w" is invalid: data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
      {"data":{"..":""}}
        ConfigMap "w" is invalid: data[..]: Invalid value: "..": must not be '..'
      {"data":{"a":""},"binaryData":{"a":""}}
        ConfigMap "w" is invalid: data[a]: Invalid value: "a": duplicate of key present in binaryData
      {"data":{"a":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},"immutable":true}
        valid
      "
    `)
    const secrets = [
      { data: { 'a/b': 'eA==' } },
      { type: 'kubernetes.io/service-account-token' },
      { type: 'kubernetes.io/dockercfg' },
      { type: 'kubernetes.io/dockerconfigjson' },
      { type: 'kubernetes.io/basic-auth', stringData: { token: 'x' } },
      { type: 'kubernetes.io/ssh-auth' },
      { type: 'kubernetes.io/tls', stringData: { 'tls.crt': '' } },
    ]
    expect(answers('Secret', good, secrets)).toMatchInlineSnapshot(`
      "
      {"data":{"a/b":"eA=="}}
        Secret "w" is invalid: data[a/b]: Invalid value: "a/b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
      {"type":"kubernetes.io/service-account-token"}
        Secret "w" is invalid: metadata.annotations[kubernetes.io/service-account.name]: Required value
      {"type":"kubernetes.io/dockercfg"}
        Secret "w" is invalid: data[.dockercfg]: Required value
      {"type":"kubernetes.io/dockerconfigjson"}
        Secret "w" is invalid: data[.dockerconfigjson]: Required value
      {"type":"kubernetes.io/basic-auth","stringData":{"token":"x"}}
        Secret "w" is invalid: [data[username]: Required value, data[password]: Required value]
      {"type":"kubernetes.io/ssh-auth"}
        Secret "w" is invalid: data[ssh-privatekey]: Required value
      {"type":"kubernetes.io/tls","stringData":{"tls.crt":""}}
        Secret "w" is invalid: data[tls.key]: Required value
      "
    `)
    const big = answerTo('ConfigMap', {
      metadata: { name: 'c', namespace: 'default' },
      data: { a: 'x'.repeat(1048577) },
    })
    expect(big).toMatchInlineSnapshot(`"ConfigMap "c" is invalid: : Too long: may not be more than 1048576 bytes"`)
  })

  test('a PriorityClass, a Namespace, a Node and a PodDisruptionBudget', () => {
    const named = (name: string, rest: Json = {}): Json => ({ metadata: { name }, ...rest })
    expect([
      answerTo('PriorityClass', named('system-mine', { value: 1 })),
      answerTo('PriorityClass', named('high', { value: 1_000_000_001 })),
      answerTo('PriorityClass', named('high', { value: 1, preemptionPolicy: 'X' })),
      answerTo('Namespace', named('a.b')),
      answerTo(
        'Node',
        named('n', {
          spec: {
            taints: [
              { key: 'a', effect: 'X' },
              { key: 'a b', effect: 'NoSchedule' },
            ],
          },
        }),
      ),
      answerTo('PodDisruptionBudget', {
        metadata: { name: 'b', namespace: 'default' },
        spec: { minAvailable: 1, maxUnavailable: 'x%', selector: { matchLabels: { 'a b': 'c' } } },
      }),
    ]).toMatchInlineSnapshot(`
      [
        "PriorityClass.scheduling.k8s.io "system-mine" is invalid: metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class",
        "PriorityClass.scheduling.k8s.io "high" is invalid: value: Forbidden: maximum allowed value of a user defined priority is 1000000000",
        "PriorityClass.scheduling.k8s.io "high" is invalid: preemptionPolicy: Unsupported value: "X": supported values: "PreemptLowerPriority", "Never"",
        "Namespace "a.b" is invalid: metadata.name: Invalid value: "a.b": must not contain dots",
        "Node "n" is invalid: [spec.taints[0].effect: Unsupported value: "X": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute", spec.taints[1].key: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]",
        "PodDisruptionBudget.policy "b" is invalid: [spec: Invalid value: policy.PodDisruptionBudgetSpec{}: minAvailable and maxUnavailable cannot be both set, spec.maxUnavailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"x%"}: a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%'), spec.selector.matchLabels: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]",
      ]
    `)
  })
})

test('text is quoted as Go quotes it', () => {
  expect(goQuote('a "b"\n\t\\ \u0000 \u007f é \u200b 😀')).toMatchInlineSnapshot(
    `""a \\"b\\"\\n\\t\\\\ \\x00 \\x7f é \\u200b 😀""`,
  )
})
