import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const good = {
  NUANXIN_SERVICE_URL: 'http://127.0.0.1:3000',
  NUANXIN_BOT_TOKEN: 'a-token-of-just-enough-length',
  NUANXIN_BOT_PUPPET: 'wechaty-puppet-mock',
}

test('three settings are enough', () => {
  expect(readConfig(good, 'resident')).toMatchObject({ ok: true, config: { language: 'zh-CN', maxAgeMs: 600_000 } })
})

test.each([
  ['NUANXIN_SERVICE_URL', undefined, /^NUANXIN_SERVICE_URL: is missing$/],
  ['NUANXIN_SERVICE_URL', 'ftp://127.0.0.1', /^NUANXIN_SERVICE_URL: must be/],
  ['NUANXIN_BOT_TOKEN', 'short', /^NUANXIN_BOT_TOKEN: must have/],
  ['NUANXIN_BOT_PUPPET', '../puppet', /^NUANXIN_BOT_PUPPET: must be/],
  ['NUANXIN_BOT_MAX_AGE_SECONDS', '1e3', /^NUANXIN_BOT_MAX_AGE_SECONDS: must be/],
  ['NUANXIN_BOT_PUPET', 'x', /^NUANXIN_BOT_PUPET: no such setting/],
])('%s=%s is refused with one line', (name, value, line) => {
  const read = readConfig({ ...good, [name]: value }, 'resident')
  expect(read.ok ? '' : read.line).toMatch(line)
})

test('a wrong token is never printed', () => {
  expect(JSON.stringify(readConfig({ ...good, NUANXIN_BOT_TOKEN: 'hush' }, 'resident'))).not.toContain('hush')
})

test('a real account is driven only after the risk was accepted in writing', () => {
  const real = { ...good, NUANXIN_BOT_PUPPET: '@juzi/wechaty-puppet-service' }
  const refused = readConfig(real, 'resident')
  expect(refused.ok ? '' : refused.line).toContain('breaks the rules of the platform')
  expect(readConfig({ ...real, NUANXIN_BOT_RISK: 'yes' }, 'resident').ok).toBe(false)
  expect(readConfig({ ...real, NUANXIN_BOT_RISK: 'accepted-in-writing' }, 'resident').ok).toBe(true)
})

test('two bots on one machine keep apart what they answered, and open their own page of the mini-program', () => {
  const mini = { ...good, NUANXIN_BOT_MINI_APPID: 'wx0123456789abcdef', NUANXIN_BOT_MINI_USERNAME: 'gh_0123@app' }
  const [resident, officer] = [readConfig(mini, 'resident'), readConfig(mini, 'officer')]
  expect(resident).toMatchObject({ ok: true, config: { name: 'nuanxin-resident' } })
  expect(officer).toMatchObject({
    ok: true,
    config: { name: 'nuanxin-officer', miniProgram: { page: 'officer/index' } },
  })
  expect(resident.ok && officer.ok && resident.config.memoryFile !== officer.config.memoryFile).toBe(true)
  const half = readConfig({ ...good, NUANXIN_BOT_MINI_APPID: 'wx0123456789abcdef' }, 'resident')
  expect(half.ok ? '' : half.line).toContain('both or none')
})
