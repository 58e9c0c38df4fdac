import { describe, expect, test } from 'vitest'
import { answersToPods, answersToValues, answerToPod, type Json } from './answers.js'

/** The answers to lists of one element. */
const eachIn = (field: string, values: readonly unknown[]): string =>
  answersToValues(
    field,
    values.map(value => [value]),
  )

describe('a pod', () => {
  test('has metadata as every object has', () => {
    const metadata = [
      { name: '' },
      { name: '', generateName: 'a_b' },
      { name: '', generateName: 'web-' },
      { namespace: 'A' },
      { namespace: '' },
      { labels: { '-a': 'b' } },
      { labels: { 'a/b/c': 'b' } },
      { labels: { a: '-b' } },
      { annotations: { 'A B': '' } },
      { annotations: { a: 'x'.repeat(262_144) } },
      { finalizers: ['keep'] },
      { finalizers: ['a b'] },
      { finalizers: ['foregroundDeletion', 'orphan'] },
      { ownerReferences: [{ apiVersion: 'v1', kind: 'Event', name: 'e', uid: 'u' }] },
      { ownerReferences: [{ apiVersion: '', kind: '', name: '', uid: '' }] },
      { generation: -1 },
      { annotations: { 'container.apparmor.security.beta.kubernetes.io/b': 'runtime/default' } },
      { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'strict' } },
      { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'x' } },
    ]
    const shown = (each: Json): string => JSON.stringify(each).replace(/x{9,}/, 'x…')
    expect(
      `\n${metadata.map(each => `${shown(each)}\n  ${answerToPod({}, each)}`).join('\n')}\n`,
    ).toMatchInlineSnapshot(`
      "
      {"name":""}
        metadata.name: Required value: name or generateName is required
      {"name":"","generateName":"a_b"}
        metadata.generateName: Invalid value: "a_b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"name":"","generateName":"web-"}
        valid
      {"namespace":"A"}
        metadata.namespace: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
      {"namespace":""}
        metadata.namespace: Required value
      {"labels":{"-a":"b"}}
        metadata.labels: Invalid value: "-a": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"labels":{"a/b/c":"b"}}
        metadata.labels: Invalid value: "a/b/c": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')
      {"labels":{"a":"-b"}}
        metadata.labels: Invalid value: "-b": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
      {"annotations":{"A B":""}}
        metadata.annotations: Invalid value: "A B": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"annotations":{"a":"x…"}}
        metadata.annotations: Too long: may not be more than 262144 bytes
      {"finalizers":["keep"]}
        metadata.finalizers[0]: Invalid value: "keep": name is neither a standard finalizer name nor is it fully qualified
      {"finalizers":["a b"]}
        [metadata.finalizers: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), metadata.finalizers[0]: Invalid value: "a b": name is neither a standard finalizer name nor is it fully qualified]
      {"finalizers":["foregroundDeletion","orphan"]}
        metadata.finalizers: Invalid value: []string{"foregroundDeletion", "orphan"}: finalizer orphan and foregroundDeletion cannot be both set
      {"ownerReferences":[{"apiVersion":"v1","kind":"Event","name":"e","uid":"u"}]}
        metadata.ownerReferences: Invalid value: v1.OwnerReference{APIVersion:"v1", Kind:"Event", Name:"e", UID:"u", Controller:(*bool)(nil), BlockOwnerDeletion:(*bool)(nil)}: /v1, Kind=Event is disallowed from being an owner
      {"ownerReferences":[{"apiVersion":"","kind":"","name":"","uid":""}]}
        [metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty, metadata.ownerReferences.kind: Invalid value: "": kind must not be empty, metadata.ownerReferences.name: Invalid value: "": name must not be empty, metadata.ownerReferences.uid: Invalid value: "": uid must not be empty]
      {"generation":-1}
        metadata.generation: Invalid value: -1: must be greater than or equal to 0
      {"annotations":{"container.apparmor.security.beta.kubernetes.io/b":"runtime/default"}}
        metadata.annotations[container.apparmor.security.beta.kubernetes.io/b]: Invalid value: "b": container not found
      {"annotations":{"container.apparmor.security.beta.kubernetes.io/a":"strict"}}
        metadata.annotations[container.apparmor.security.beta.kubernetes.io/a]: Invalid value: "strict": invalid AppArmor profile name: "strict"
      {"annotations":{"seccomp.security.alpha.kubernetes.io/pod":"x"}}
        metadata.annotations.seccomp.security.alpha.kubernetes.io/pod: Invalid value: "x": must be a valid seccomp profile
      "
    `)
  })

  test('has owners of which one is the controller', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a', uid: 'u', controller: true }
    expect(answerToPod({}, { ownerReferences: [owner, { ...owner, name: 'b' }] })).toMatchInlineSnapshot(
      `"metadata.ownerReferences: Invalid value: []v1.OwnerReference{v1.OwnerReference{APIVersion:"apps/v1", Kind:"ReplicaSet", Name:"a", UID:"u", Controller:(*bool)(0xc000000000), BlockOwnerDeletion:(*bool)(nil)}, v1.OwnerReference{APIVersion:"apps/v1", Kind:"ReplicaSet", Name:"b", UID:"u", Controller:(*bool)(0xc000000000), BlockOwnerDeletion:(*bool)(nil)}}: Only one reference can have Controller set to true. Found "true" in references for ReplicaSet/a and ReplicaSet/b"`,
    )
  })

  test('has plain values within bounds', () => {
    expect(
      answersToPods([
        { activeDeadlineSeconds: 0 },
        { activeDeadlineSeconds: 2147483648 },
        { subdomain: 'a.b' },
        { hostname: 'x'.repeat(64) },
        { nodeName: 'A' },
        { nodeSelector: { 'a b': 'c' } },
        { nodeSelector: { a: 'b c' } },
        { schedulerName: '' },
        { schedulerName: 'a_b' },
        { priorityClassName: 'A' },
        { preemptionPolicy: 'Maybe' },
        { runtimeClassName: 'A' },
        { overhead: { cpu: '-1' } },
        { overhead: { foo: '1' } },
        { imagePullSecrets: [{}] },
        { shareProcessNamespace: true, hostPID: true },
        { hostUsers: false, hostNetwork: true },
        { setHostnameAsFQDN: true },
        { containers: [] },
        { initContainers: [] },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"activeDeadlineSeconds":0}
        spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive
      {"activeDeadlineSeconds":2147483648}
        spec.activeDeadlineSeconds: Invalid value: 2147483648: must be between 1 and 2147483647, inclusive
      {"subdomain":"a.b"}
        spec.subdomain: Invalid value: "a.b": must not contain dots
      {"hostname":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}
        spec.hostname: Invalid value: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": must be no more than 63 characters
      {"nodeName":"A"}
        spec.nodeName: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"nodeSelector":{"a b":"c"}}
        spec.nodeSelector: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"nodeSelector":{"a":"b c"}}
        spec.nodeSelector: Invalid value: "b c": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
      {"schedulerName":""}
        valid
      {"schedulerName":"a_b"}
        valid
      {"priorityClassName":"A"}
        spec.priorityClassName: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"preemptionPolicy":"Maybe"}
        spec.preemptionPolicy: Unsupported value: "Maybe": supported values: "PreemptLowerPriority", "Never"
      {"runtimeClassName":"A"}
        spec.runtimeClassName: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"overhead":{"cpu":"-1"}}
        spec.overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0
      {"overhead":{"foo":"1"}}
        [spec.overhead.limits[foo]: Invalid value: foo: must be a standard resource type or fully qualified, spec.overhead.limits[foo]: Invalid value: foo: must be a standard resource for containers]
      {"imagePullSecrets":[{}]}
        valid
      {"shareProcessNamespace":true,"hostPID":true}
        spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled
      {"hostUsers":false,"hostNetwork":true}
        spec.hostNetwork: Forbidden: when \`pod.Spec.HostUsers\` is false
      {"setHostnameAsFQDN":true}
        valid
      {"containers":[]}
        spec.containers: Required value
      {"initContainers":[]}
        valid
      "
    `)
  })

  test('has gates with names', () => {
    expect(eachIn('readinessGates', [{ conditionType: 'a b' }, { conditionType: '' }])).toMatchInlineSnapshot(`
      "
      {"readinessGates":[{"conditionType":"a b"}]}
        spec.readinessGates[0].conditionType: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"readinessGates":[{"conditionType":""}]}
        [spec.readinessGates[0].conditionType: Invalid value: "": name part must be non-empty, spec.readinessGates[0].conditionType: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]
      "
    `)
    expect(answerToPod({ schedulingGates: [{ name: 'a' }, { name: 'a' }] })).toMatchInlineSnapshot(
      `"spec.schedulingGates[1]: Duplicate value: "a""`,
    )
    expect(answerToPod({ schedulingGates: [{ name: '' }] })).toMatchInlineSnapshot(
      `"[spec.schedulingGates[0]: Invalid value: "": name part must be non-empty, spec.schedulingGates[0]: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]"`,
    )
  })
})
