import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Audience } from './audience.ts'

const sentences = z.strictObject({
  roomAnswered: z.string(),
  roomAddFirst: z.string(),
  chooseByNumber: z.string(),
  textOnly: z.string(),
  photoUnread: z.string(),
  busy: z.string(),
  gaveUp: z.string(),
  hello: z.string(),
  miniProgram: z.string(),
})

const shape = z.strictObject({ resident: sentences, officer: sentences })

/** Everything a bot says on its own; the rest comes from the service. */
export type Sentences = z.infer<typeof sentences>

export function readSentences(localesFolder: string, language: string, audience: Audience): Sentences {
  return shape.parse(parse(readFileSync(path.join(localesFolder, language, 'bot.yaml'), 'utf8')))[audience]
}
