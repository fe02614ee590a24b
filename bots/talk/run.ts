import { setTimeout as pause } from 'node:timers/promises'
import path from 'node:path'
import { pino } from 'pino'
import { openAnswered } from './answered.ts'
import { buildBot } from './bot.ts'
import { readConfig, type BotConfig } from './config.ts'
import { loadPuppet } from './puppet.ts'
import { readSentences } from './sentences.ts'
import { serviceAt } from './service.ts'
import type { Audience } from './audience.ts'

/** The whole process of a bot. Only here and in the two `main.ts` are the environment and the clock of this machine read. */
export async function run(audience: Audience): Promise<void> {
  const read = readConfig(process.env, audience)
  if (read.ok) return start(read.config, audience)
  process.stderr.write(`${read.line}\n`)
  process.exitCode = 1
}

async function start(config: BotConfig, audience: Audience): Promise<void> {
  const log = pino({ level: config.logLevel, base: { bot: config.name } })
  const stopping = new AbortController()
  const bot = buildBot(await loadPuppet(config.puppet), {
    ask: serviceAt(config.serviceUrl, config.token),
    answered: openAnswered(config.memoryFile),
    sentences: readSentences(path.resolve('locales'), config.language, audience),
    miniProgram: config.miniProgram,
    maxAgeMs: config.maxAgeMs,
    now: () => Date.now(),
    pause: ms => pause(ms, undefined, { signal: stopping.signal }),
    note: (event, detail) => log.info({ event, ...detail }),
  })
  await bot.start()
  log.info({ event: 'started', puppet: config.puppet })
  const stop = () => {
    stopping.abort()
    void bot.stop().then(() => log.info({ event: 'stopped' }))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
