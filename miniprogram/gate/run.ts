import { checkBuild } from './checkBuild.ts'

const root = new URL('../dist/build/mp-weixin', import.meta.url).pathname
const { findings, ...figures } = checkBuild(root, process.env['VITE_SERVICE_URL'] ?? '')
process.stdout.write(`${JSON.stringify(figures)}\n`)
for (const { file, problem } of findings) process.stderr.write(`✗ ${file}: ${problem}\n`)
process.exitCode = findings.length > 0 ? 1 : 0
