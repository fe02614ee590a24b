import { z } from 'zod'

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
  NUANXIN_BOT_NAME: z.string().min(1).max(64).default('nuanxin-resident'),
  NUANXIN_BOT_LANGUAGE: z.enum(['zh-CN', 'en']).default('zh-CN'),
  NUANXIN_BOT_MEMORY: z.string().min(1).default('./data/bot-answered.log'),
  NUANXIN_BOT_MAX_AGE_SECONDS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a whole number of seconds')
    .default('600'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export interface BotConfig {
  serviceUrl: string
  token: string
  /** Package that drives the account. */
  puppet: string
  name: string
  language: 'zh-CN' | 'en'
  /** File with the ids of the messages answered last; survives a restart. */
  memoryFile: string
  /** Older messages are not answered: after a restart some puppets deliver the past again. */
  maxAgeMs: number
  logLevel: string
}

export type ReadConfig = { ok: true; config: BotConfig } | { ok: false; line: string }

/** Reads the environment of the bot process. A mistake is one line that names the variable, never its value. */
export function readConfig(env: Record<string, string | undefined>): ReadConfig {
  const unknown = Object.keys(env).find(name => name.startsWith('NUANXIN_BOT_') && !(name in environment.shape))
  if (unknown) return { ok: false, line: `${unknown}: no such setting of the bot` }
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const read = environment.safeParse(given)
  if (!read.success) return { ok: false, line: firstMistake(read.error, given) }
  const values = read.data
  if (values.NUANXIN_BOT_PUPPET !== HARMLESS_PUPPET && values.NUANXIN_BOT_RISK !== RISK_ACCEPTED) {
    return { ok: false, line: `NUANXIN_BOT_PUPPET: ${RISK}` }
  }
  return {
    ok: true,
    config: {
      serviceUrl: values.NUANXIN_SERVICE_URL,
      token: values.NUANXIN_BOT_TOKEN,
      puppet: values.NUANXIN_BOT_PUPPET,
      name: values.NUANXIN_BOT_NAME,
      language: values.NUANXIN_BOT_LANGUAGE,
      memoryFile: values.NUANXIN_BOT_MEMORY,
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
