/** How the row of a step says that a kubelet's process ends: with it goes what it remembered. */
const RESTART_WORDS = ['restart the kubelet of ', 'kill the kubelet of ', 'reboot node ', 'switch off node ']

/** The node whose kubelet a step ends, read from the step's text; undefined: it ends none. */
export function restartedNode(text: string): string | undefined {
  const words = RESTART_WORDS.find(each => text.startsWith(each))
  return words === undefined ? undefined : text.slice(words.length).split(',')[0]
}
