import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const shape = z.strictObject({
  roomAnswered: z.string(),
  roomAddFirst: z.string(),
  chooseByNumber: z.string(),
  textOnly: z.string(),
  busy: z.string(),
  gaveUp: z.string(),
  hello: z.string(),
})

/** Everything the bot says on its own; the rest comes from the service. */
export type Sentences = z.infer<typeof shape>

export function readSentences(localesFolder: string, language: string): Sentences {
  return shape.parse(parse(readFileSync(path.join(localesFolder, language, 'bot.yaml'), 'utf8')))
}
