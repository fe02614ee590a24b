import { checkBuild } from './checkBuild.ts'
import { FIRST_SCREEN_LIMIT_BYTES, officersFirstScreen } from './firstScreen.ts'

const root = new URL('../dist/build/mp-weixin', import.meta.url).pathname
const { findings, ...figures } = checkBuild(root, process.env['VITE_SERVICE_URL'] ?? '')
process.stdout.write(`${JSON.stringify(figures)}\n`)
for (const { file, problem } of findings) process.stderr.write(`✗ ${file}: ${problem}\n`)

const first = officersFirstScreen(new URL('../dist/build/h5', import.meta.url).pathname)
const tooMuch = first !== null && first.bytes >= FIRST_SCREEN_LIMIT_BYTES
process.stdout.write(
  first === null
    ? 'officers’ first screen: not measured, the pages are not built\n'
    : `officers’ first screen: ${first.bytes} bytes of script in ${first.files.length} files\n`,
)
if (tooMuch) process.stderr.write(`✗ officers’ first screen: more than ${FIRST_SCREEN_LIMIT_BYTES} bytes\n`)
process.exitCode = findings.length > 0 || tooMuch ? 1 : 0
