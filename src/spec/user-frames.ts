/** Where podwright's own files are: `…/src/` or `…/dist/`. */
const OWN_FOLDER = decodeURIComponent(new URL('..', import.meta.url).pathname)

/** A place in the user's program. */
export interface UserFrame {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The lines of a stack that are the user's: not podwright's own, not Node's, nor those of packages. */
export const userFrames = (stack: string): readonly string[] =>
  stack.split('\n').filter(line => {
    const frame = parseFrame(line)
    return frame !== undefined && !frame.file.startsWith(OWN_FOLDER) && !frame.file.includes('/node_modules/')
  })

/** Whether a stack has lines of podwright's own. */
export const hasOwnFrames = (stack: string): boolean =>
  stack.split('\n').some(line => parseFrame(line)?.file.startsWith(OWN_FOLDER))

/** The first place in a stack that is the user's. */
export function userFrame(stack: string): UserFrame | undefined {
  const [first] = userFrames(stack)
  return first === undefined ? undefined : parseFrame(first)
}

const FRAME = /^\s*at (?:.*?\()?(?:file:\/\/)?(\/.*?|[A-Za-z]:[\\/].*?)(?:\?[^:)]*)?:(\d+):(\d+)\)?$/

function parseFrame(line: string): UserFrame | undefined {
  const match = FRAME.exec(line)
  return match === null ? undefined : { file: match[1], line: Number(match[2]), column: Number(match[3]) }
}
