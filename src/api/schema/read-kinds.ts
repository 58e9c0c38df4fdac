import { KINDS, type Kind } from '../../model/index.js'

/** Made by controllers alone: no manifest and no request brings objects of these kinds. */
const NEVER_READ: ReadonlySet<string> = new Set<Kind>(['ControllerRevision'])

/** Whether podwright decodes, defaults and validates objects of a kind. */
export const isReadKind = (kind: string): kind is Kind => Object.hasOwn(KINDS, kind) && !NEVER_READ.has(kind)
