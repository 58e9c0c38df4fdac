import { PodwrightError } from '../errors/index.js'
import { hasOwnFrames, userFrames } from './user-frames.js'

/**
 * Does what a program asked for. Misuse that comes of it points at the program's lines instead of at podwright's: those of `stacks`,
 * and that of the call.
 */
export function pointing<Answer>(act: () => Answer, ...stacks: readonly string[]): Answer {
  try {
    return act()
  } catch (error) {
    if (error instanceof PodwrightError) pointAt(error, stacks)
    throw error
  }
}

/** Makes misuse point at a program's lines. What does so already is left as it is, and so is a defect of podwright. */
export function pointAt(error: PodwrightError, stacks: readonly string[]): void {
  if (error.code === 'DEFECT' || !hasOwnFrames(error.stack ?? '')) return
  const here = new Error('asked here').stack ?? ''
  const frames = [...new Set([...stacks, here].flatMap(userFrames))]
  if (frames.length > 0) error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n')
}
