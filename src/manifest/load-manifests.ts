import { isAlias, isMap, isSeq, type Node } from 'yaml'
import type { PathSegment } from '../api/index.js'
import { formatOrigin, type Origin, PodwrightError } from '../errors/index.js'
import { DEFAULT_KUBERNETES_VERSION, type Kind, profileOf, qualifiedKind } from '../model/index.js'
import { coverFields, type ObjectCoverage } from './coverage.js'
import {
  type DocumentKind,
  elementTypeOf,
  nearestType,
  peekKind,
  servedVersionOf,
  treatmentOf,
} from './document-kind.js'
import { type LoadedObject, loadObject, type ObjectOptions, type RawObject } from './load-object.js'
import { nearestOriginOf } from './origins.js'
import { type ParsedDocument, parseDocument } from './parse-document.js'
import { isPlainlyValid } from './quick-check.js'
import { type ManifestInput, type RawDocument, splitDocuments } from './split-documents.js'

/** How manifests are loaded. */
export interface LoadOptions {
  /** Release whose validation counts; default 1.32. */
  readonly kubernetes?: string | undefined
  /** Namespace of objects that name none; when given, objects of other namespaces are refused. Default `default`. */
  readonly namespace?: string | undefined
}

/** Objects of a type podwright does not build; their documents are checked for syntax only. */
export interface SkippedKind {
  readonly apiVersion: string
  readonly kind: string
  readonly count: number
  /** Of a kind that podwright builds, in a version that no release serves any more: the one that is served. */
  readonly servedAs?: string
  /** The first of them. */
  readonly origin: Origin
}

/** What came out of manifests. Where something is wrong with a document, the others are there all the same. */
export interface LoadedManifests {
  readonly objects: readonly LoadedObject[]
  readonly skipped: readonly SkippedKind[]
  readonly problems: readonly PodwrightError[]
  readonly coverage: readonly ObjectCoverage[]
}

/**
 * Loads manifests as kubectl and the API server would: YAML streams and JSON, Lists, every object decoded strictly, defaulted and
 * validated; what is wrong is told with its place, and nothing is thrown for it.
 *
 * @throws PodwrightError `USAGE` for a release podwright does not know.
 */
export function loadManifests(inputs: readonly ManifestInput[], options: LoadOptions = {}): LoadedManifests {
  const loader = new ManifestLoader(options)
  for (const input of inputs) loader.input(input)
  return loader
}

type Json = Readonly<Record<string, unknown>>

/** Lists in lists: kubectl follows them; nobody writes more than one. */
const MOST_LISTS = 8

class ManifestLoader implements LoadedManifests {
  readonly objects: LoadedObject[] = []
  readonly problems: PodwrightError[] = []
  readonly coverage: ObjectCoverage[] = []
  private readonly skippedByType = new Map<string, SkippedKind>()
  private readonly places = new Map<string, Origin>()
  private readonly options: ObjectOptions

  constructor({ kubernetes = DEFAULT_KUBERNETES_VERSION, namespace }: LoadOptions) {
    const { allowZeroSleep, podLevelResources, containerRestartRules } = profileOf(kubernetes)
    const isNamespaceFixed = namespace !== undefined
    const release = { allowZeroSleep, podLevelResources, containerRestartRules }
    this.options = { ...release, namespace: namespace ?? 'default', isNamespaceFixed }
  }

  get skipped(): readonly SkippedKind[] {
    return [...this.skippedByType.values()]
  }

  input(input: ManifestInput): void {
    const { documents, problems } = splitDocuments(input)
    this.problems.push(...problems)
    for (const document of documents) this.attempt(() => this.document(document))
  }

  /** What is wrong with one part must not keep the others from being looked at. */
  private attempt(act: () => void): void {
    try {
      act()
    } catch (error) {
      if (!(error instanceof PodwrightError)) throw error
      this.problems.push(error)
    }
  }

  private document(document: RawDocument): void {
    const peeked = document.isJson ? undefined : peekKind(document.text)
    if (peeked !== undefined && treatmentOf(peeked) === 'skip' && isPlainlyValid(document.text)) {
      const leading = /^\s*/.exec(document.text)?.[0].split('\n').length ?? 1
      this.skip(peeked, { file: document.file, line: document.linesBefore + leading, column: 1 })
      return
    }
    const parsed = parseDocument(document)
    if (parsed.value === null || parsed.root === null) return
    this.value(parsed, parsed.root, parsed.value, undefined, 0)
  }

  /** An object or a list of objects; `implied` is the type that elements of a typed list may leave out. */
  private value(
    document: ParsedDocument,
    node: Node,
    value: unknown,
    implied: DocumentKind | undefined,
    depth: number,
  ): void {
    const origin = document.originAt(node.range?.[0] ?? 0)
    const type = typeOf(value, implied, origin)
    const treatment = treatmentOf(type)
    if (treatment === 'unregistered') throw unregistered(type, nearestOriginOf(document, node, ['apiVersion']))
    const json = { ...implied, ...(value as Json) }
    if (treatment === 'skip') this.skip(type, origin)
    else if (treatment === 'load') this.object({ kind: type.kind as Kind, value: json, node, document })
    else if (depth >= MOST_LISTS) throw tooManyLists(origin)
    else this.list(document, node, json, elementTypeOf(type), depth)
  }

  private list(
    document: ParsedDocument,
    node: Node,
    value: Json,
    implied: DocumentKind | undefined,
    depth: number,
  ): void {
    const items = value.items ?? []
    if (!Array.isArray(items)) {
      const where = nearestOriginOf(document, node, ['items'])
      throw new PodwrightError({ code: 'MANIFEST_DECODING', where, problem: 'expected items to be a list' })
    }
    const nodes = itemNodes(document, node)
    items.forEach((item, i) => {
      this.attempt(() => this.value(document, nodes[i] ?? node, item, implied, depth + 1))
    })
  }

  private object(raw: RawObject): void {
    const loaded = loadObject(raw, this.options)
    const { metadata } = loaded.object
    const name = metadata.name ?? ''
    if (name !== '') this.refuseSecond(raw.kind, metadata.namespace, name, loaded.origin)
    this.objects.push(loaded)
    const locate = (path: readonly PathSegment[]): Origin => nearestOriginOf(raw.document, raw.node, path)
    const fields = coverFields(raw.kind, raw.value, locate, this.options)
    this.coverage.push({ kind: raw.kind, namespace: metadata.namespace, name, origin: loaded.origin, fields })
  }

  private refuseSecond(kind: Kind, namespace: string | undefined, name: string, origin: Origin): void {
    const key = `${kind}/${namespace}/${name}`
    const first = this.places.get(key)
    if (first !== undefined) {
      throw new PodwrightError({
        code: 'MANIFEST_CONFLICT',
        where: origin,
        problem: `expected every object once, got ${qualifiedKind(kind)} ${JSON.stringify(name)} a second time`,
        hint: `the first is at ${formatOrigin(first)}`,
      })
    }
    this.places.set(key, origin)
  }

  private skip(type: DocumentKind, origin: Origin): void {
    const key = `${type.apiVersion}/${type.kind}`
    const known = this.skippedByType.get(key)
    const servedAs = servedVersionOf(type)
    const first = servedAs === undefined ? { ...type, origin } : { ...type, origin, servedAs }
    this.skippedByType.set(key, { ...first, ...known, count: (known?.count ?? 0) + 1 })
  }
}

/** apimachinery: pkg/runtime/error.go, the words for a type that is missing. */
function typeOf(value: unknown, implied: DocumentKind | undefined, where: Origin): DocumentKind {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const got = Array.isArray(value) ? 'a list' : `the ${typeof value} ${JSON.stringify(value).slice(0, 40)}`
    const problem = `expected an object with apiVersion and kind, got ${got}`
    throw new PodwrightError({ code: 'MANIFEST_DECODING', where, problem })
  }
  const { apiVersion = implied?.apiVersion, kind = implied?.kind } = value as Json
  const missing = !isText(kind) ? 'Kind' : !isText(apiVersion) ? 'apiVersion' : undefined
  if (missing === undefined) return { apiVersion: apiVersion as string, kind: kind as string }
  const body = sortedJson(value)
  const shown = body.length > MOST_BODY ? `${body.slice(0, MOST_BODY)}…` : body
  throw new PodwrightError({
    code: 'MANIFEST_DECODING',
    where,
    problem: `Object '${missing}' is missing in '${shown}'`,
  })
}

const MOST_BODY = 400

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** The JSON kubectl sends: keys sorted. */
const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )

/** The file of the scheme is part of the API server's message. */
function unregistered(type: DocumentKind, where: Origin): PodwrightError {
  const { apiVersion, kind } = type
  const scheme = 'scheme "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30"'
  const cause = `no kind "${kind}" is registered for version "${apiVersion}" in ${scheme}`
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1)
  const problem = `${kind} in version "${version}" cannot be handled as a ${kind}: ${cause}`
  return new PodwrightError({ code: 'MANIFEST_DECODING', where, problem, hint: nearestType(type) })
}

const tooManyLists = (where: Origin): PodwrightError =>
  new PodwrightError({ code: 'INPUT_TOO_LARGE', where, problem: `expected Lists at most ${MOST_LISTS} deep, got more` })

function itemNodes({ aliases }: ParsedDocument, node: Node): readonly (Node | null)[] {
  const target = isAlias(node) ? aliases.get(node) : node
  const items = isMap(target) ? target.get('items', true) : undefined
  const list = isAlias(items) ? aliases.get(items) : items
  return isSeq(list) ? (list.items as Node[]) : []
}
