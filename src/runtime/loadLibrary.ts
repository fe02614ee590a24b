import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import type { LibrarySources, LocaleSource } from '../conversation/library.ts'
import { languages, type Language } from '../conversation/types.ts'

/**
 * Reads flows and texts from the folders of a checkout; the only I/O of the engine.
 * @throws Error naming the file when YAML is not well formed.
 */
export function loadLibrarySources(rootDir: string): Required<LibrarySources> {
  return {
    flows: flowFiles(rootDir).map(file => ({ file, content: readYaml(rootDir, file) })),
    locales: languages.flatMap(language => localesOf(rootDir, language)),
    migrations: migrationFiles(rootDir).map(file => ({ file, content: readYaml(rootDir, file) })),
  }
}

/** The texts of one namespace alone, for a tool that says nothing else. */
export function loadTexts(rootDir: string, namespace: string): LocaleSource[] {
  return languages.flatMap(language => localesOf(rootDir, language, name => name === `${namespace}.yaml`))
}

/** `flows/<matter>/flow.yaml` and the older revisions that people may still stand in. */
function flowFiles(rootDir: string): string[] {
  return foldersIn(path.join(rootDir, 'flows')).flatMap(matter => {
    const folder = path.join('flows', matter)
    const older = path.join(folder, 'revisions')
    return [path.join(folder, 'flow.yaml'), ...yamlIn(path.join(rootDir, older)).map(file => path.join(older, file))]
  })
}

/** `flows/<matter>/migrations/<from>-<to>.yaml`: how people in the middle are moved to a newer revision. */
function migrationFiles(rootDir: string): string[] {
  return foldersIn(path.join(rootDir, 'flows')).flatMap(matter => {
    const folder = path.join('flows', matter, 'migrations')
    return yamlIn(path.join(rootDir, folder)).map(file => path.join(folder, file))
  })
}

function localesOf(rootDir: string, language: Language, wanted = (_name: string): boolean => true): LocaleSource[] {
  const folder = path.join('locales', language)
  const names = yamlIn(path.join(rootDir, folder)).filter(wanted)
  return names.map(name => {
    const file = path.join(folder, name)
    const namespace = path.basename(name, '.yaml')
    const content: unknown = readYaml(rootDir, file)
    // Some files name their namespace themselves.
    const inner =
      typeof content === 'object' && content !== null && Object.keys(content).length === 1
        ? (Object.entries(content)[0] as [string, unknown] | undefined)
        : undefined
    return { language, namespace, file, content: inner?.[0] === namespace ? inner[1] : content }
  })
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .toSorted()
}

function yamlIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .toSorted()
}

function readYaml(rootDir: string, file: string): unknown {
  try {
    return parse(readFileSync(path.join(rootDir, file), 'utf8'))
  } catch (error) {
    throw new Error(`${file} is not well formed YAML`, { cause: error })
  }
}
