import type { Application } from './application.ts'

/** Whether an officer granted it to the very person who filed it: then the account it was filed from is known as his. */
export function showsAccount(application: Application): boolean {
  const byOfficer = application.actions.some(({ event, actor }) => event.type === 'granted' && actor.kind === 'officer')
  return byOfficer && isForSelf(application)
}

/** Only what was said counts: a child who fills in the mother's certificate on its own phone leaves no other trace. */
function isForSelf({ matter, content }: Application): boolean {
  if (content.proxy !== null) return false
  return matter === 'birthRegistration' ? content.registrant !== 'proxy' : content.forSelf === true
}
