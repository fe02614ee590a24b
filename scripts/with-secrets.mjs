// In a container, secrets come as files, so that they stand neither in the image nor in `docker inspect`. This reads
// those that are settings into the environment and becomes the program named first. Other files stay files.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = '/run/secrets'
const settings = /^(DATABASE_URL|REDIS_URL|NUANXIN_(BOT|METRICS)_TOKEN|(WECHAT|WECOM)_[A-Z_]+)$/

for (const name of existsSync(folder) ? readdirSync(folder) : []) {
  if (settings.test(name)) process.env[name] ??= readFileSync(path.join(folder, name), 'utf8').trim()
}

const [program = '', ...args] = process.argv.slice(2)
const entry = path.resolve(program)
process.argv = [process.execPath, entry, ...args]
await import(pathToFileURL(entry).href)
