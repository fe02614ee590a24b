import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { compileLibrary } from '../../src/conversation/library.ts'
import type { Library } from '../../src/conversation/machine.ts'
import { languages } from '../../src/conversation/types.ts'
import { libraryTools } from '../../src/runtime/knowledge.ts'
import { loadLibrarySources } from '../../src/runtime/loadLibrary.ts'
import { root } from '../places.ts'

/**
 * The product's library with one flow more: `flow.yaml` and `texts.yaml` (for every language) of a folder in `bench/`.
 * Checked as every flow is. `name` is the flow's own.
 */
export function benchLibrary(folder: string, name: string): Library {
  const product = loadLibrarySources(root)
  const read = (file: string): { file: string; content: unknown } => {
    const inside = path.join('bench', folder, file)
    return { file: inside, content: parse(readFileSync(path.join(root, inside), 'utf8')) }
  }
  const texts = languages.map(language => ({ language, namespace: name, ...read('texts.yaml') }))
  return compileLibrary(
    { flows: [...product.flows, read('flow.yaml')], locales: [...product.locales, ...texts] },
    libraryTools(root, product.flows),
  )
}
