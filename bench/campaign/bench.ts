import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openEmbeddedPostgres } from '../../src/runtime/embeddedPostgres.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'
import { align } from '../engine/table.ts'
import { machine } from '../machine.ts'
import { root } from '../places.ts'
import { runCampaign, type CampaignFigures } from './run.ts'

const SIZES = { quick: [1_000, 10_000], full: [10_000, 100_000, 1_000_000] } as const
/** From the smallest to the largest the heap after a collection may grow by so many MiB: noise, and no household. */
const MOST_GROWTH = 16

interface Options {
  /** Stops asking there; the sample is drawn whole. */
  mostAsked: number
  sizes: readonly number[] | null
  quick: boolean
  json: string | null
}

/** Households asked per second at growing sizes, beside BullMQ alone. False when one was asked not once, or memory grows. */
export async function benchCampaign({ sizes, mostAsked, quick, json }: Options): Promise<boolean> {
  const before = machine()
  const knowledge = loadKnowledge(root)
  const dir = mkdtempSync(path.join(os.tmpdir(), 'nx-bench-'))
  const server = await openEmbeddedPostgres({ dir, log: () => undefined })
  const rows: CampaignFigures[] = []
  try {
    for (const size of sizes ?? (quick ? SIZES.quick : SIZES.full)) {
      const row = await runCampaign(server.connection, { households: size, mostAsked, knowledge })
      rows.push(row)
      process.stdout.write(`${align(lines([row]))}\n`)
    }
  } finally {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  process.stdout.write(print(rows))
  if (json) writeFileSync(json, `${JSON.stringify({ at: new Date().toISOString(), machine: before, rows }, null, 2)}\n`)
  return rows.every(({ wrong }) => wrong === 0) && growthOf(rows) <= MOST_GROWTH
}

const growthOf = (rows: CampaignFigures[]) => (rows.at(-1)?.heap ?? 0) - (rows[0]?.heap ?? 0)

function lines(rows: CampaignFigures[]): string[][] {
  return rows.map(row => {
    const speed = row.asked / row.asking
    return [
      row.households.toLocaleString('en'),
      row.drawing.toFixed(1),
      row.asked.toLocaleString('en'),
      Math.round(speed).toLocaleString('en'),
      Math.round(row.bulk).toLocaleString('en'),
      (speed / row.bulk).toFixed(3),
      row.heap.toFixed(0),
      row.resident.toFixed(0),
      row.wrong === 0 ? 'all once' : `WRONG: ${row.wrong}`,
    ]
  })
}

function print(rows: CampaignFigures[]): string {
  const head = ['households', 'draw s', 'asked', 'asked/s', 'addBulk/s', 'ratio', 'heap MiB', 'RSS MiB', 'messages']
  const growth = growthOf(rows)
  return [
    'Campaign to every household: standing looked at again, marked, message decided, sealed, in the outbox, per transaction.',
    'addBulk: BullMQ alone on the same server, five hundred jobs at a time, nothing decided, nothing sealed.',
    '',
    align([head, ...lines(rows)]),
    '',
    `Heap after a collection grows by ${growth.toFixed(0)} MiB from the smallest to the largest: ${growth <= MOST_GROWTH ? 'ok' : 'MISSED'} (≤ ${MOST_GROWTH}).`,
    '',
  ].join('\n')
}
