import pg from 'pg'
import { cipherAlgorithms, keyKinds, type DataKeys } from './fieldCipher.ts'
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
        const { rows } = await client.query<{ kid: number; algorithm: string; kind: string; wrapped: Buffer }>(
          'select kid, algorithm, kind, wrapped from data_key order by kid',
        )
        return rows.map(({ kid, algorithm, kind, wrapped }) => ({
          kid,
          algorithm: oneOf(cipherAlgorithms, algorithm),
          kind: oneOf(keyKinds, kind),
          wrapped,
        }))
      }),
    add: ({ kid, algorithm, kind, wrapped }) =>
      withClient(async client => {
        await client.query(
          'insert into data_key (kid, algorithm, kind, wrapped) values ($1, $2, $3, $4) on conflict do nothing',
          [kid, algorithm, kind, Buffer.from(wrapped)],
        )
      }),
    destroyCare: () =>
      withClient(async client => {
        // The records first: what cannot be read any more must not be met by a page.
        await client.query(`begin; set local app.system = 'on';
          update care_family set status = 'ended'; select forget_care_tasks(array(select id from care_family));
          delete from care_signup; delete from care_link;
          delete from care_action; delete from care_family; delete from data_key where kind = 'care'; commit`)
      }),
  }
}
