import {
  type ClusterRole,
  type ClusterRoleBinding,
  matchesLabelSelector,
  type PolicyRule,
  type RbacSubject,
  type Role,
  type RoleBinding,
  type RoleRef,
} from '../../../model/index.js'
import { DEFAULT_ROLES } from './default-roles.js'
import { groupsOf, serviceAccountOf, type UserInfo } from './user.js'

/** What a request is about, as authorization sees it. */
export interface RequestAttributes {
  /** `get`, `create`, `patch`, `deletecollection`. */
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource?: string | undefined
  /** Absent: at the cluster scope. */
  readonly namespace?: string | undefined
  /** Absent: a collection, or a create. */
  readonly name?: string | undefined
}

/** The roles and bindings that there are. */
export interface RbacObjects {
  readonly roles: readonly Role[]
  readonly clusterRoles: readonly ClusterRole[]
  readonly roleBindings: readonly RoleBinding[]
  readonly clusterRoleBindings: readonly ClusterRoleBinding[]
}

const MASTERS = 'system:masters'

/**
 * Whether a user may do something; undefined: yes. Otherwise the cause, as the API server's message ends.
 *
 * kubernetes: plugin/pkg/auth/authorizer/rbac/rbac.go Authorize, pkg/registry/rbac/validation/rule.go VisitRulesFor, v1.32.
 */
export function authorize(user: UserInfo, request: RequestAttributes, objects: RbacObjects): string | undefined {
  const groups = groupsOf(user)
  if (groups.includes(MASTERS)) return undefined
  const { namespace } = request
  const missing: string[] = []
  const isAllowedBy = (roleRef: RoleRef, home: string | undefined): boolean => {
    const rules = rulesOf(roleRef, home, objects)
    if (rules !== undefined) return rules.some(rule => isAllowed(rule, request))
    const kind = roleRef.kind.toLowerCase()
    missing.push(`${kind}.rbac.authorization.k8s.io "${roleRef.name}" not found`)
    return false
  }
  const isMine = (subject: RbacSubject, home: string | undefined): boolean => appliesTo(subject, user, groups, home)
  for (const { subjects = [], roleRef } of objects.clusterRoleBindings)
    if (subjects.some(subject => isMine(subject, undefined)) && isAllowedBy(roleRef, undefined)) return undefined
  for (const { metadata, subjects = [], roleRef } of objects.roleBindings) {
    const home = metadata.namespace ?? 'default'
    if (home !== namespace || !subjects.some(subject => isMine(subject, home))) continue
    if (isAllowedBy(roleRef, home)) return undefined
  }
  const reason = missing.length === 0 ? '' : `: RBAC: ${missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`}`
  return `${refusal(user, request)}${reason}`
}

/** apiserver: pkg/endpoints/handlers/responsewriters/errors.go forbiddenMessage. */
function refusal({ user }: UserInfo, { verb, group, resource, subresource, namespace }: RequestAttributes): string {
  const what = subresource === undefined ? resource : `${resource}/${subresource}`
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
  return `User "${user}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`
}

function appliesTo(
  { kind, name, namespace }: RbacSubject,
  { user }: UserInfo,
  groups: readonly string[],
  home: string | undefined,
): boolean {
  if (kind === 'User') return name === user
  if (kind === 'Group') return groups.includes(name)
  const account = serviceAccountOf(user)
  return account !== undefined && account.name === name && account.namespace === (namespace || home)
}

/** The rules of a role; undefined: there is no such role. */
function rulesOf(
  { kind, name }: RoleRef,
  home: string | undefined,
  objects: RbacObjects,
): readonly PolicyRule[] | undefined {
  if (kind === 'Role') {
    const isMeant = ({ metadata }: Role): boolean =>
      metadata.name === name && (metadata.namespace ?? 'default') === home
    const found = objects.roles.find(isMeant)
    return found && (found.rules ?? [])
  }
  const found = objects.clusterRoles.find(({ metadata }) => metadata.name === name) ?? DEFAULT_ROLES.get(name)
  return found && aggregatedRules(found, objects)
}

/** controllers: pkg/controller/clusterroleaggregation: the rules of every role that a selector selects take the place of its own. */
function aggregatedRules(
  { metadata, rules = [], aggregationRule }: ClusterRole,
  objects: RbacObjects,
): readonly PolicyRule[] {
  if (aggregationRule === undefined) return rules
  const { clusterRoleSelectors = [] } = aggregationRule
  return objects.clusterRoles
    .filter(each => each.metadata.name !== metadata.name)
    .filter(each => clusterRoleSelectors.some(selector => matchesLabelSelector(selector, each.metadata.labels)))
    .flatMap(each => each.rules ?? [])
}

/** kubernetes: pkg/apis/rbac/v1/evaluation_helpers.go VerbMatches, APIGroupMatches, ResourceMatches, ResourceNameMatches. */
function isAllowed(rule: PolicyRule, { verb, group, resource, subresource, name }: RequestAttributes): boolean {
  const { verbs, apiGroups = [], resources = [], resourceNames = [] } = rule
  const combined = subresource === undefined ? resource : `${resource}/${subresource}`
  const isResource = (each: string): boolean =>
    each === '*' || each === combined || (subresource !== undefined && each === `*/${subresource}`)
  return (
    (verbs.includes('*') || verbs.includes(verb)) &&
    (apiGroups.includes('*') || apiGroups.includes(group)) &&
    resources.some(isResource) &&
    (resourceNames.length === 0 || resourceNames.includes(name ?? ''))
  )
}
