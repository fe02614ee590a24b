/**
 * Stands in for the interfaces of other bureaus until there are any: a question is a file in `out`, an answer a file in `in`.
 * Whoever carries them (a person with a memory stick, a gateway of the county) needs nothing of ours.
 */
import { mkdir, open, readdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { BureauDesk, ConfirmationAnswer, OutgoingConfirmation } from '../../app/bureauDesk.ts'
import { shanghaiTime } from '../../domain/world.ts'

const answerFile = z.strictObject({
  requestId: z.string().regex(/^[\w-]{1,100}$/),
  token: z.string().regex(/^[\w-]{1,100}$/),
  answer: z.enum(['accepted', 'rejected']),
  note: z.string().max(500).nullish(),
})

/** An answer has two lines; a larger file is none. */
const MOST_BYTES = 16 * 1024

/** `dir`: the folder that holds `out`, `in` and what was taken from there. */
export function openBureauFiles(dir: string, log: (event: string, detail: { reason: string }) => void): BureauDesk {
  const [out, inbox] = [path.join(dir, 'out'), path.join(dir, 'in')]
  return {
    send: async request => {
      await mkdir(out, { recursive: true, mode: 0o700 })
      const file = path.join(out, `${request.id}.json`)
      // Written beside it and moved: whoever collects never finds half a file, and sending twice leaves one.
      await writeFile(`${file}.tmp`, questionOf(request), { mode: 0o600 })
      await rename(`${file}.tmp`, file)
    },
    collect: async take => {
      await mkdir(inbox, { recursive: true, mode: 0o700 })
      const entries = await readdir(inbox, { withFileTypes: true })
      const answers = entries.filter(entry => entry.isFile() && entry.name.endsWith('.json'))
      for (const name of answers.map(entry => entry.name).sort())
        await unlessGone(() => collectOne(path.join(inbox, name), take, log))
    },
  }
}

function questionOf({ id, bureau, question, askedAt, expiresAt, token }: OutgoingConfirmation): string {
  const { text, about } = question
  const times = { askedAt: shanghaiTime(askedAt), expiresAt: shanghaiTime(expiresAt) }
  return `${JSON.stringify({ requestId: id, bureau, question: text, about, ...times, token }, null, 2)}\n`
}

/** Another worker may have put the file away meanwhile: an answer counts once, whoever reads it. */
async function unlessGone(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

/** What was read is put away under what came of it: `taken`, `repeated`, `unknown` or `unreadable`. */
async function collectOne(
  file: string,
  take: (answer: ConfirmationAnswer) => Promise<string>,
  log: (event: string, detail: { reason: string }) => void,
): Promise<void> {
  const answer = await readAnswer(file)
  const end = answer ? await take(answer) : 'unreadable'
  if (end !== 'taken') log('bureau.answer', { reason: end })
  await rename(file, `${file}.${end}`)
}

async function readAnswer(file: string): Promise<ConfirmationAnswer | null> {
  const text = await readAtMost(file, MOST_BYTES)
  if (text === null) return null
  try {
    const read = answerFile.safeParse(JSON.parse(text))
    return read.success ? { ...read.data, note: read.data.note ?? null } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Null for a longer file, which is not read. */
async function readAtMost(file: string, bytes: number): Promise<string | null> {
  const handle = await open(file)
  try {
    if ((await handle.stat()).size > bytes) return null
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}
