import { existsSync } from 'node:fs'
import path from 'node:path'

/** The folder with package.json, found from where this file is built to. */
export const root = findRoot(import.meta.dirname)

function findRoot(from: string): string {
  if (existsSync(path.join(from, 'package.json')) && existsSync(path.join(from, 'bench'))) return from
  const above = path.dirname(from)
  if (above === from) throw new Error('The bench stands outside its project.')
  return findRoot(above)
}

export const serviceMain = path.join(root, 'dist', 'main.js')
export const peersFolder = path.join(root, 'bench', 'peers')
const built = path.join(root, 'dist', 'bench', 'bench')
export const ownServer = (name: string): string => path.join(built, 'servers', `${name}.js`)
export const loadMain = path.join(built, 'load', 'main.js')
