import { describe, expect, test } from 'vitest'
import { answersToPods, answersToValues, answerToPod } from './answers.js'

describe('a pod', () => {
  test('resolves names as can be', () => {
    expect(
      answersToValues('dnsConfig', [
        { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4'] },
        { nameservers: ['dns.local'] },
        { searches: ['a_b', '-x'] },
        { options: [{}] },
        { searches: Array.from({ length: 33 }, (_, i) => `s${i}`) },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"dnsConfig":{"nameservers":["1.1.1.1","2.2.2.2","3.3.3.3","4.4.4.4"]}}
        spec.dnsConfig.nameservers: Invalid value: []string{"1.1.1.1", "2.2.2.2", "3.3.3.3", "4.4.4.4"}: must not have more than 3 nameservers
      {"dnsConfig":{"nameservers":["dns.local"]}}
        spec.dnsConfig.nameservers[0]: Invalid value: "dns.local": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
      {"dnsConfig":{"searches":["a_b","-x"]}}
        [spec.dnsConfig.searches[0]: Invalid value: "a_b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), spec.dnsConfig.searches[1]: Invalid value: "-x": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]
      {"dnsConfig":{"options":[{}]}}
        spec.dnsConfig.options[0]: Required value: must not be empty
      {"dnsConfig":{"searches":["s0","s1","s2","s3","s4","s5","s6","s7","s8","s9","s10","s11","s12","s13","s14","s15","s16","s17","s18","s19","s20","s21","s22","s23","s24","s25","s26","s27","s28","s29","s30","s31","s32"]}}
        spec.dnsConfig.searches: Invalid value: []string{"s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31", "s32"}: must not have more than 32 search paths
      "
    `)
    expect(answerToPod({ dnsPolicy: 'None', dnsConfig: {} })).toMatchInlineSnapshot(
      `"spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when \`dnsPolicy\` is None"`,
    )
    expect(answerToPod({ hostAliases: [{ ip: 'x', hostnames: ['A'] }, { hostnames: ['a'] }] })).toMatchInlineSnapshot(
      `"[spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff), spec.hostAliases[0].hostnames[0]: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), spec.hostAliases[1].ip: Invalid value: "": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)]"`,
    )
  })

  test('has a security context without contradictions', () => {
    expect(
      answersToValues('securityContext', [
        { runAsUser: 2147483648 },
        { runAsGroup: -1, fsGroup: -1, supplementalGroups: [1, -1] },
        { fsGroupChangePolicy: 'Sometimes' },
        { supplementalGroupsPolicy: 'Loose' },
        { seLinuxChangePolicy: 'X' },
        {
          sysctls: [
            { name: 'Kernel.X', value: '1' },
            { name: '', value: '1' },
          ],
        },
        {
          sysctls: [
            { name: 'kernel.sem', value: '1' },
            { name: 'kernel/sem', value: '1' },
          ],
        },
        { seccompProfile: { type: 'X' } },
        { appArmorProfile: { type: 'Localhost' } },
        { windowsOptions: { gmsaCredentialSpecName: 'A B' } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"securityContext":{"runAsUser":2147483648}}
        spec.securityContext.runAsUser: Invalid value: 2147483648: must be between 0 and 2147483647, inclusive
      {"securityContext":{"runAsGroup":-1,"fsGroup":-1,"supplementalGroups":[1,-1]}}
        [spec.securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive, spec.securityContext.runAsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive, spec.securityContext.supplementalGroups[1]: Invalid value: -1: must be between 0 and 2147483647, inclusive]
      {"securityContext":{"fsGroupChangePolicy":"Sometimes"}}
        spec.securityContext.fsGroupChangePolicy: Unsupported value: "Sometimes": supported values: "Always", "OnRootMismatch"
      {"securityContext":{"supplementalGroupsPolicy":"Loose"}}
        spec.securityContext.supplementalGroupsPolicy: Unsupported value: "Loose": supported values: "Merge", "Strict"
      {"securityContext":{"seLinuxChangePolicy":"X"}}
        spec.securityContext.seLinuxChangePolicy: Unsupported value: "X": supported values: "Recursive"
      {"securityContext":{"sysctls":[{"name":"Kernel.X","value":"1"},{"name":"","value":"1"}]}}
        [spec.securityContext.sysctls[0].name: Invalid value: "Kernel.X": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$, spec.securityContext.sysctls[1].name: Required value]
      {"securityContext":{"sysctls":[{"name":"kernel.sem","value":"1"},{"name":"kernel/sem","value":"1"}]}}
        valid
      {"securityContext":{"seccompProfile":{"type":"X"}}}
        spec.securityContext.seccompProfile.type: Unsupported value: "X": supported values: "Localhost", "RuntimeDefault", "Unconfined"
      {"securityContext":{"appArmorProfile":{"type":"Localhost"}}}
        spec.securityContext.appArmorProfile.localhostProfile: Required value: must be set when AppArmor type is Localhost
      {"securityContext":{"windowsOptions":{"gmsaCredentialSpecName":"A B"}}}
        spec.securityContext.windowsOptions.gmsaCredentialSpecName: Invalid value: "A B": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      "
    `)
    const sysctls = [{ name: 'net.ipv4.tcp_syncookies', value: '1' }]
    expect(answerToPod({ hostNetwork: true, securityContext: { sysctls } })).toMatchInlineSnapshot(
      `"spec.securityContext.sysctls[0].name: Invalid value: "net.ipv4.tcp_syncookies": may not be specified when 'hostNetwork' is true"`,
    )
  })

  test('for an operating system has no fields of the other', () => {
    expect(
      answersToPods([
        { os: {} },
        { os: { name: 'linux' }, securityContext: { windowsOptions: { hostProcess: false } } },
        { os: { name: 'windows' }, hostPID: true, securityContext: { runAsUser: 1, sysctls: [] } },
        { os: { name: 'windows' }, securityContext: { fsGroup: 1 }, shareProcessNamespace: true },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"os":{}}
        spec.os.name: Required value: cannot be empty
      {"os":{"name":"linux"},"securityContext":{"windowsOptions":{"hostProcess":false}}}
        spec.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod
      {"os":{"name":"windows"},"hostPID":true,"securityContext":{"runAsUser":1,"sysctls":[]}}
        [spec.hostPID: Forbidden: cannot be set for a windows pod, spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod]
      {"os":{"name":"windows"},"securityContext":{"fsGroup":1},"shareProcessNamespace":true}
        [spec.securityContext.fsGroup: Forbidden: cannot be set for a windows pod, spec.shareProcessNamespace: Forbidden: cannot be set for a windows pod]
      "
    `)
  })

  test('claims devices that are named once', () => {
    expect(
      answersToValues('resourceClaims', [
        [{ name: 'a' }],
        [{ name: 'a', resourceClaimName: 'x', resourceClaimTemplateName: 'y' }],
        [{ name: 'A', resourceClaimName: 'X' }],
        [
          { name: 'a', resourceClaimName: 'x' },
          { name: 'a', resourceClaimName: 'y' },
        ],
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"resourceClaims":[{"name":"a"}]}
        spec.resourceClaims[0]: Invalid value: core.PodResourceClaim{Name:"a", ResourceClaimName:(*string)(nil), ResourceClaimTemplateName:(*string)(nil)}: must specify one of: \`resourceClaimName\`, \`resourceClaimTemplateName\`
      {"resourceClaims":[{"name":"a","resourceClaimName":"x","resourceClaimTemplateName":"y"}]}
        spec.resourceClaims[0]: Invalid value: core.PodResourceClaim{Name:"a", ResourceClaimName:(*string)(0xc000000000), ResourceClaimTemplateName:(*string)(0xc000000000)}: at most one of \`resourceClaimName\` or \`resourceClaimTemplateName\` may be specified
      {"resourceClaims":[{"name":"A","resourceClaimName":"X"}]}
        [spec.resourceClaims[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.resourceClaims[0].resourceClaimName: Invalid value: "X": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]
      {"resourceClaims":[{"name":"a","resourceClaimName":"x"},{"name":"a","resourceClaimName":"y"}]}
        spec.resourceClaims[1].name: Duplicate value: "a"
      "
    `)
  })

  test('has host ports that no other container has', () => {
    const port = { containerPort: 80, hostPort: 80 }
    const containers = ['a', 'b'].map(name => ({ name, image: 'app:1', ports: [port] }))
    expect(answerToPod({ containers })).toMatchInlineSnapshot(
      `"spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//80""`,
    )
    const [first, second] = containers
    expect(answerToPod({ containers: [first], initContainers: [second] })).toMatchInlineSnapshot(`"valid"`)
  })

  test('mounts what it names', () => {
    const volumes = [{ name: 'v', secret: { secretName: 's' } }]
    const container = { name: 'a', image: 'app:1', volumeMounts: [{ name: 'w', mountPath: '/w' }] }
    expect(
      answerToPod({ volumes, containers: [container], initContainers: [{ ...container, name: 'i' }] }),
    ).toMatchInlineSnapshot(
      `"[spec.containers[0].volumeMounts[0].name: Not found: "w", spec.initContainers[0].volumeMounts[0].name: Not found: "w"]"`,
    )
  })
})
