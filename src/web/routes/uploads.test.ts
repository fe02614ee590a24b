import { afterEach, beforeEach, expect, test } from 'vitest'
import { uploadSchema } from '../schemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

/** One pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let web: TestWeb
let resident: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  resident = await web.resident()
})
afterEach(() => web.close())

const send = (body: BodyInit, type?: string) =>
  web.call('/api/uploads', {
    method: 'POST',
    body,
    headers: type === undefined ? resident : { ...resident, 'content-type': type },
  })

test('a photo is stored and given back to its owner only, as a download without power', async () => {
  const { mediaId } = uploadSchema.parse(await (await send(png, 'image/png')).json())
  const own = await web.call(`/api/uploads/${mediaId}`, { headers: resident })
  expect(own.headers.get('content-type')).toBe('image/png')
  expect(own.headers.get('content-disposition')).toBe('attachment')
  expect(own.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(Buffer.from(await own.arrayBuffer()).equals(png)).toBe(true)
  expect((await web.call(`/api/uploads/${mediaId}`, { headers: await web.resident() })).status).toBe(404)
})

test('the form of the mini-program is taken, with one file in it', async () => {
  const form = new FormData()
  form.append('file', new Blob([png]), '../../etc/passwd.png')
  expect((await send(form)).status).toBe(200)
  form.append('second', new Blob([png]), 'b.png')
  expect((await send(form)).status).toBe(415)
  expect(web.auth.uploads.size).toBe(1)
})

test.each([
  ['a script called png', '<script>1</script>', 'image/png', 415, 'badImage'],
  ['another type', 'GIF89a', 'image/gif', 415, 'wrongMediaType'],
  ['a form that is none', 'nothing', 'multipart/form-data; boundary=x', 415, 'wrongMediaType'],
  ['more than 10 MB', 'x'.repeat(10 * 1024 * 1024 + 1), 'image/jpeg', 413, 'tooLarge'],
])('%s is refused and not kept', async (_, body, type, status, code) => {
  const response = await send(body, type)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ code })
  expect(web.auth.uploads.size).toBe(0)
})
