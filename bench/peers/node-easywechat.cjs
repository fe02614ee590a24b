'use strict'
// node-easywechat behind Koa, handler answers what was said. Its server object gathers handlers with every request,
// so each request has its own, as its documentation shows.
const Koa = require('koa')
const { OfficialAccount, ServerRequest } = require('node-easywechat')
const { port, account } = JSON.parse(process.argv[2])

const settings = { app_id: account.appId, secret: 'unused', token: account.token, aes_key: account.aesKey }
const app = new Koa()
app.use(async ctx => {
  const official = new OfficialAccount(settings)
  official.setRequest(await ServerRequest.createFromIncomingMessage(ctx.req))
  const server = official.getServer()
  server.with(async message => message.Content)
  const answer = await server.serve()
  ctx.status = answer.getStatusCode()
  ctx.set(answer.getHeaders())
  ctx.body = answer.getBody()
})
app.listen(port, '127.0.0.1', () => process.send('ready'))
process.on('SIGINT', () => undefined)
process.once('disconnect', () => process.exit())
