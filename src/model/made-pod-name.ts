/**
 * Whether a pod may have got its name from a workload's controller: the workload's name, for a Deployment the template's hash, and
 * five characters that are drawn.
 */
export const isMadePodName = (workload: string, pod: string): boolean =>
  pod.startsWith(`${workload}-`) &&
  /^([bcdfghjklmnpqrstvwxz2456789]{10}-)?[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(pod.slice(workload.length + 1))
