import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with `flows/`, `regions/`, `locales/` and the built client, seen from `dist/runtime` and `src/runtime` alike. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
