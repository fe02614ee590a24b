import pg from 'pg'
import { cipherAlgorithms, type DataKeys } from './fieldCipher.ts'
import type { Connection } from './migrate.ts'
import { oneOf } from './rows.ts'

/** The wrapped data keys in the database. Adding one is the owner's right: the service itself can only read them. */
export function dataKeysOf(owner: Connection): DataKeys {
  const withClient = async <T>(run: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ ...owner, options: '-c search_path=nuanxin', application_name: 'nuanxin keys' })
    await client.connect()
    try {
      return await run(client)
    } finally {
      await client.end()
    }
  }
  return {
    list: () =>
      withClient(async client => {
        const { rows } = await client.query<{ kid: number; algorithm: string; wrapped: Buffer }>(
          'select kid, algorithm, wrapped from data_key order by kid',
        )
        return rows.map(({ kid, algorithm, wrapped }) => ({
          kid,
          algorithm: oneOf(cipherAlgorithms, algorithm),
          wrapped,
        }))
      }),
    add: ({ kid, algorithm, wrapped }) =>
      withClient(async client => {
        await client.query(
          'insert into data_key (kid, algorithm, wrapped) values ($1, $2, $3) on conflict do nothing',
          [kid, algorithm, Buffer.from(wrapped)],
        )
      }),
  }
}
