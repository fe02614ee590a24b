/** `npm run second-factor:off -- USER REASON`: the way back for whom nobody may help by page. */
import { resetByOperator } from '../app/officer/ownAccount.ts'
import { compileTexts } from '../conversation/texts.ts'
import { sayer } from './importRun.ts'
import { loadTexts } from './loadLibrary.ts'
import { onDatabase, whyNot } from './onDatabase.ts'
import { projectRoot } from './root.ts'

const texts = compileTexts(loadTexts(projectRoot, 'operator'))
const say = sayer(texts, line => process.stdout.write(`${line}\n`))
const complain = sayer(texts, line => process.stderr.write(`${line}\n`))

process.exitCode = await main(process.argv.slice(2))

/** 0 done, 1 refused with nothing changed, 2 called wrongly. */
async function main([username = '', reason = '', ...rest]: string[]): Promise<number> {
  if (username.trim() === '' || reason.trim() === '' || rest.length > 0) {
    complain.line('operator.usage')
    return 2
  }
  try {
    return await takeOff(username, reason.trim())
  } catch (error) {
    const known = whyNot(error)
    if (!known) throw error
    complain.line(`operator.${known.why}`, known.values)
    return 1
  }
}

function takeOff(username: string, reason: string): Promise<number> {
  return onDatabase(async ({ kept: { accounts, auth } }, world) => {
    const account = await auth.officerByUsername(username)
    const done = account ? await resetByOperator({ accounts, world }, account.officer.id, reason) : 'unknown'
    if (done === 'done') say.line('operator.factor.done', { username })
    else complain.line(`operator.factor.${done}`, { username })
    return done === 'done' ? 0 : 1
  })
}
