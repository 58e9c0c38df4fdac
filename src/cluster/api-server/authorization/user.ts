/** Who makes a request. */
export interface UserInfo {
  /** `jane`, or `system:serviceaccount:NAMESPACE:NAME`. */
  readonly user: string
  /** Beside those that everybody has. */
  readonly groups?: readonly string[] | undefined
}

const SERVICE_ACCOUNT = 'system:serviceaccount:'

/** The namespace and name of a service account; undefined for another user. */
export function serviceAccountOf(user: string): { readonly namespace: string; readonly name: string } | undefined {
  if (!user.startsWith(SERVICE_ACCOUNT)) return undefined
  const [namespace, name, ...rest] = user.slice(SERVICE_ACCOUNT.length).split(':')
  return name === undefined || name === '' || namespace === '' || rest.length > 0 ? undefined : { namespace, name }
}

/** All groups of a user: impersonation adds those of a service account, and that of everybody who is known. */
export function groupsOf({ user, groups = [] }: UserInfo): readonly string[] {
  const account = serviceAccountOf(user)
  const own = account === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`]
  const known = user === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated'
  return [...new Set([...groups, ...own, known])]
}
