// `npm run bench [name]`: installs and builds what is missing, then becomes the bench.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, checkNode, giveUp, install, root } from '../scripts/setup.mjs'

checkNode()
try {
  await install({ dev: true })
  await build(['server', 'bench'])
} catch (error) {
  giveUp(`没有准备好 / could not get ready: ${error.message}`)
}
process.chdir(root)
await import(pathToFileURL(path.join(root, 'dist', 'bench', 'bench', 'main.js')).href)
