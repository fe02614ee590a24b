import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeOwnAccount, resetByOperator, type OwnAccount } from '../../src/app/officer/ownAccount.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { accountSecrets, totpCode } from '../../src/runtime/password.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/** Cheap, for tests alone: the first sign of a hash. */
const secrets = {
  ...accountSecrets,
  verify: async (password: string, stored: string) => stored === `plain:${password}`,
  hash: async (password: string) => `plain:${password}`,
}

let database: TestDatabase
let service: Instance
/** Two processes on one database. */
let one: OwnAccount
let other: OwnAccount
let now: number
const world = () => ({ ...database.world, now: () => now })
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  now = database.world.now()
  ;[one, other] = [accountOn(service), accountOn(openInstance(database))]
})
afterAll(() => database?.close())

function accountOn({ kept }: Instance): OwnAccount {
  return makeOwnAccount({
    ...{ accounts: kept.accounts, secrets, takeTotpStep: kept.auth.takeTotpStep },
    world: { ...world(), now: () => now },
  })
}

async function appoint(username: string, role: Officer['role'] = 'village'): Promise<Officer> {
  const regionCode = role === 'village' ? '420702104212' : '420702'
  const officer = { id: username, username, name: username, role, regionCode, officePhone: null, disabled: false }
  await service.kept.officers.upsert({ officer, passwordHash: 'plain:right', totpSecret: null, at: now })
  return officer
}

const codeOf = (secret: string) => totpCode(secret, Math.floor(now / 30_000))
const nextCode = (secret: string) => {
  now += 30_000
  return codeOf(secret)
}

async function switchOn(
  officer: Officer,
  keep: Uint8Array = new Uint8Array(),
): Promise<{ secret: string; codes: string[] }> {
  const begun = await one.begin(officer.id, 'right')
  if (!begun.ok) throw new Error(begun.trouble)
  const { secret } = begun.value
  const done = await other.confirm(officer.id, { code: nextCode(secret), keep })
  if (!done.ok) throw new Error(done.trouble)
  return { secret, codes: done.value.recoveryCodes }
}

async function session(officer: Officer, byPlatform = false): Promise<Uint8Array> {
  const tokenHash = createHash('sha256').update(randomBytes(8)).digest()
  const opened = { tokenHash, officerId: officer.id, csrfToken: 'c', at: now, expiresAt: now + 3_600_000 }
  await service.kept.auth.openOfficerSession({ ...opened, byPlatform })
  return tokenHash
}
const isIn = async (tokenHash: Uint8Array) => (await service.kept.auth.officerSession(tokenHash, now)) !== null

const deeds = async (officer: Officer) =>
  (await database.sql('select action from audit where object_id = $1 order by seq', [officer.id])).map(
    ({ action }) => action,
  )

test('a second factor is begun on one process and confirmed on another; neither secret nor codes lie there in plain', async () => {
  const officer = await appoint('factor-a')
  const { secret, codes } = await switchOn(officer)
  expect(await one.look(officer.id)).toEqual({ secondFactor: true, recoveryCodesLeft: 10 })
  expect(new Set(codes).size).toBe(10)
  const kept = await database.sql(
    `select encode(o.totp_secret, 'escape') as secret, string_agg(encode(r.code, 'escape'), ' ') as codes
      from officer o join officer_recovery_code r on r.officer_id = o.id where o.id = $1 group by 1`,
    [officer.id],
  )
  for (const word of [secret, ...codes]) expect(JSON.stringify(kept)).not.toContain(word)
  expect(await deeds(officer)).toEqual(['officer.secondFactorOn'])
})

test('of two who confirm at the same moment one is told the codes', async () => {
  const officer = await appoint('factor-b')
  const begun = await one.begin(officer.id, 'right')
  const code = begun.ok ? nextCode(begun.value.secret) : ''
  const done = await Promise.all([one, other].map(own => own.confirm(officer.id, { code, keep: new Uint8Array() })))
  expect(done.filter(({ ok }) => ok)).toHaveLength(1)
})

test('one code of the phone, and one of the list, opens once, whichever process it is shown to', async () => {
  const officer = await appoint('factor-c')
  const { secret, codes } = await switchOn(officer)
  expect(await one.takeCode(officer.id, codeOf(secret))).toBe(false)
  for (const code of [nextCode(secret), codes[3] ?? '']) {
    const opened = await Promise.all([one.takeCode(officer.id, code), other.takeCode(officer.id, code)])
    expect(opened.filter(Boolean)).toHaveLength(1)
  }
  expect((await one.look(officer.id))?.recoveryCodesLeft).toBe(9)
  expect(await deeds(officer)).toContain('officer.recoveryCode')
})

test('a phone whose clock is wrong is told which way', async () => {
  const officer = await appoint('factor-d')
  const begun = await one.begin(officer.id, 'right')
  const secret = begun.ok ? begun.value.secret : ''
  const at = (minutes: number) => totpCode(secret, Math.floor(now / 30_000) + 2 * minutes)
  const confirm = (code: string) => one.confirm(officer.id, { code, keep: new Uint8Array() })
  expect(await confirm(at(7))).toEqual({ ok: false, trouble: 'clockAhead' })
  expect(await confirm(at(-40))).toEqual({ ok: false, trouble: 'clockBehind' })
})

test('once it is on, a wrong code is a wrong code: nobody learns for which minute it would be right', async () => {
  const officer = await appoint('factor-i')
  const { secret } = await switchOn(officer)
  const code = totpCode(secret, Math.floor(now / 30_000) + 20)
  expect(await one.end(officer.id, { password: 'right', code })).toEqual({ ok: false, trouble: 'wrongCode' })
})

test('when it is switched on, whoever came in elsewhere with the password alone is out', async () => {
  const officer = await appoint('factor-j')
  const [here, there, phone] = [await session(officer), await session(officer), await session(officer, true)]
  await switchOn(officer, here)
  expect(await Promise.all([here, there, phone].map(isIn))).toEqual([true, false, true])
})

test('a lost phone: the county takes the factor off, all sessions end, and it is written down with the reason sealed', async () => {
  const [county, officer] = [await appoint('head', 'county'), await appoint('factor-e')]
  await switchOn(officer)
  const [desk, phone] = [await session(officer), await session(officer, true)]
  expect(await one.reset(officer, county.id, '手机丢了')).toBe(false)
  expect(await one.reset(county, county.id, '手机丢了')).toBe(false)
  expect(await one.reset({ ...county, regionCode: '420704' }, officer.id, '手机丢了')).toBe(false)
  expect(await one.reset(county, officer.id, '手机丢了')).toBe(true)
  expect([await isIn(desk), await isIn(phone)]).toEqual([false, false])
  expect(await one.look(officer.id)).toEqual({ secondFactor: false, recoveryCodesLeft: 0 })
  const [line] = await database.sql(`select actor, detail from audit where action = 'officer.secondFactorReset'`)
  expect(line).toMatchObject({ actor: { id: 'head' }, detail: { reason: expect.not.stringContaining('手机') } })
})

test('an auditor, whom nobody may help by page, is helped by whoever runs the service; that is written down', async () => {
  const [county, auditor] = [await appoint('head-2', 'county'), await appoint('factor-i', 'auditor')]
  await switchOn(auditor)
  const desk = await session(auditor)
  expect(await one.reset(county, auditor.id, '手机丢了')).toBe(false)
  const help = (id: string) =>
    resetByOperator({ accounts: service.kept.accounts, world: world() }, id, '手机和恢复码都丢了，已当面核实')
  expect(await help(auditor.id)).toBe('done')
  expect(await isIn(desk)).toBe(false)
  expect(await one.look(auditor.id)).toEqual({ secondFactor: false, recoveryCodesLeft: 0 })
  const [line] = await database.sql(
    `select actor, detail from audit where action = 'officer.secondFactorReset' and object_id = $1`,
    [auditor.id],
  )
  expect(line).toMatchObject({ actor: { kind: 'system' }, detail: { reason: expect.not.stringContaining('手机') } })
  expect([await help(auditor.id), await help('nobody')]).toEqual(['off', 'unknown'])
})

test('a new password ends the sessions elsewhere and keeps this one', async () => {
  const officer = await appoint('factor-f')
  const [here, there] = [await session(officer), await session(officer)]
  const change = { password: 'right', next: 'a long new one', keep: here }
  expect(await one.changePassword(officer.id, change)).toEqual({ ok: true, value: null })
  expect([await isIn(here), await isIn(there)]).toEqual([true, false])
  expect(await one.changePassword(officer.id, change)).toEqual({ ok: false, trouble: 'wrongPassword' })
})

test('a session says whether two factors stand behind it: the platform’s, or the officer’s own', async () => {
  const officer = await appoint('factor-g')
  const [plain, byPlatform] = [await session(officer), await session(officer, true)]
  const twoFactors = async (tokenHash: Uint8Array) =>
    (await service.kept.auth.officerSession(tokenHash, now))?.twoFactors
  expect([await twoFactors(plain), await twoFactors(byPlatform)]).toEqual([false, true])
  await switchOn(officer, plain)
  expect(await twoFactors(plain)).toBe(true)
})

test('who left has no account to change', async () => {
  const officer = await appoint('factor-h')
  await service.kept.officers.upsert({
    ...{ officer: { ...officer, disabled: true }, passwordHash: 'plain:right', totpSecret: null, at: now },
  })
  expect(await one.look(officer.id)).toBeNull()
  expect(await one.begin(officer.id, 'right')).toEqual({ ok: false, trouble: 'wrongPassword' })
})
