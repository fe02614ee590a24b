import type { MessageDesk, ShownMessage } from '../../app/messages/messageDesk.ts'
import type { MessageTemplate } from '../../domain/message/template.ts'
import type { FakeApp } from './fakeApp.ts'
import { sampleMessage } from './sampleMessage.ts'

const miniForm: MessageTemplate = {
  way: 'miniSubscription',
  key: 'app.*',
  templateId: 'mini-form-mini-form',
  consent: 'once',
  fields: { thing1: '{text}' },
  page: null,
}

const notFound = { ok: false, refusal: { code: 'notFound' } } as const

/** Answers the sample for `household-1` and `application-1`; everything else is not there. */
export function fakeMessages(app: Pick<FakeApp, 'asked'>): MessageDesk {
  const of = (name: string, known: string) => async (_officer: unknown, id: string) => {
    app.asked.push([name, { id }])
    return id === known ? ({ ok: true, value: [sampleMessage] satisfies ShownMessage[] } as const) : notFound
  }
  return {
    templates: [miniForm],
    ofHousehold: of('messagesOfHousehold', 'household-1'),
    ofApplication: of('messagesOfApplication', 'application-1'),
  }
}
