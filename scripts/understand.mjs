// `npm run -s understand [-- --today YYYY-MM-DD]`: kind<TAB>text lines in, kind<TAB>text<TAB>value lines out. On a fresh
// clone what is missing is installed and built first; all it says goes to stderr, so that stdout holds values only.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkNode, giveUp, root } from './setup.mjs'

checkNode()
const cli = path.join(root, 'dist', 'runtime', 'understandCli.js')
if (!existsSync(cli)) {
  const work =
    "import { install, build } from './scripts/setup.mjs'; await install({ dev: false }); await build(['server'])"
  const made = spawnSync(process.execPath, ['--input-type=module', '-e', work], { cwd: root, stdio: ['ignore', 2, 2] })
  if (made.status !== 0) giveUp('没有准备好 / could not get ready')
}
await import(pathToFileURL(cli).href)
