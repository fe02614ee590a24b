'use strict'
// co-wechat in its documented form: a Koa middleware whose handler answers what was said.
const Koa = require('koa')
const wechat = require('co-wechat')
const { port, account } = JSON.parse(process.argv[2])

const app = new Koa()
app.use(
  wechat({ token: account.token, appid: account.appId, encodingAESKey: account.aesKey }).middleware(
    async message => message.Content,
  ),
)
app.listen(port, '127.0.0.1', () => process.send('ready'))
process.on('SIGINT', () => undefined)
process.once('disconnect', () => process.exit())
