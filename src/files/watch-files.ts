import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { unreadable } from './read-bytes.js'

const MANIFEST = /\.(json|ya?ml)$/

/** Editors write a file in several strokes: what comes within this time is one change. */
const DEBOUNCE_MS = 100

/** Ends the watching. */
export type StopWatching = () => void

/**
 * Calls back when a manifest changes in one of the directories, or in those of the files; a burst of changes is one call, with
 * the name of the last file.
 *
 * @throws PodwrightError `INPUT_UNREADABLE` for a path that there is not.
 */
export function watchFiles(
  paths: readonly string[],
  isRecursive: boolean,
  changed: (name: string) => void,
): StopWatching {
  let timer: NodeJS.Timeout | undefined
  const seen = (_: string, name: string | null): void => {
    if (name === null || !MANIFEST.test(name)) return
    clearTimeout(timer)
    timer = setTimeout(() => changed(basename(name)), DEBOUNCE_MS)
  }
  const watchers = [...new Set(paths.map(folderOf))].map(folder => watchFolder(folder, isRecursive, seen))
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}

function folderOf(path: string): string {
  try {
    return statSync(path).isDirectory() ? path : dirname(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function watchFolder(
  folder: string,
  recursive: boolean,
  seen: (event: string, name: string | null) => void,
): FSWatcher {
  try {
    const watcher = watch(folder, { recursive }, seen)
    // A folder that goes away is no reason to stop: the next run says what is missing.
    watcher.on('error', () => watcher.close())
    return watcher
  } catch (error) {
    throw unreadable(folder, error)
  }
}
