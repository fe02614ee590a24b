import { z } from 'zod'

/** An Official Account that exists nowhere: the contenders' settings and the platform's side of every request. */
export const accountShape = z.strictObject({
  appId: z.string(),
  /** The account's own name, receiver of every message. */
  name: z.string(),
  token: z.string(),
  aesKey: z.string(),
})
export type Account = z.infer<typeof accountShape>

export const account: Account = {
  appId: 'wx0123456789abcdef',
  name: 'gh_0123456789ab',
  token: 'benchToken',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
