import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fields, isFields, list, text, texts, type Fields } from '../src/api/decode.ts'

export interface AppJson {
  /** All pages, those of subpackages with their folder. */
  pages: string[]
  /** Folders of the subpackages. */
  subPackages: string[]
  /** Calls that tell where a person is, as WeChat wants them named. */
  requiredPrivateInfos: string[]
}

export const readJson = (file: string): Fields => fields(JSON.parse(readFileSync(file, 'utf8')))

export function readApp(root: string): AppJson {
  const app = readJson(join(root, 'app.json'))
  const subs = list(app['subPackages'] ?? [], value => {
    const sub = fields(value)
    return { root: text(sub, 'root'), pages: texts(sub['pages']) }
  })
  return {
    pages: [...texts(app['pages']), ...subs.flatMap(sub => sub.pages.map(page => posix.join(sub.root, page)))],
    subPackages: subs.map(sub => sub.root),
    requiredPrivateInfos: texts(app['requiredPrivateInfos']),
  }
}

export function usedComponents(page: Fields): string[] {
  return isFields(page['usingComponents']) ? texts(Object.values(page['usingComponents'])) : []
}
