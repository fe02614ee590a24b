import { z } from 'zod'
import type { SurveyView } from '../../app/surveys/surveyDesk.ts'
import { surveyPath } from '../../app/surveys/surveyLink.ts'
import { json, problem, type Answer } from '../answer.ts'
import { jsonBody, noBody, queryOf, zText, type BodyReader } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { networkOf, type Incoming } from '../incoming.ts'
import { openRoute, type Route } from '../route.ts'
import { keptSurveySchema, surveyJson, surveySchema } from '../surveySchemas.ts'
import { surveyMessage, surveyPage } from '../surveyPage.ts'

const zSlot = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
/** Longer than any free words that a questionnaire takes, and not so long that somebody fills a disk with it. */
const LONGEST_WORDS = 2000
const zAnswer = z.union([zText(LONGEST_WORDS), z.array(zText(100)).max(20), z.null()])

/** What was answered, and what is to be done with it. */
const givenSchema = z.strictObject({
  answers: z.record(zSlot, zAnswer).default({}),
  finish: z.boolean().default(false),
  decline: z.boolean().default(false),
})
type SurveyGiven = z.infer<typeof givenSchema>

const FORM_LIMIT = 32 * 1024
const asJson = jsonBody(givenSchema, FORM_LIMIT)

/** A page without script sends a form; programs send JSON. */
const given: BodyReader<SurveyGiven> = {
  schema: givenSchema,
  read: incoming => (isForm(incoming) ? readForm(incoming) : asJson.read(incoming)),
}

const isForm = ({ header }: Incoming) => /^application\/x-www-form-urlencoded\b/i.test(header('content-type'))

async function readForm(incoming: Incoming): ReturnType<BodyReader<SurveyGiven>['read']> {
  const bytes = await incoming.body(FORM_LIMIT)
  if (bytes === 'tooLarge') return { ok: false, answer: problem('tooLarge') }
  const form = new URLSearchParams(new TextDecoder().decode(bytes))
  const wish = form.get('do')
  // A browser sends line breaks as CRLF, whatever was typed.
  const values = form.getAll('v').map(value => value.replaceAll('\r\n', '\n'))
  const slot = form.get('q')
  const answer = wish === 'skip' ? null : values.length > 1 ? values : (values[0] ?? '')
  const read = givenSchema.safeParse({
    answers: slot === null ? {} : { [slot]: answer },
    ...{ finish: wish === 'finish', decline: wish === 'decline' },
  })
  return read.success ? { ok: true, value: read.data } : { ok: false, answer: problem('badInput', { fields: ['v'] }) }
}

const open = openRoute({
  method: 'GET',
  path: '/s/:token',
  summary:
    '问卷：网页（没有脚本，老手机也能打开），或 Accept: application/json。凭链接，不用登录；错的、过期的链接各有说明',
  body: noBody,
  query: queryOf(
    z.strictObject({
      q: zSlot.optional(),
      again: z.literal('1').optional(),
      done: z.enum(['finished', 'declined']).optional(),
    }),
  ),
  response: { description: '问卷和已经答的', schema: surveySchema },
  handler: async ({ edge, incoming, query }) => {
    if (!mayCall(edge, incoming)) return message(edge, incoming, 'tooManyRequests')
    const view = await edge.surveys.open(tokenOf(incoming))
    if (!view) return message(edge, incoming, 'unknown')
    if (wantsJson(incoming)) return json(surveyJson(view, wordsOf(edge, incoming)))
    const { q: at = null, again, done = null } = query
    return html(edge, incoming, view, { at, again: again === '1', done })
  },
})

const answer = openRoute({
  method: 'POST',
  path: '/s/:token',
  summary: '答问卷：存下来，或者交上去（一户一份，交了不能再改），或者不参加。表单回到网页，JSON 回 JSON',
  body: given,
  query: queryOf(z.strictObject({})),
  response: { description: '怎么样了', schema: keptSurveySchema },
  handler: async ({ edge, incoming, body }) => {
    if (!mayCall(edge, incoming)) return message(edge, incoming, 'tooManyRequests')
    return body.decline ? decline(edge, incoming) : keep(edge, incoming, body)
  },
})

async function decline(edge: Edge, incoming: Incoming): Promise<Answer> {
  const view = await edge.surveys.decline(tokenOf(incoming))
  if (!view) return message(edge, incoming, 'unknown')
  if (isForm(incoming)) return backTo(incoming, '?done=declined')
  return json({ ...surveyJson(view, wordsOf(edge, incoming)), kept: 'declined', missing: null })
}

async function keep(edge: Edge, incoming: Incoming, { answers, finish }: SurveyGiven): Promise<Answer> {
  const done = await edge.surveys.answer(tokenOf(incoming), { answers, finish })
  if (!done) return message(edge, incoming, 'unknown')
  const { kept, view } = done
  const missing = kept.kind === 'incomplete' ? kept.missing : null
  if (!isForm(incoming)) return json({ ...surveyJson(view, wordsOf(edge, incoming)), kept: kept.kind, missing })
  if (kept.kind === 'finished') return backTo(incoming, '?done=finished')
  const refused = Object.keys(answers).find(slot => view.stand === 'open' && view.answers[slot] === undefined)
  const slot = missing ?? refused
  return backTo(incoming, slot === undefined ? '' : `?q=${slot}&again=1`)
}

const tokenOf = ({ params }: Incoming): string => params['token'] ?? ''

/** Guesses are hopeless at 256 bits; what is limited is the work that somebody makes us. */
const mayCall = (edge: Edge, incoming: Incoming): boolean =>
  edge.limits('survey', networkOf(incoming.ip), edge.world.now()) &&
  edge.limits('surveyLink', tokenOf(incoming).slice(0, 64), edge.world.now())

const wantsJson = ({ header }: Incoming): boolean => /\bapplication\/json\b/.test(header('accept'))

const wordsOf = (edge: Edge, { language }: Incoming) => {
  return (key: string, values?: Parameters<Edge['text']>[2]) => edge.text(language, key, values)
}

/** A form that was taken leads to a page, so that going back and loading anew sends nothing twice. */
function backTo(incoming: Incoming, query: string): Answer {
  return { status: 303, headers: { location: surveyPath(tokenOf(incoming)) + query }, body: null }
}

function html(
  edge: Edge,
  incoming: Incoming,
  view: SurveyView,
  shown: { at: string | null; again: boolean; done: 'finished' | 'declined' | null },
): Answer {
  const words = wordsOf(edge, incoming)
  const path = surveyPath(tokenOf(incoming))
  return pageAnswer(200, surveyPage(view, { ...shown, words, language: incoming.language, path }))
}

function message(edge: Edge, incoming: Incoming, name: 'unknown' | 'tooManyRequests'): Answer {
  const told = problem(name === 'unknown' ? 'notFound' : name)
  if (wantsJson(incoming) || (incoming.method === 'POST' && !isForm(incoming))) return told
  return pageAnswer(told.status, surveyMessage(name, { words: wordsOf(edge, incoming), language: incoming.language }))
}

function pageAnswer(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', vary: 'accept, accept-language' }, body }
}

export const surveyRoutes: Route[] = [open, answer]
