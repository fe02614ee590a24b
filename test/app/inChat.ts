import { randomUUID } from 'node:crypto'
import type { Officer } from '../../src/domain/officer.ts'
import type { TestDatabase } from '../store/database.ts'
import type { Instance } from './instance.ts'

/** An officer who talks to the service. */
export interface Chat {
  officer: Officer
  sender: string
  says(text: string): Promise<string>
  presses(key: string): Promise<string>
  sends(what: { photo: string } | { place: string }): Promise<string>
}

/** An officer with a chat bound to his account. */
export async function inChat(
  service: Instance,
  now: () => number,
  ...[name, role, place]: [name: string, role: Officer['role'], place: string]
): Promise<Chat> {
  const officer = await service.appoint(name, role, place)
  const sender = randomUUID()
  await service.kept.officers.bind({ channel: 'web', sender, officerId: officer.id, at: now() })
  const turn = async (input: Parameters<typeof service.app.takeTurn>[0]['input']) => {
    const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
    const answer = await service.app.takeTurn({ address, input, said: '', receivedAt: now(), passiveBudgetMs: null })
    return answer.replies
      .map(({ text, choices = [] }) => [text, ...choices.map(({ label }) => label)].join('\n'))
      .join('\n')
  }
  await turn({ kind: 'hello' })
  return {
    officer,
    sender,
    says: text => turn({ kind: 'text', text }),
    presses: key => turn({ kind: 'choice', key }),
    sends: what =>
      turn(
        'photo' in what
          ? { kind: 'media', mediaId: what.photo, mediaType: 'image' }
          : { kind: 'text', text: what.place, place: { latitude: 30.39, longitude: 114.89 } },
      ),
  }
}

/** Somebody asks for a person; id of the task. The home county gets it, and it is put into this village. */
export async function askedForHelp(service: Instance, database: TestDatabase, village: string): Promise<string> {
  await service.say(randomUUID(), '人工')
  const [row] = await database.sql(
    `select id from task where source = 'halfFilledCase' order by created_at desc, id desc limit 1`,
  )
  const id = String(row?.['id'])
  for (const [table, key] of [
    ['task', 'id'],
    ['task_action', 'task_id'],
  ])
    await database.sql(`update ${table} set region_code = $2 where ${key} = $1`, [id, village])
  return id
}
