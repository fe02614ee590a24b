// `npm run intents:train`: renews the stored models of the ear. To be run after a flow came or its `examples:` changed, and
// after a change of examples, patterns, word groups or rules under src/conversation/understanding/data. A test fails while
// they are out of date. Deterministic: the same data gives the same files.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parse } from 'yaml'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const data = path.join(root, 'src/conversation/understanding/data')
// A build of its own, so that half-finished work elsewhere in dist/ does no harm.
const built = path.join(root, 'node_modules/.cache/nuanxin-intents')

write('flowExamples', examplesOfFlows())
build()
const training = path.join(built, 'conversation/understanding/training.js')
const { trainStored } = await import(pathToFileURL(training).href)
const { intents, alarms, screen } = trainStored()
write('intentModel', intents)
write('alarmModel', alarms)
write('alarmScreen', screen)

/** Sentences of all flows by the intent they name, in the order of the folders. */
function examplesOfFlows() {
  const byIntent = {}
  for (const entry of readdirSync(path.join(root, 'flows'), { withFileTypes: true }).toSorted(byName)) {
    if (!entry.isDirectory()) continue
    const { intent, examples } = parse(readFileSync(path.join(root, 'flows', entry.name, 'flow.yaml'), 'utf8'))
    if (intent && examples) byIntent[intent] = [...(byIntent[intent] ?? []), ...examples]
  }
  return byIntent
}

function byName(one, other) {
  return one.name < other.name ? -1 : 1
}

function build() {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  const options = ['-p', path.join(root, 'tsconfig.json'), '--outDir', built, '--sourceMap', 'false']
  const { status } = spawnSync(process.execPath, [tsc, ...options], { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.stderr.write('the type checker found faults; training goes on with what it wrote\n')
}

function write(name, value) {
  const file = path.join(data, `${name}.json`)
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
  process.stdout.write(`${path.relative(root, file)}\n`)
}
