import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeEvidenceDesk, type EvidenceDesk } from '../../src/app/evidence/evidenceDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* What an officer says of a task on his own page. */

let database: TestDatabase
let service: Instance
let desk: EvidenceDesk
let holder: Officer
let far: Officer
let taskId: string

const said = { mimeType: 'audio/webm' as const, seconds: 12, bytes: new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 7, 7, 7]) }

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  desk = makeEvidenceDesk(service.parts)
  holder = await service.appoint('holder', 'county', '420702')
  far = await service.appoint('far', 'town', '420704108')
  const sender = randomUUID()
  for (const text of ['生育登记', '孩子妈妈', '同意', '李秀英', '人工']) await service.say(sender, text)
  const { items } = await service.app.officer.tasks(holder, { limit: 1 })
  taskId = items[0]?.id ?? ''
})
afterAll(() => database?.close())

test('is taken only of a task that he holds', async () => {
  expect(await desk.addVoice(holder, taskId, said)).toMatchObject({ refusal: { code: 'notAllowed' } })
  expect(await desk.addVoice(far, taskId, said)).toMatchObject({ refusal: { code: 'notFound' } })
  await service.app.officer.lease(holder, taskId, null)
  const other = await service.appoint('other', 'county', '420702')
  expect(await desk.addVoice(other, taskId, said)).toEqual({
    ok: false,
    refusal: { code: 'notAllowed', heldBy: holder.name },
  })
  expect(await desk.addVoice(holder, taskId, said)).toMatchObject({ ok: true })
})

test('is heard again by who sees the task, with a line in the audit, and by nobody else', async () => {
  const listed = await desk.list(holder, taskId)
  const [note] = listed.ok ? listed.value : []
  expect(note).toMatchObject({
    by: holder.name,
    evidence: { piece: { kind: 'voice', mimeType: 'audio/webm', seconds: 12 } },
  })
  const id = note?.evidence.id ?? ''
  const heard = await desk.open(holder, { taskId, id })
  expect(heard.ok && heard.value.kind === 'sound' && [...heard.value.sound.bytes]).toEqual([...said.bytes])
  expect(await desk.open(far, { taskId, id })).toMatchObject({ refusal: { code: 'notFound' } })
  const looks = await database.sql(
    `select detail from audit where action = 'task.evidenceSeen' and object_id = '${taskId}'`,
  )
  expect(looks).toHaveLength(1)
  const seen = (regionCode: string) =>
    service.kept.store.transaction({ kind: 'officer', officerId: 'nobody', regionCode }, tx => tx.evidence.sound(id))
  expect(await seen('420704')).toBeNull()
  expect(await seen('420702')).not.toBeNull()
})

test('a photo of his own page lies with the task like a note: sealed, for who sees the task, of what he holds', async () => {
  const bytes = new Uint8Array([0xff, 0xd8, 0xff, 7, 7, 7, 7, 7])
  const taken = { mimeType: 'image/jpeg' as const, bytes }
  expect(await desk.addPicture(far, taskId, taken)).toMatchObject({ refusal: { code: 'notFound' } })
  const added = await desk.addPicture(holder, taskId, taken)
  const id = added.ok ? added.value.id : ''
  const listed = await desk.list(holder, taskId)
  expect(listed.ok && listed.value.at(-1)?.evidence.piece).toEqual({
    kind: 'photo',
    upload: null,
    lost: false,
    own: true,
  })
  const opened = await desk.open(holder, { taskId, id })
  expect(opened.ok && opened.value.kind === 'picture' && [...opened.value.picture.bytes]).toEqual([...bytes])
  expect(await desk.open(far, { taskId, id })).toMatchObject({ refusal: { code: 'notFound' } })
  const seen = (regionCode: string) =>
    service.kept.store.transaction({ kind: 'officer', officerId: 'nobody', regionCode }, tx => tx.evidence.picture(id))
  expect(await seen('420704')).toBeNull()
  expect(await seen('420702')).not.toBeNull()
  const [row] = await database.sql('select bytes from evidence_picture')
  const kept = row?.['bytes']
  expect(kept instanceof Buffer && !kept.includes(Buffer.from(bytes))).toBe(true)
})

test('lies sealed in the database', async () => {
  const [row] = await database.sql('select bytes from evidence_sound')
  const bytes = row?.['bytes']
  expect(bytes instanceof Buffer && bytes.length > said.bytes.length && !bytes.includes(Buffer.from(said.bytes))).toBe(
    true,
  )
})
