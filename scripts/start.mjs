// `npm start`: installs and builds what is missing, then becomes the service. On a machine where everything is there,
// this takes a few milliseconds. The service runs in this very process, so signals and exit codes need no passing on; for the same
// reason package.json says `exec`: a shell between npm and the service would die alone and leave it behind.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, checkNode, giveUp, install, root } from './setup.mjs'

checkNode()
try {
  await install({ dev: false })
  await build(['server', 'h5', 'console'])
} catch (error) {
  giveUp(`没有准备好，未启动 / could not get ready: ${error.message}`)
}

const entry = path.join(root, 'dist', 'main.js')
const given = process.argv.slice(2)
process.chdir(root)
process.argv = [
  process.execPath,
  entry,
  ...(given.some(arg => arg.startsWith('--role')) ? [] : ['--role', 'all']),
  ...given,
]
await import(pathToFileURL(entry).href)
