import { call, type Answer, type Send } from './answer.ts'
import { fields, list, textOrNull } from './decode.ts'

/** Forms of messages that a person may allow: ids for the platform's own card, or the page on which it asks. */
export interface MessageForms {
  card: string[]
  page: string | null
}

/** Nothing to ask for, or no answer: then nothing is asked. */
export async function messageForms(send: Send): Promise<MessageForms> {
  const answer: Answer<MessageForms> = await call(send, { method: 'GET', path: '/api/message-forms' }, value => {
    const from = fields(value)
    const card = list(from['card'], id => (typeof id === 'string' ? id : ''))
    return { card: card.filter(id => id !== ''), page: textOrNull(from, 'page') }
  })
  return answer.ok ? answer.value : { card: [], page: null }
}
