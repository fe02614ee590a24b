import { z } from 'zod'
import type { TurnInput } from '../../conversation/types.ts'
import { json, problem } from '../answer.ts'
import { jsonBody, noQuery, zKey, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { cleanImage } from '../imageCleaning.ts'
import { botRoute, type Route } from '../route.ts'
import { turnSchema } from '../schemas.ts'
import { TEXT_LIMIT } from './chat.ts'
import { UPLOAD_LIMIT } from './uploads.ts'

const silent = { replies: [], state: { sessionId: null, flow: null, revision: null, step: null, done: false } }

/** Base64 makes four signs of three bytes. */
const PHOTO_SIGNS = Math.ceil(UPLOAD_LIMIT / 3) * 4
/** What stands around a photo in the body. */
const AROUND = 16 * 1024

const turnBody = z
  .strictObject({
    messageId: zKey,
    senderId: zText(128, 1),
    text: zText(TEXT_LIMIT, 1).optional(),
    photo: z.base64().max(PHOTO_SIGNS).optional(),
    place: z
      .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
      .optional(),
    mention: z.boolean().optional(),
  })
  .refine(({ text, photo }) => (text === undefined) !== (photo === undefined), { path: ['text'] })

type TurnBody = z.infer<typeof turnBody>

const turns = botRoute({
  method: 'POST',
  path: '/api/bot/turns',
  summary: '机器人转来的一句话、一张照片或一个位置。mention：群里是否点了名；没点名的不答，单聊不带此项',
  body: jsonBody(turnBody, PHOTO_SIGNS + AROUND),
  query: noQuery,
  response: { description: '回答与会话状态', schema: turnSchema },
  handler: async ({ edge, body }) => {
    if (body.mention === false) return json(silent)
    const at = edge.world.now()
    if (!edge.limits('turns', `bot:${body.senderId}`, at)) return problem('tooManyRequests')
    const heard = await heardIn(edge, body)
    if (!heard) return problem('badImage')
    const answer = await edge.app.takeTurn({
      address: { channel: 'bot', sender: body.senderId, messageKey: body.messageId },
      ...heard,
      receivedAt: at,
      passiveBudgetMs: null,
    })
    return json({ replies: answer.replies, state: answer.state })
  },
})

/** Null: the photo is none. */
async function heardIn(
  edge: Edge,
  { text, place, photo, senderId }: TurnBody,
): Promise<{ input: TurnInput; said: string } | null> {
  if (text !== undefined) return { input: { kind: 'text', text, ...(place ? { place } : {}) }, said: text }
  const image = cleanImage(Buffer.from(photo ?? '', 'base64'))
  if (!image) return null
  const at = edge.world.now()
  const mediaId = edge.world.newId()
  const residentId = await edge.auth.residentBySender({ channel: 'bot', sender: senderId, at })
  await edge.auth.saveUpload({ id: mediaId, residentId, mimeType: image.mimeType, bytes: image.bytes, at })
  return { input: { kind: 'media', mediaId, mediaType: 'image' }, said: '[图片]' }
}

export const botRoutes: Route[] = [turns]
