import { z } from 'zod'
import type { Audience } from './audience.ts'
import type { MiniProgram } from './conduct.ts'

/** The only puppet that needs no account: it plays both sides in memory and is meant for tests. */
const HARMLESS_PUPPET = 'wechaty-puppet-mock'

/** What the operator must write out in NUANXIN_BOT_RISK before a real account is driven. */
const RISK_ACCEPTED = 'accepted-in-writing'

const RISK = [
  'automating a personal WeChat account breaks the rules of the platform: the account can be restricted or closed',
  'for ever, together with its groups, and some puppets send every chat through a third party.',
  'Use the Official Account instead, or a provider with whom the county has a contract and a data agreement.',
  `To go on all the same, set NUANXIN_BOT_RISK=${RISK_ACCEPTED} after reading bots/README.md`,
].join(' ')

const environment = z.object({
  NUANXIN_SERVICE_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address of the service' }),
  NUANXIN_BOT_TOKEN: z.string().min(24, 'must have at least 24 characters'),
  NUANXIN_BOT_PUPPET: z.string().regex(/^(@[\w.-]+\/)?[\w.-]+$/, 'must be the name of an installed package'),
  NUANXIN_BOT_RISK: z.string().optional(),
  NUANXIN_BOT_NAME: z.string().min(1).max(64).optional(),
  NUANXIN_BOT_LANGUAGE: z.enum(['zh-CN', 'en']).default('zh-CN'),
  NUANXIN_BOT_MEMORY: z.string().min(1).optional(),
  NUANXIN_BOT_MINI_APPID: z
    .string()
    .regex(/^wx[0-9a-f]{16}$/, 'must be wx and 16 signs')
    .optional(),
  NUANXIN_BOT_MINI_USERNAME: z
    .string()
    .regex(/^gh_\w+@app$/, 'must be gh_…@app')
    .optional(),
  NUANXIN_BOT_MAX_AGE_SECONDS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a whole number of seconds')
    .default('600'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

/** Two bots on one machine keep apart what they have answered. */
const memoryFiles: Record<Audience, string> = {
  resident: './data/bot-answered.log',
  officer: './data/bot-officer-answered.log',
}

/** Where the mini-program opens (`miniprogram/src/pages.json`). */
const pages: Record<Audience, string> = { resident: 'pages/chat/index', officer: 'officer/index' }

export interface BotConfig {
  serviceUrl: string
  token: string
  /** Package that drives the account. */
  puppet: string
  name: string
  language: 'zh-CN' | 'en'
  /** File with the ids of the messages answered last; survives a restart. */
  memoryFile: string
  miniProgram: MiniProgram | null
  /** Older messages are not answered: after a restart some puppets deliver the past again. */
  maxAgeMs: number
  logLevel: string
}

export type ReadConfig = { ok: true; config: BotConfig } | { ok: false; line: string }

/** Reads the environment of the bot process. A mistake is one line that names the variable, never its value. */
export function readConfig(env: Record<string, string | undefined>, audience: Audience): ReadConfig {
  const unknown = Object.keys(env).find(name => name.startsWith('NUANXIN_BOT_') && !(name in environment.shape))
  if (unknown) return { ok: false, line: `${unknown}: no such setting of the bot` }
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const read = environment.safeParse(given)
  if (!read.success) return { ok: false, line: firstMistake(read.error, given) }
  const values = read.data
  if (values.NUANXIN_BOT_PUPPET !== HARMLESS_PUPPET && values.NUANXIN_BOT_RISK !== RISK_ACCEPTED) {
    return { ok: false, line: `NUANXIN_BOT_PUPPET: ${RISK}` }
  }
  const { NUANXIN_BOT_MINI_APPID: appId, NUANXIN_BOT_MINI_USERNAME: userName } = values
  if ((appId === undefined) !== (userName === undefined)) {
    return { ok: false, line: 'NUANXIN_BOT_MINI_APPID, NUANXIN_BOT_MINI_USERNAME: both or none' }
  }
  return {
    ok: true,
    config: {
      serviceUrl: values.NUANXIN_SERVICE_URL,
      token: values.NUANXIN_BOT_TOKEN,
      puppet: values.NUANXIN_BOT_PUPPET,
      name: values.NUANXIN_BOT_NAME ?? `nuanxin-${audience}`,
      language: values.NUANXIN_BOT_LANGUAGE,
      memoryFile: values.NUANXIN_BOT_MEMORY ?? memoryFiles[audience],
      miniProgram: appId && userName ? { appId, userName, page: pages[audience] } : null,
      maxAgeMs: Number(values.NUANXIN_BOT_MAX_AGE_SECONDS) * 1000,
      logLevel: values.LOG_LEVEL,
    },
  }
}

function firstMistake(error: z.ZodError, given: Record<string, unknown>): string {
  const issue = error.issues[0]
  const name = String(issue?.path[0] ?? 'environment')
  return `${name}: ${name in given ? issue?.message : 'is missing'}`
}
