import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { root } from '../places.ts'

const transcript = z.looseObject({
  turns: z.array(
    z.looseObject({ says: z.string().optional(), presses: z.string().optional(), runs: z.string().optional() }),
  ),
})

/**
 * What a resident says in a transcript until the service files the case, without the word that files it: these are
 * the ordinary turns. A button is answered by its label, as people do in a chat without buttons.
 */
export function ordinaryTurns(text: string): string[] {
  const { turns } = transcript.parse(parse(text))
  const filing = turns.findIndex(({ runs }) => runs !== undefined)
  const said = turns
    .slice(0, filing < 0 ? turns.length : filing)
    .map(({ says, presses }) => says ?? presses)
    .filter(line => line !== undefined)
  return filing < 0 ? said : said.slice(0, -1)
}

/** The plainest transcript of the flow: a mother before birth, one answer to each question. */
export function birthRegistrationAnswers(): string[] {
  const file = path.join(root, 'flows', 'birth-registration', 'transcripts', 'expecting.yaml')
  return ordinaryTurns(readFileSync(file, 'utf8'))
}
