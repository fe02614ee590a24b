import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeIdentities, type Identities } from '../../src/app/officer/identities.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

let database: TestDatabase
let service: Instance
let identities: Identities
let county: Officer
let village: Officer
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  identities = makeIdentities(service.parts)
  county = await service.appoint('the-county', 'county', '420702')
  village = await service.appoint('the-village', 'village', '420702104212')
})
afterAll(() => database?.close())

const binding = (officer: Officer, sender: string) => ({ username: officer.username, channel: 'wecom', sender })
const notFound = { ok: false, refusal: { code: 'notFound' } }

test('the county binds a member to an officer, who from then on speaks as that officer; the trail says who did it', async () => {
  const sender = randomUUID()
  const bound = await identities.bind(county, binding(village, sender))
  expect(bound).toMatchObject({ ok: true, value: [{ channel: 'wecom', sender }] })
  expect((await service.kept.auth.officerBySender('wecom', sender))?.id).toBe(village.id)
  const [row] = await database.sql(
    `select actor->>'id' as by, detail::text as detail from audit where action = 'officer.bind' order by at desc limit 1`,
  )
  expect(row?.['by']).toBe(county.id)
  expect(String(row?.['detail'])).toContain('byAdministrator')
  expect(String(row?.['detail'])).not.toContain(sender)
})

test('a chat that is somebody’s is not given away under his feet', async () => {
  const other = await service.appoint('the-other', 'village', '420702104213')
  const sender = randomUUID()
  await identities.bind(county, binding(village, sender))
  expect(await identities.bind(county, binding(other, sender))).toEqual({
    ok: false,
    refusal: { code: 'taken', heldBy: 'the-village' },
  })
  expect(await identities.unbind(county, binding(village, sender))).toMatchObject({ ok: true })
  expect(await identities.unbind(county, binding(village, sender))).toEqual(notFound)
  expect(await identities.bind(county, binding(other, sender))).toMatchObject({ ok: true })
})

test('unbinding ends the sessions into which that chat may have led', async () => {
  const sender = randomUUID()
  const at = database.world.now()
  const tokenHash = service.parts.hashToken(randomUUID())
  await identities.bind(county, binding(village, sender))
  const session = { tokenHash, officerId: village.id, csrfToken: 'c', at, expiresAt: at + 60_000 }
  await service.kept.auth.openOfficerSession(session)
  expect(await service.kept.auth.officerSession(tokenHash, at)).not.toBeNull()
  await identities.unbind(county, binding(village, sender))
  expect(await service.kept.auth.officerSession(tokenHash, at)).toBeNull()
})

test('officers of another county, and who is no county, are out of reach', async () => {
  const foreign = await service.appoint('the-foreign', 'village', '420703101201')
  const sender = randomUUID()
  expect(await identities.bind(county, binding(foreign, sender))).toEqual(notFound)
  expect(await identities.list(county, 'the-foreign')).toEqual(notFound)
  expect(await identities.bind(village, binding(village, sender))).toEqual(notFound)
  expect(await identities.list(county, 'nobody')).toEqual(notFound)
  const auditor = await service.appoint('the-auditor', 'auditor', '420702')
  expect(await identities.bind(county, binding(auditor, sender))).toMatchObject({ refusal: { code: 'notAllowed' } })
})

test('a code of the county binds the chat that writes it to exactly that officer, once', async () => {
  const officer = await service.appoint('the-coded', 'village', '420702104212')
  expect(await identities.allowCode(county, 'the-coded')).toMatchObject({ ok: true, value: { id: officer.id } })
  const at = database.world.now()
  const code = { codeHash: service.parts.hashToken('314159'), officerId: officer.id, at, expiresAt: at + 600_000 }
  await service.kept.auth.storeBindingCode(code)
  for (const channel of ['wechat-official', 'bot', 'wecom'] as const) {
    const sender = `${channel}-${randomUUID()}`
    const { replies } = await service.say(sender, '绑定 314159', channel)
    const isFirst = channel === 'wechat-official'
    expect(JSON.stringify(replies)).toContain(isFirst ? '绑定好了' : '绑定码不对')
    expect((await service.kept.auth.officerBySender(channel, sender))?.id).toBe(isFirst ? officer.id : undefined)
  }
  const [bound] = await identities.list(county, 'the-coded').then(found => (found.ok ? found.value : []))
  expect(bound).toMatchObject({ channel: 'wechat-official' })
  const unbind = { username: 'the-coded', channel: 'wechat-official', sender: bound?.sender ?? '' }
  expect(await identities.unbind(county, unbind)).toEqual({ ok: true, value: [] })
})

test('no code for officers of another county, for auditors, and for who left; each code is written down', async () => {
  expect(await identities.allowCode(county, 'the-foreign')).toEqual(notFound)
  expect(await identities.allowCode(village, 'the-village')).toEqual(notFound)
  expect(await identities.allowCode(county, 'the-auditor')).toMatchObject({ refusal: { code: 'notAllowed' } })
  const noted = await database.sql(`select object_id from audit where action = 'officer.bindingCode'`)
  expect(noted).toHaveLength(1)
})
