import type { Sentences } from './sentences.ts'

/** The part of a reply of the service that a chat of plain text can show. */
export interface BotReply {
  text: string
  choices?: { key: string; label: string }[] | undefined
  /** What is asked for: a signature cannot be given in a chat. */
  input?: { type: string } | undefined
  url?: string | undefined
}

/** One reply as plain text: choices as a numbered list, an address on its own line. */
export function replyText(reply: BotReply, sentences: Sentences): string {
  const lines = [reply.text]
  const choices = reply.choices ?? []
  choices.forEach((choice, index) => lines.push(`${index + 1}. ${choice.label}`))
  if (choices.length > 0) lines.push(sentences.chooseByNumber)
  if (reply.url?.startsWith('http')) lines.push(reply.url)
  return lines.join('\n')
}
