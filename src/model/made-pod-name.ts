/**
 * Whether a pod may have got its name from a workload's controller: the workload's name, for a Deployment the template's hash, for the
 * Job of a CronJob or an index of a Job a number, and five characters that are drawn; or the ordinal of a StatefulSet.
 */
export const isMadePodName = (workload: string, pod: string): boolean =>
  pod.startsWith(`${workload}-`) && MADE.test(pod.slice(workload.length + 1))

const MADE = /^(([bcdfghjklmnpqrstvwxz2456789]{10}-)?(\d+-){0,2}[bcdfghjklmnpqrstvwxz2456789]{5}|\d+)$/
