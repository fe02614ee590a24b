/**
 * The floor: Koa, the product's own channel code, and one PostgreSQL round trip for each message, which writes what an
 * ordinary turn writes. No conversation, no field encryption, no sharing of statements between messages.
 */
import Koa from 'koa'
import pg from 'pg'
import { z } from 'zod'
import { defaultLimits, openAccount, type WechatAccount } from '../../src/channels/wechat-official/account.ts'
import { openCall, readQuery } from '../../src/channels/wechat-official/door.ts'
import { parseInbound } from '../../src/channels/wechat-official/parse.ts'
import { passiveReply } from '../../src/channels/wechat-official/reply.ts'
import { openEmbeddedPostgres } from '../../src/runtime/embeddedPostgres.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { accountShape } from '../account.ts'
import { answerText, createTables, rowsOf, writeTurn } from './floorRows.ts'
import { readBody, serve, settingsOf } from './serve.ts'

const settings = settingsOf(
  z.looseObject({ account: accountShape, dir: z.string(), databaseUrl: z.string().nullable() }),
)

/** More connections than this did not make it faster on two cores. */
const CONNECTIONS = 16

const world = realWorld()
const wechat = openAccount(
  {
    channel: 'wechat-official',
    appId: settings.account.appId,
    token: settings.account.token,
    aesKey: settings.account.aesKey,
    previousAesKey: null,
    allowPlain: false,
    limits: defaultLimits,
  },
  world,
)

/** The answer's status and body for one call of the platform. */
async function take(account: WechatAccount, pool: pg.Pool, search: string, body: Buffer): Promise<[number, string]> {
  const now = world.now()
  const opened = openCall(account, readQuery(search), body, now / 1000)
  if (opened.status !== 'open') return [403, 'forbidden']
  const event = parseInbound(opened.fields)
  if (event.kind !== 'turn') return [400, 'bad request']
  await pool.query({ ...writeTurn, values: rowsOf(event.sender, event.messageKey, world.newId(), now) })
  const reply = { to: event.sender, from: event.account, text: answerText }
  return [200, passiveReply(account, opened.dialect, reply, Math.floor(now / 1000))]
}

const embedded = settings.databaseUrl ? null : await openEmbeddedPostgres({ dir: settings.dir, log: () => undefined })
const pool = new pg.Pool({
  ...(embedded ? embedded.connection : { connectionString: settings.databaseUrl ?? '' }),
  max: CONNECTIONS,
  options: '-c search_path=bench_floor',
})
pool.on('error', error => process.stderr.write(`${error.message}\n`))
await pool.query(createTables)

const app = new Koa()
app.use(async ctx => {
  const [status, body] = await take(wechat, pool, ctx.querystring, await readBody(ctx.req))
  ctx.status = status
  ctx.type = 'application/xml'
  ctx.body = body
})
serve(app.callback(), async () => {
  await pool.end()
  await embedded?.stop()
})
