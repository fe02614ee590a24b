import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeReadIntents } from '../conversation/understanding/intents.ts'
import { buildRegionIndex } from '../domain/region.ts'
import { shanghaiDate } from '../domain/world.ts'
import { loadCalendars, loadRegionData } from './loadRegions.ts'
import { understandLine } from './understandLine.ts'

// `npm run -s understand`: kind<TAB>text lines in, kind<TAB>text<TAB>value lines out, in the same order.
const { values } = parseArgs({ options: { today: { type: 'string' } } })
if (values.today !== undefined && Number.isNaN(Date.parse(`${values.today}T00:00:00Z`))) {
  process.stderr.write('--today wants a day as YYYY-MM-DD\n')
  process.exit(2)
}
const regions = fileURLToPath(new URL('../../regions', import.meta.url))
const ear = {
  regions: buildRegionIndex(loadRegionData(regions)),
  calendars: loadCalendars(regions),
  readIntents: makeReadIntents([]),
  today: values.today ?? shanghaiDate(Date.now()),
}
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line === '') continue
  const tab = line.indexOf('\t')
  const [kind, text] = tab < 0 ? [line, ''] : [line.slice(0, tab), line.slice(tab + 1)]
  process.stdout.write(`${kind}\t${text}\t${understandLine(kind, text, ear)}\n`)
}
