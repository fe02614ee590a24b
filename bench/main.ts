/** `npm run bench [name]`: without a name, which benches there are. */
import { parseArgs } from 'node:util'
import { benchBurst } from './burst/bench.ts'
import { benchCampaign } from './campaign/bench.ts'
import { benchEngine } from './engine/bench.ts'
import { benchTasks } from './tasks/bench.ts'
import { benchTurns } from './turns/bench.ts'
import { benchUnderstand } from './understand/bench.ts'

interface Bench {
  summary: string
  options: string[]
  /** False when there were errors. */
  run(args: string[]): Promise<boolean>
}

const benches: Record<string, Bench> = {
  turns: {
    summary: 'durable turns per second over the WeChat callback, beside the floor and peers',
    options: [
      '--quick                 one short round (about a minute)',
      '--rounds N              rounds, each contender once in each',
      '--only KEY,KEY          koa-get, koa-post, co-wechat, node-easywechat, floor, ours, ours-two',
      '--json FILE             the figures as JSON as well',
      '--show                  what one resident says and is told',
      '--profile FOLDER        processor profiles of our service (.cpuprofile)',
      'DATABASE_URL, REDIS_URL adds the floor and ours on a database made on that server',
    ],
    run: args => benchTurns(turnsOptions(args)),
  },
  engine: {
    summary: 'turns of the conversation engine alone, beside a hand-written reducer and other engines',
    options: [
      '--quick                 one short round (about half a minute)',
      '--rounds N              rounds, each engine once in each',
      '--only KEY,KEY          floor, ours, xstate, botbuilder, grammy, floip',
      '--json FILE             the figures as JSON as well',
      '--profile FOLDER        processor profiles of our engine (.cpuprofile)',
    ],
    run: args => benchEngine(engineOptions(args)),
  },
  burst: {
    summary: 'two answers at once, one message three times, a throw in the middle: who is right',
    options: ['--json FILE             the verdicts as JSON as well'],
    run: args => benchBurst({ json: parseArgs({ args, options: { json: { type: 'string' } } }).values.json ?? null }),
  },
  tasks: {
    summary:
      "officers' inbox and lease with ten thousand and a million tasks, and a sweep of what is due: p95, growth, plans",
    options: [
      '--quick                 a hundred thousand instead of a million, one round',
      '--rounds N              rounds, both sizes in each',
      '--json FILE             the figures as JSON as well',
    ],
    run: args => benchTasks(tasksOptions(args)),
  },
  campaign: {
    summary: 'households asked per second into the outbox, beside BullMQ addBulk alone; memory at 10,000 to a million',
    options: [
      '--quick                 a thousand and ten thousand',
      '--sizes N,N             other numbers of households',
      '--asked N               stops asking there; the sample is drawn whole',
      '--json FILE             the figures as JSON as well',
    ],
    run: args => benchCampaign(campaignOptions(args)),
  },
  understand: {
    summary: 'values and intents of the development sets: exact ones and microseconds a line, by kind',
    options: [
      '--misses                what was not heard exactly',
      '--json FILE             the figures as JSON as well',
    ],
    run: args => benchUnderstand(understandOptions(args)),
  },
}

function tasksOptions(args: string[]): Parameters<typeof benchTasks>[0] {
  const { values } = parseArgs({
    args,
    options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' }, json: { type: 'string' } },
  })
  const rounds = roundsOf(values.rounds) ?? (values.quick ? 1 : 5)
  return { quick: values.quick, rounds, json: values.json ?? null }
}

function campaignOptions(args: string[]): Parameters<typeof benchCampaign>[0] {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      sizes: { type: 'string' },
      asked: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const sizes = values.sizes?.split(',').map(Number) ?? null
  if (sizes?.some(size => !(Number.isInteger(size) && size > 0))) throw new Error('--sizes: whole numbers from 1')
  return { sizes, mostAsked: roundsOf(values.asked) ?? Infinity, quick: values.quick, json: values.json ?? null }
}

function understandOptions(args: string[]): Parameters<typeof benchUnderstand>[0] {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'string' }, misses: { type: 'boolean', default: false } },
  })
  return { json: values.json ?? null, misses: values.misses }
}

function turnsOptions(args: string[]): Parameters<typeof benchTurns>[0] {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
      show: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  })
  const rounds = roundsOf(values.rounds)
  return {
    quick: values.quick,
    show: values.show,
    json: values.json ?? null,
    profile: values.profile ?? null,
    only: values.only?.split(',') ?? [],
    rounds,
    databaseUrl: process.env['DATABASE_URL'] || null,
    redisUrl: process.env['REDIS_URL'] || null,
  }
}

function engineOptions(args: string[]): Parameters<typeof benchEngine>[0] {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
    },
  })
  return {
    quick: values.quick,
    rounds: roundsOf(values.rounds),
    only: values.only?.split(',') ?? [],
    json: values.json ?? null,
    profile: values.profile ?? null,
  }
}

function roundsOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const rounds = Number(text)
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error(`${text}: a whole number from 1`)
  return rounds
}

function list(): string {
  const lines = Object.entries(benches).map(
    ([name, { summary, options }]) =>
      `npm run bench ${name}\n  ${summary}\n${options.map(option => `    ${option}`).join('\n')}`,
  )
  return `${lines.join('\n')}\n`
}

process.once('SIGINT', () => process.exit(130))
const [name, ...args] = process.argv.slice(2)
const bench = name === undefined ? undefined : benches[name]
if (!bench) {
  process.stdout.write(list())
  if (name !== undefined) process.exitCode = 1
} else {
  try {
    if (!(await bench.run(args))) process.exitCode = 1
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
