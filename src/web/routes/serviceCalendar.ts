import { z } from 'zod'
import type { CalendarView } from '../../app/calendarView.ts'
import type { Language } from '../../conversation/types.ts'
import { json } from '../answer.ts'
import { noBody, noQuery } from '../decode.ts'
import { residentRoute, type Route } from '../route.ts'

const item = z.strictObject({
  id: z.string(),
  from: z.iso.date(),
  until: z.iso.date().nullable(),
  text: z.string(),
  source: z.strictObject({
    document: z.string(),
    checked: z.iso.date(),
    weight: z.enum(['law', 'official', 'media', 'product']),
  }),
})

const schema = z.strictObject({
  running: z.array(
    z.strictObject({
      applicationNumber: z.string(),
      expecting: z.boolean(),
      birth: z.iso.date(),
      items: z.array(item),
    }),
  ),
  offer: z.boolean(),
})

const own = residentRoute({
  method: 'GET',
  path: '/api/service-calendar',
  summary: '我的服务日历：后面什么时候办什么，每件事的依据；offer 表示有登记还没开。停用见 /api/privacy/withdrawals',
  body: noBody,
  query: noQuery,
  response: { description: '正在用的日历，新的孩子在前', schema },
  handler: async ({ edge, caller, incoming }) => {
    const { running, offer } = await edge.app.resident.calendars(caller.residentId)
    return json({ running: running.map(calendar => calendarJson(calendar, incoming.language)), offer })
  },
})

function calendarJson({ applicationNumber, expecting, birth, items }: CalendarView, language: Language) {
  return {
    ...{ applicationNumber, expecting, birth },
    items: items.map(({ item: { id, text, source }, from, until }) => ({
      ...{ id, from, until, text: text[language] },
      source: { document: source.document, checked: source.checked, weight: source.weight },
    })),
  }
}

export const serviceCalendarRoutes: Route[] = [own]
