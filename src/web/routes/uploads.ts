import { json, problem, uploaded } from '../answer.ts'
import { noBody, noQuery, rawBody } from '../decode.ts'
import { cleanImage } from '../imageCleaning.ts'
import type { Incoming } from '../incoming.ts'
import { residentRoute, type Route } from '../route.ts'
import { uploadSchema } from '../schemas.ts'

/** A phone's photo has 3 to 8 MB. */
export const UPLOAD_LIMIT = 10 * 1024 * 1024
/** Boundaries and headers around a file in a form. */
const FORM_OVERHEAD = 16 * 1024

const upload = residentRoute({
  method: 'POST',
  path: '/api/uploads',
  summary: '上传照片：image/jpeg 或 image/png 原始内容，或表单中的一个文件；位置等附加信息会被去掉',
  body: rawBody(UPLOAD_LIMIT + FORM_OVERHEAD),
  query: noQuery,
  response: { description: '媒体编号', schema: uploadSchema },
  handler: async ({ edge, caller, incoming, body }) => {
    const at = edge.world.now()
    if (!edge.limits('uploads', caller.residentId, at)) return problem('tooManyRequests')
    const file = await fileIn(incoming, body)
    if (!file) return problem('wrongMediaType')
    if (file.length > UPLOAD_LIMIT) return problem('tooLarge')
    const image = cleanImage(file)
    if (!image) return problem('badImage')
    const id = edge.world.newId()
    await edge.auth.saveUpload({ id, residentId: caller.residentId, mimeType: image.mimeType, bytes: image.bytes, at })
    return json({ mediaId: id })
  },
})

// The mini-program can only send forms, the page sends the picture itself.
async function fileIn(incoming: Incoming, body: Uint8Array): Promise<Uint8Array | null> {
  const type = incoming.header('content-type')
  if (/^image\/(jpeg|png)\s*(;|$)/i.test(type)) return body
  if (!/^multipart\/form-data\s*;/i.test(type)) return null
  const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } })
    .formData()
    .catch((error: unknown) => {
      if (error instanceof TypeError) return null // not well-formed
      throw error
    })
  const files = form ? [...form.values()].filter(value => typeof value !== 'string') : []
  return files.length === 1 && files[0] ? new Uint8Array(await files[0].arrayBuffer()) : null
}

const own = residentRoute({
  method: 'GET',
  path: '/api/uploads/:id',
  summary: '自己上传的照片',
  body: noBody,
  query: noQuery,
  response: { description: '照片', mediaType: 'image/jpeg' },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.auth.upload(incoming.params['id'] ?? '')
    if (found?.residentId !== caller.residentId) return problem('notFound')
    return uploaded(found)
  },
})

export const uploadRoutes: Route[] = [upload, own]
