import { z } from 'zod'
import { officerRoles, type OfficerRole } from '../domain/officer.ts'
import { crashPoints, type CrashPointName } from '../app/ports.ts'

/** A day of work: an officer with bad reception keeps what he took in the morning. */
const LEASE_MS = 8 * 3600_000

/**
 * 行政许可法 32(4): five days, in working days by its article 82. The last one ends with business hours (民法典 203); 18:00 is
 * our own default. No rule on when a finished case is archived was found: thirty days are ours as well.
 */
const LOOKS = { silenceDays: 5, closingHour: 18, remindDays: 3, archiveDays: 30 }
/** Our own default: a bureau that did not answer within ten working days is asked anew. */
const CONFIRMATION_DAYS = 10
/** Long enough to find the window, short enough to be worthless on a forgotten screen. */
const SHORT_CODE_MS = 10 * 60_000

const flag = z.enum(['0', '1']).transform(value => value === '1')
const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(65_535))
const filled = z.string().trim().min(1)
/** EncodingAESKey: 43 characters; the last one may carry unused bits, so the alphabet is all that is checked. */
const aesKey = z.string().regex(/^[A-Za-z0-9+/]{43}$/)
const callbackToken = z.string().regex(/^[A-Za-z0-9]{3,32}$/)
/** Plain http only to this machine: tests and local stand-ins. */
const apiBase = z.url({ protocol: /^https?$/ }).refine(isSafeBase, 'must be https, or http on the loopback address')

const environment = z.object({
  PORT: port.default(3000),
  HOST: filled.default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: filled.default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NUANXIN_KEY_FILE: filled.optional(),
  NUANXIN_DEMO: flag.optional(),
  NUANXIN_DEMO_PASSWORD: z.string().min(8).optional(),
  NUANXIN_CIPHER: z.enum(['aes', 'sm']).default('aes'),
  NUANXIN_TOTP_ROLES: z
    .literal('none')
    .transform((): OfficerRole[] => [])
    .or(
      z
        .string()
        .transform(text => text.split(','))
        .pipe(z.array(z.enum(officerRoles))),
    )
    .optional(),
  NUANXIN_BOT_TOKEN: z.string().min(24).optional(),
  NUANXIN_METRICS_TOKEN: z.string().min(24).optional(),
  NUANXIN_HOME_REGION: z
    .string()
    .regex(/^\d{6}$/)
    .default('420702'),
  NUANXIN_FONT_DIRS: filled.optional(),
  NUANXIN_TEMPLATES_FILE: filled.optional(),
  NUANXIN_CRASH_AT: z.enum(crashPoints).optional(),
  WECHAT_API_BASE: apiBase.default('https://api.weixin.qq.com'),
  WECHAT_OA_APPID: filled.optional(),
  WECHAT_OA_SECRET: filled.optional(),
  WECHAT_OA_TOKEN: callbackToken.optional(),
  WECHAT_OA_AES_KEY: aesKey.optional(),
  WECHAT_OA_AES_KEY_PREVIOUS: aesKey.optional(),
  WECHAT_OA_ALLOW_PLAIN: flag.default(false),
  WECHAT_MINI_APPID: filled.optional(),
  WECHAT_MINI_SECRET: filled.optional(),
  WECHAT_MINI_TOKEN: callbackToken.optional(),
  WECHAT_MINI_AES_KEY: aesKey.optional(),
  WECOM_API_BASE: apiBase.default('https://qyapi.weixin.qq.com'),
  WECOM_CORP_ID: z
    .string()
    .regex(/^[A-Za-z0-9]{1,64}$/)
    .optional(),
  WECOM_AGENT_ID: z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .optional(),
  WECOM_SECRET: filled.optional(),
  WECOM_TOKEN: callbackToken.optional(),
  WECOM_AES_KEY: aesKey.optional(),
  WECOM_CARD_HOURS: z
    .string()
    .regex(/^([01]?\d|2[0-3])-([1-9]|1\d|2[0-4])$/)
    .default('8-20'),
})

/**
 * GB/T 22239-2019 8.1.4.1 d asks for two factors of a system of level 3. Those who see a whole county have to begin; officers in
 * villages share old phones, and a county adds them when it is ready. The demo asks nobody.
 */
const SECOND_FACTOR_ROLES: OfficerRole[] = ['county', 'auditor']

type Environment = z.infer<typeof environment>

/** Settings of the bot process, which may share an environment file with the service; it checks them itself. */
const ofTheBot = /^NUANXIN_(SERVICE_URL|BOT_[A-Z_]+)$/

export interface OfficialAccountConfig {
  appId: string
  secret: string
  token: string
  aesKey: string
  previousAesKey: string | null
  allowPlain: boolean
}

export interface MiniProgramConfig {
  appId: string
  secret: string
  /** How the platform signs what it tells about messages and consents; null: it tells nothing. */
  callback: { token: string; aesKey: string } | null
}

export interface WecomAppConfig {
  apiBase: string
  corpId: string
  agentId: number
  secret: string
  token: string
  aesKey: string
  /** Hours of Shanghai between which cards of new tasks go out. */
  cardHours: { from: number; to: number }
}

export interface Config {
  port: number
  host: string
  publicUrl: string
  dataDir: string
  databaseUrl: string | null
  redisUrl: string | null
  logLevel: Environment['LOG_LEVEL']
  keyFile: string | null
  demo: boolean
  demoPassword: string | null
  /** Who has to log in with a second factor. */
  secondFactorRoles: readonly OfficerRole[]
  cipher: 'aes' | 'sm'
  botToken: string | null
  metricsToken: string | null
  fontDirs: string[]
  crashAt: CrashPointName | null
  wechatApiBase: string
  officialAccount: OfficialAccountConfig | null
  miniProgram: MiniProgramConfig | null
  /** Forms that the accounts were given by the platform. */
  templatesFile: string | null
  wecom: WecomAppConfig | null
  settings: {
    leaseMs: number
    revealsPerHour: number
    homeRegion: string
    callBackDays: number
    smallestPopulation: number
    crossRegionDays: number
    secondLookDays: number
    looks: { silenceDays: number; closingHour: number; remindDays: number; archiveDays: number }
    confirmationDays: number
    commitments: { checkRate: number; checkDays: number; correctionDays: number }
    shortCodeMs: number
  }
  /** Lines to say at start: channels that are off, variables without effect. */
  remarks: string[]
}

/** A mistake in the environment: one clear line, then the process ends. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the environment once.
 * @throws {ConfigError} on an unknown `NUANXIN_…` name or a bad value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  refuseUnknown(env)
  const parsed = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ConfigError(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'bad value'}`)
  }
  const values = parsed.data
  if (values.DATABASE_URL && !values.NUANXIN_KEY_FILE) {
    throw new ConfigError(
      'NUANXIN_KEY_FILE: needed with DATABASE_URL, because a key kept beside the database protects nothing',
    )
  }
  return {
    ...basics(values),
    officialAccount: officialAccount(values),
    miniProgram: miniProgram(values),
    wecom: wecom(values),
    // 30 unmasked views an hour and officer; every wish for a person is answered within one working day.
    settings: {
      leaseMs: LEASE_MS,
      revealsPerHour: 30,
      homeRegion: values.NUANXIN_HOME_REGION,
      callBackDays: 1,
      // Product default, no rule: six times the smallest cell that is shown (five), about a small village group.
      smallestPopulation: 30,
      // The sources ask for nine of ten answered and name no time: a working week.
      crossRegionDays: 5,
      // No rule names a time: a working week, as above.
      secondLookDays: 5,
      looks: LOOKS,
      confirmationDays: CONFIRMATION_DAYS,
      // Product defaults, no rule: 国办发〔2020〕42号 asks for checks and a term to mend and names neither. A place sets its own.
      commitments: { checkRate: 0.1, checkDays: 20, correctionDays: 10 },
      shortCodeMs: SHORT_CODE_MS,
    },
    remarks: remarks(values),
  }
}

function basics(values: Environment) {
  const demo = values.NUANXIN_DEMO ?? values.DATABASE_URL === undefined
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: (values.PUBLIC_URL ?? `http://${values.HOST}:${values.PORT}`).replace(/\/$/, ''),
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL ?? null,
    redisUrl: values.REDIS_URL ?? null,
    logLevel: values.LOG_LEVEL,
    keyFile: values.NUANXIN_KEY_FILE ?? null,
    demo,
    demoPassword: values.NUANXIN_DEMO_PASSWORD ?? null,
    secondFactorRoles: values.NUANXIN_TOTP_ROLES ?? (demo ? [] : SECOND_FACTOR_ROLES),
    cipher: values.NUANXIN_CIPHER,
    botToken: values.NUANXIN_BOT_TOKEN ?? null,
    metricsToken: values.NUANXIN_METRICS_TOKEN ?? null,
    fontDirs: values.NUANXIN_FONT_DIRS?.split(':').filter(Boolean) ?? ['/usr/share/fonts', '/usr/local/share/fonts'],
    templatesFile: values.NUANXIN_TEMPLATES_FILE ?? null,
    crashAt: values.NUANXIN_CRASH_AT ?? null,
    wechatApiBase: values.WECHAT_API_BASE.replace(/\/$/, ''),
  }
}

function officialAccount(values: Environment): OfficialAccountConfig | null {
  const { WECHAT_OA_APPID: appId, WECHAT_OA_SECRET: secret, WECHAT_OA_TOKEN: token, WECHAT_OA_AES_KEY: aesKey } = values
  if (!appId && !secret && !token && !aesKey) return null
  if (!appId || !secret || !token || !aesKey) {
    throw new ConfigError('WECHAT_OA_…: APPID, SECRET, TOKEN and AES_KEY belong together; set all four or none')
  }
  const previousAesKey = values.WECHAT_OA_AES_KEY_PREVIOUS ?? null
  return { appId, secret, token, aesKey, previousAesKey, allowPlain: values.WECHAT_OA_ALLOW_PLAIN }
}

function miniProgram(values: Environment): MiniProgramConfig | null {
  const { WECHAT_MINI_APPID: appId, WECHAT_MINI_SECRET: secret } = values
  const { WECHAT_MINI_TOKEN: token, WECHAT_MINI_AES_KEY: aesKey } = values
  if (!appId && !secret && !token && !aesKey) return null
  if (!appId || !secret) throw new ConfigError('WECHAT_MINI_…: APPID and SECRET belong together; set both or none')
  if (!token !== !aesKey) throw new ConfigError('WECHAT_MINI_…: TOKEN and AES_KEY belong together; set both or none')
  return { appId, secret, callback: token && aesKey ? { token, aesKey } : null }
}

function wecom(values: Environment): WecomAppConfig | null {
  const { WECOM_CORP_ID: corpId, WECOM_SECRET: secret, WECOM_TOKEN: token, WECOM_AES_KEY: aesKey } = values
  const agentId = values.WECOM_AGENT_ID
  if (!corpId && agentId === undefined && !secret && !token && !aesKey) return null
  if (!corpId || agentId === undefined || !secret || !token || !aesKey) {
    throw new ConfigError('WECOM_…: CORP_ID, AGENT_ID, SECRET, TOKEN and AES_KEY belong together; set all five or none')
  }
  const [from = 0, to = 24] = values.WECOM_CARD_HOURS.split('-').map(Number)
  const apiBase = values.WECOM_API_BASE.replace(/\/$/, '')
  return { apiBase, corpId, agentId, secret, token, aesKey, cardHours: { from, to } }
}

function remarks(values: Environment): string[] {
  return [
    ...(values.WECHAT_OA_APPID ? [] : ['公众号未配置：/wechat/official 关闭（WECHAT_OA_APPID …）']),
    ...(values.WECHAT_MINI_APPID ? [] : ['小程序未配置：/api/mini/login 关闭（WECHAT_MINI_APPID …）']),
    ...(values.WECHAT_MINI_TOKEN ? [] : ['小程序消息推送未配置：/wechat/mini 关闭（WECHAT_MINI_TOKEN …）']),
    ...(values.WECOM_CORP_ID ? [] : ['企业微信未配置：/wecom 和 /officer/login/wecom 关闭（WECOM_CORP_ID …）']),
    ...(values.NUANXIN_BOT_TOKEN ? [] : ['机器人未配置：/api/bot/turns 关闭（NUANXIN_BOT_TOKEN）']),
    ...(values.NUANXIN_TEMPLATES_FILE
      ? []
      : ['消息模板未配置：订阅通知、模板消息、小程序订阅消息关闭（NUANXIN_TEMPLATES_FILE）']),
  ]
}

function refuseUnknown(env: Readonly<Record<string, string | undefined>>): void {
  const isKnown = (name: string) => name in environment.shape || ofTheBot.test(name)
  const unknown = Object.keys(env).find(name => name.startsWith('NUANXIN_') && !isKnown(name))
  if (unknown) throw new ConfigError(`${unknown}: no such setting`)
}

function isSafeBase(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}
