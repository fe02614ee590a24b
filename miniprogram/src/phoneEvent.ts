/** What WeChat's phone button told: a code for the service, that the person said no, or that it cannot be had at all. */
export type PhoneTold = { kind: 'code'; code: string } | { kind: 'refused' } | { kind: 'trouble' }

/** The person pressed 不允许; everything else (quota, no privacy statement, old WeChat) is not his word. */
const DENIED = /user (?:deny|cancel)|auth deny/i

/** Reads `e.detail` of `getphonenumber`: old versions of WeChat give no code, then nothing is known. */
export function phoneTold(event: unknown): PhoneTold {
  const detail = fieldOf(event, 'detail')
  const code = fieldOf(detail, 'code')
  if (typeof code === 'string' && code !== '') return { kind: 'code', code }
  const message = fieldOf(detail, 'errMsg')
  return typeof message === 'string' && DENIED.test(message) ? { kind: 'refused' } : { kind: 'trouble' }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
