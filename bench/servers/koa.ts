/** Bare Koa: the road that every Koa service has to walk, with nothing at its end. */
import Koa from 'koa'
import { readBody, serve } from './serve.ts'

const app = new Koa()
app.use(async ctx => {
  if (ctx.method === 'POST') await readBody(ctx.req)
  ctx.type = 'text/plain'
  ctx.body = 'success'
})
serve(app.callback())
