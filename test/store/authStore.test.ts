import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import type { OpenStore } from '../../src/store/openStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { addressOf, turnAfter } from './turns.ts'

let db: TestDatabase
let open: OpenStore
beforeAll(async () => {
  db = await testDatabase()
  open = db.open()
})
afterAll(() => db?.close())

const at = 1_800_000_000_000
const minutes = (n: number) => n * 60_000
const hash = () => createHash('sha256').update(randomBytes(8)).digest()

async function newOfficer(username: string, regionCode = '420702104212', role: Officer['role'] = 'village') {
  const officer: Officer = {
    id: `id-${username}`,
    username,
    name: '王建国',
    role,
    regionCode,
    officePhone: null,
    disabled: false,
  }
  const id = await open.officers.upsert({ officer, passwordHash: 'hash', totpSecret: 'SECRET', at })
  return { ...officer, id }
}

describe('an officer', () => {
  test('is found by user name, with his second factor readable to the service alone', async () => {
    const officer = await newOfficer('found')
    expect(await open.auth.officerByUsername('found')).toEqual({
      officer,
      passwordHash: 'hash',
      totpSecret: 'SECRET',
      failures: 0,
      lockedUntil: null,
    })
    expect(await open.auth.officerByUsername('nobody')).toBeNull()
    expect(JSON.stringify(await db.sql(`select encode(totp_secret, 'escape') as t from officer`))).not.toContain(
      'SECRET',
    )
  })

  test('leaves a line in the audit trail for each log-in and each refusal', async () => {
    const { id } = await newOfficer('watched')
    await open.auth.noteLogin(id, false, at)
    await open.auth.noteLogin(id, true, at + 1)
    const lines = await db.sql(`select action, actor, region_code from audit where object_id = $1 order by seq`, [id])
    const actor = { kind: 'officer', id, role: 'village', regionCode: '420702104212' }
    expect(lines).toEqual([
      { action: 'officer.loginRefused', actor, region_code: '420702104212' },
      { action: 'officer.login', actor, region_code: '420702104212' },
    ])
  })

  test('keeps his id when the account is brought up to date', async () => {
    const { id } = await newOfficer('again')
    const changed: Officer = {
      id: 'other',
      username: 'again',
      name: '李春花',
      role: 'town',
      regionCode: '420702104',
      officePhone: null,
      disabled: false,
    }
    expect(await open.officers.upsert({ officer: changed, passwordHash: 'new', totpSecret: null, at })).toBe(id)
    expect(await open.auth.officerByUsername('again')).toMatchObject({ officer: { name: '李春花' }, totpSecret: null })
  })

  test('is locked for a quarter of an hour at the fifth failure, and free after a success', async () => {
    const { id } = await newOfficer('locked')
    for (let i = 0; i < 4; i++) await open.auth.noteLogin(id, false, at)
    expect(await open.auth.officerByUsername('locked')).toMatchObject({ failures: 4, lockedUntil: null })
    await open.auth.noteLogin(id, false, at)
    expect(await open.auth.officerByUsername('locked')).toMatchObject({ failures: 5, lockedUntil: at + minutes(15) })
    await open.auth.noteLogin(id, true, at)
    expect(await open.auth.officerByUsername('locked')).toMatchObject({ failures: 0, lockedUntil: null })
  })

  test('stays logged in while he works, not after a quarter of an hour of silence, nor past the end', async () => {
    const { id } = await newOfficer('session')
    const tokenHash = hash()
    await open.auth.openOfficerSession({ tokenHash, officerId: id, csrfToken: 'c', at, expiresAt: at + minutes(60) })
    for (const later of [10, 20, 30, 40])
      expect(await open.auth.officerSession(tokenHash, at + minutes(later))).toMatchObject({ csrfToken: 'c' })
    expect(await open.auth.officerSession(tokenHash, at + minutes(56))).toBeNull()
    const second = hash()
    await open.auth.openOfficerSession({
      tokenHash: second,
      officerId: id,
      csrfToken: 'c',
      at,
      expiresAt: at + minutes(10),
    })
    expect(await open.auth.officerSession(second, at + minutes(11))).toBeNull()
    expect(await open.auth.officerSession(hash(), at)).toBeNull()
  })

  test('is out at once when he logs off or is disabled', async () => {
    const officer = await newOfficer('out')
    const [one, two] = [hash(), hash()]
    for (const tokenHash of [one, two])
      await open.auth.openOfficerSession({
        tokenHash,
        officerId: officer.id,
        csrfToken: 'c',
        at,
        expiresAt: at + minutes(60),
      })
    await open.auth.endOfficerSession(one)
    expect(await open.auth.officerSession(one, at)).toBeNull()
    await open.officers.upsert({ officer: { ...officer, disabled: true }, passwordHash: 'hash', totpSecret: null, at })
    expect(await open.auth.officerSession(two, at)).toBeNull()
  })

  test('binds a chat sender with a code that works once and not too late', async () => {
    const { id } = await newOfficer('bound')
    const [code, late] = [hash(), hash()]
    await open.auth.storeBindingCode({ codeHash: code, officerId: id, at, expiresAt: at + minutes(5) })
    await open.auth.storeBindingCode({ codeHash: late, officerId: id, at, expiresAt: at + minutes(5) })
    const redeem = (codeHash: Buffer, when: number) =>
      open.officers.redeem({ codeHash, channel: 'web', sender: 'chat', at: when })
    expect(await redeem(late, at + minutes(6))).toBeNull()
    expect(await redeem(code, at)).toMatchObject({ id })
    expect(await redeem(code, at)).toBeNull()
    expect((await open.store.turns.open(addressOf('chat', 'm'), at)).resident.officerId).toBe(id)
  })

  test('for a village is its own officer, else the town, else the county', async () => {
    await newOfficer('v', '330100100001')
    await newOfficer('t', '330100100', 'town')
    await newOfficer('k', '330100', 'county')
    await newOfficer('au', '330100', 'auditor')
    const forRegion = (code: string) => open.store.transaction({ kind: 'system' }, tx => tx.officers.forRegion(code))
    expect((await forRegion('330100100001'))?.username).toBe('v')
    expect((await forRegion('330100100002'))?.username).toBe('t')
    expect((await forRegion('330100200001'))?.username).toBe('k')
    expect(await forRegion('999999999999')).toBeNull()
  })
})

describe('a resident', () => {
  test('is the same person on every log-in, and on two channels with one union id', async () => {
    const session = (channel: 'web' | 'miniprogram' | 'wechat-official', sender: string, unionId: string | null) => ({
      tokenHash: hash(),
      channel,
      sender,
      unionId,
      at,
      expiresAt: at + minutes(60),
    })
    const first = session('miniprogram', 'mini', 'union')
    const { residentId } = await open.auth.openResidentSession(first)
    expect(await open.auth.openResidentSession(session('miniprogram', 'mini', 'union'))).toEqual({ residentId })
    expect(await open.auth.openResidentSession(session('wechat-official', 'oa', 'union'))).toEqual({ residentId })
    expect((await open.auth.openResidentSession(session('web', 'guest', null))).residentId).not.toBe(residentId)
    expect(
      (await open.store.turns.open({ channel: 'wechat-official', sender: 'oa', messageKey: 'x' }, at)).resident.id,
    ).toBe(residentId)
    expect(await open.auth.residentSession(first.tokenHash, at)).toEqual({
      residentId,
      channel: 'miniprogram',
      sender: 'mini',
    })
    expect(await open.auth.residentSession(first.tokenHash, at + minutes(61))).toBeNull()
  })

  test('sees what was said, oldest first, and what the service sent by itself, each once', async () => {
    const address = addressOf('talker', 'm1')
    const opened = await open.store.turns.open(address, at)
    const first = { ...turnAfter(opened, address, db.world, { said: '生育登记', delivery: 'outbox' }), at }
    await open.store.turns.commit(first)
    const replies = [{ id: 'r', kind: 'text' as const, text: '已办结' }]
    await open.store.transaction({ kind: 'system' }, tx =>
      tx.outbox.add({
        id: 'sent-1',
        residentId: opened.resident.id,
        channel: 'web',
        sender: 's',
        replies,
        dedupeKey: 'd',
        critical: true,
        notBefore: at,
        createdAt: at + 1000,
      }),
    )
    const history = await open.auth.history(opened.resident.id, null, 10)
    expect(history.map(entry => entry.text ?? entry.replies[0]?.text)).toEqual([
      '生育登记',
      '请问预产期是哪一天？',
      '已办结',
    ])
    expect(await open.auth.history(opened.resident.id, at, 10)).toEqual([])
    expect(await open.store.transaction({ kind: 'system' }, tx => tx.turns.addressOf(opened.resident.id))).toEqual({
      channel: 'web',
      sender: 'talker',
    })
  })

  test('reads messages of one moment in the order of their writing, and none is lost between two pages', async () => {
    const opened = await open.store.turns.open(addressOf('reader', 'm1'), at)
    const residentId = opened.resident.id
    await open.store.transaction({ kind: 'system' }, async tx => {
      for (const [n, text] of ['旧', '已办结', '请评价', '谢谢'].entries())
        await tx.outbox.add({
          id: `read-${9 - n}`,
          residentId,
          channel: 'web',
          sender: 'reader',
          replies: [{ id: 'r', kind: 'text', text }],
          dedupeKey: `read-${n}`,
          critical: false,
          notBefore: at,
          createdAt: n === 0 ? at - 1 : n === 3 ? at + 1 : at,
        })
    })
    const texts: (string | undefined)[] = []
    let before: number | null = null
    for (let pages = 0; pages < 3; pages++) {
      const page = await open.auth.history(residentId, before, pages === 0 ? 2 : 1)
      texts.unshift(...page.map(entry => entry.replies[0]?.text))
      before = page[0]?.at ?? 0
    }
    expect(texts).toEqual(['旧', '已办结', '请评价', '谢谢'])
  })

  test('gets back the picture he sent, and nobody reads it in the table', async () => {
    const { resident } = await open.store.turns.open(addressOf('painter', 'm'), at)
    const bytes = Buffer.from('a picture')
    await open.auth.saveUpload({ id: 'up', residentId: resident.id, mimeType: 'image/png', bytes, at })
    expect(await open.auth.upload('up')).toEqual({ residentId: resident.id, mimeType: 'image/png', bytes })
    expect(await open.auth.upload('none')).toBeNull()
    expect(JSON.stringify(await db.sql(`select encode(bytes, 'escape') as t from upload`))).not.toContain('picture')
  })
})
