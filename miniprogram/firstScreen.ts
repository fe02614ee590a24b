import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Plugin, Rollup } from 'vite'

/** Pages that people open by their address, by the file that holds each. */
const FIRST_PAGES = { '/officer': 'officer/index', '/': 'pages/chat/index' } as const

type Bundle = Rollup.OutputBundle

type Modules = Pick<Rollup.ManualChunkMeta, 'getModuleInfo'>

/** All modules that one imports before it runs, however deep, with itself. */
function modulesOf(first: string, modules: Modules, found = new Set<string>()): Set<string> {
  if (found.has(first)) return found
  found.add(first)
  for (const id of modules.getModuleInfo(first)?.importedIds ?? []) modulesOf(id, modules, found)
  return found
}

/** Chooses the file of a module: the officers' list is one, what it shares with the residents' pages another. */
export function inFewFiles(): Rollup.GetManualChunk {
  let officers: Set<string> | null = null
  let residents = new Set<string>()
  return (id, meta) => {
    const pages = (name: RegExp) =>
      new Set([...meta.getModuleIds()].filter(page => name.test(page)).flatMap(page => [...modulesOf(page, meta)]))
    if (!officers) {
      officers = pages(/\/src\/officer\/index\.vue$/)
      residents = pages(/\/src\/pages\/.*\.vue$/)
    }
    if (!officers.has(id)) return undefined
    return residents.has(id) ? 'shared' : 'officer-index'
  }
}

/** Everything that a chunk imports before it runs, however deep, with itself. */
function closure(bundle: Bundle, first: string, found = new Set<string>()): Set<string> {
  const chunk = bundle[first]
  if (found.has(first) || chunk?.type !== 'chunk') return found
  found.add(first)
  chunk.imports.forEach(file => closure(bundle, file, found))
  return found
}

function chunkOf(bundle: Bundle, page: string): string {
  const found = Object.values(bundle).find(
    part => part.type === 'chunk' && part.moduleIds.some(id => id.includes(`/src/${page}.vue`)),
  )
  if (!found) throw new Error(`no chunk holds ${page}`)
  return found.fileName
}

/**
 * Runs before the first script has arrived: asks for the scripts of the page that was opened all at once, where they
 * would be found out one after another, and who is logged in at the officers'. Plain old JavaScript: nothing compiles it.
 */
const opening = (files: Record<string, string[]>) => `(function () {
  var officer = /^\\/officer(\\/|$)/.test(location.pathname)
  var home = location.pathname === '/'
  var list = officer ? ${JSON.stringify(files['/officer'])} : home ? ${JSON.stringify(files['/'])} : []
  list.forEach(function (file) {
    var link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = '/' + file
    link.crossOrigin = ''
    document.head.appendChild(link)
  })
  if (!officer) return
  var me = fetch('/api/officer/me', { cache: 'no-store' })
  me.catch(function () {}) // told to whoever takes it up
  window.nuanxinEarly = { '/api/officer/me': me }
})()`

/** Puts into the page what its first screen waits for: its styles, and the script above. */
export const firstScreen: Plugin = {
  name: 'nuanxin:first-screen',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const page = bundle['index.html']
    if (page?.type !== 'asset') return
    const styles: string[] = []
    const html = String(page.source).replace(
      /[ \t]*<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>\n?/g,
      (_link, file) => {
        const sheet = bundle[file]
        if (sheet?.type !== 'asset') throw new Error(`no style sheet ${file}`)
        styles.push(String(sheet.source).trim())
        delete bundle[file]
        return ''
      },
    )
    const files = Object.fromEntries(
      Object.entries(FIRST_PAGES).map(([path, name]) => [path, [...closure(bundle, chunkOf(bundle, name))]]),
    )
    page.source = html.replace(
      '</head>',
      () => `<script>${opening(files)}</script>\n<style>${styles.join('\n')}</style>\n</head>`,
    )
  },
}

/** Below this a packed copy saves nothing that anybody feels. */
const WORTH_PACKING_BYTES = 1024

/** Beside each file its copy in Brotli, which takes too long to make when the service starts. The service sends it to who can read it. */
export const packed: Plugin = {
  name: 'nuanxin:packed',
  apply: 'build',
  enforce: 'post',
  writeBundle({ dir }) {
    if (dir === undefined) return
    for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html)$/.test(file)) continue
      const plain = readFileSync(join(dir, file))
      if (plain.length >= WORTH_PACKING_BYTES) writeFileSync(join(dir, `${file}.br`), brotliCompressSync(plain))
    }
  },
}
