import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const account = {
  WECHAT_OA_APPID: 'wx0000000000000000',
  WECHAT_OA_SECRET: 'secret',
  WECHAT_OA_TOKEN: 'token',
  WECHAT_OA_AES_KEY: 'A'.repeat(43),
}

test('without any setting the service runs on the embedded default with demo data', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', demo: true, databaseUrl: null, officialAccount: null })
  expect(config.remarks.join()).toContain('公众号未配置')
})

test('an unknown setting stops the start and is named', () => {
  expect(() => readConfig({ NUANXIN_DEMMO: '1' })).toThrow('NUANXIN_DEMMO: no such setting')
})

test('a bad value stops the start and is named', () => {
  expect(() => readConfig({ PORT: 'eighty' })).toThrow(/^PORT: /)
})

test('an empty variable counts as not set', () => {
  expect(readConfig({ PORT: '' }).port).toBe(3000)
})

test('with a database of its own the service wants a key file elsewhere, and no demo', () => {
  const DATABASE_URL = 'postgres://nuanxin@127.0.0.1/nuanxin'
  expect(() => readConfig({ DATABASE_URL })).toThrow('NUANXIN_KEY_FILE')
  expect(readConfig({ DATABASE_URL, NUANXIN_KEY_FILE: '/run/key' }).demo).toBe(false)
})

test('half an Official Account is refused', () => {
  const { WECHAT_OA_SECRET: _, ...half } = account
  expect(() => readConfig(half)).toThrow(ConfigError)
  expect(readConfig(account).officialAccount?.allowPlain).toBe(false)
})

test('the platform address may be plain http only on this machine', () => {
  expect(readConfig({ WECHAT_API_BASE: 'http://127.0.0.1:4000' }).wechatApiBase).toBe('http://127.0.0.1:4000')
  expect(() => readConfig({ WECHAT_API_BASE: 'http://api.example.org' })).toThrow('WECHAT_API_BASE')
})

const app = {
  WECOM_CORP_ID: 'ww0000000000000000',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'secret',
  WECOM_TOKEN: 'token',
  WECOM_AES_KEY: 'A'.repeat(43),
}

test('without WeCom its addresses are off and that is said; with it all five belong together', () => {
  expect(readConfig({}).wecom).toBeNull()
  expect(readConfig({}).remarks.join()).toContain('企业微信未配置')
  expect(readConfig(app)).toMatchObject({ wecom: { agentId: 1000002, apiBase: 'https://qyapi.weixin.qq.com' } })
  expect(readConfig(app).remarks.join()).not.toContain('企业微信')
  for (const name of Object.keys(app)) expect(() => readConfig({ ...app, [name]: '' }), name).toThrow(ConfigError)
})

test.each([
  ['WECOM_AGENT_ID', 'nuanxin'],
  ['WECOM_AES_KEY', 'short'],
  ['WECOM_TOKEN', 'not a token!'],
  ['WECOM_CORP_ID', 'ww/../'],
  ['WECOM_API_BASE', 'http://qyapi.example.org'],
])('a bad %s stops the start and is named', (name, value) => {
  expect(() => readConfig({ ...app, [name]: value })).toThrow(name)
})
