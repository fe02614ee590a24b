// Renews the stored models of the ear after a change of examples, word groups or rules under
// src/conversation/understanding/data: `npm run build && node scripts/train-intents.mjs && npm run build`.
// A test fails while they are out of date.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const built = path.resolve(process.argv[2] ?? path.join(root, 'dist'))
const training = path.join(built, 'conversation/understanding/training.js')
const { trainStored } = await import(pathToFileURL(training).href)
const models = trainStored()
for (const [name, model] of Object.entries({ intentModel: models.intents, alarmModel: models.alarms })) {
  const file = path.join(root, 'src/conversation/understanding/data', `${name}.json`)
  writeFileSync(file, `${JSON.stringify(model, null, 2)}\n`)
  process.stdout.write(`${path.relative(root, file)}: ${model.intents.length} meanings\n`)
}
