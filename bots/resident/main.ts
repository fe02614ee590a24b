/** The process of the residents' bot. The only file that reads the environment or the clock of this machine. */
import { setTimeout as pause } from 'node:timers/promises'
import path from 'node:path'
import { pino } from 'pino'
import { openAnswered } from './answered.ts'
import { buildBot } from './bot.ts'
import { readConfig, type BotConfig } from './config.ts'
import { loadPuppet } from './puppet.ts'
import { readSentences } from './sentences.ts'
import { serviceAt } from './service.ts'

async function run(config: BotConfig): Promise<void> {
  const log = pino({ level: config.logLevel, base: { bot: config.name } })
  const stopping = new AbortController()
  const bot = buildBot(await loadPuppet(config.puppet), {
    ask: serviceAt(config.serviceUrl, config.token),
    answered: openAnswered(config.memoryFile),
    sentences: readSentences(path.resolve('locales'), config.language),
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

const read = readConfig(process.env)
if (read.ok) {
  await run(read.config)
} else {
  process.stderr.write(`${read.line}\n`)
  process.exitCode = 1
}
