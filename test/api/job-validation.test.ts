import { describe, expect, test } from 'vitest'
import { answersToSpecs, answerTo } from './answers.js'

const podSpec = { containers: [{ name: 'a', image: 'app:1' }] }
const selector = { matchLabels: { app: 'web' } }
const ON_FAILURE = { restartPolicy: 'OnFailure', ...podSpec }

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
    expect(answersToSpecs('Job', { template: { spec: ON_FAILURE } }, changes)).toMatchInlineSnapshot(`
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
    expect(answersToSpecs('CronJob', { schedule: '* * * * *', jobTemplate }, changes)).toMatchInlineSnapshot(`
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
