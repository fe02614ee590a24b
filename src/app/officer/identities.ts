import { covers, type Officer } from '../../domain/officer.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Outcome } from '../caseViews.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { BoundChat } from './identityPort.ts'
import { refused } from './work.ts'

/** A chat sender to bind, and to whom. Never found by a name: an administrator says both. */
export interface Binding {
  username: string
  channel: string
  sender: string
}

/** Chats of officers, in the hands of the county. */
export interface Identities {
  /** Refused: `notFound`, of another county too. */
  list(by: Officer, username: string): Promise<Outcome<BoundChat[]>>
  /** Refused besides: `taken` with the name of whoever has this chat; he is unbound first. `notAllowed` for who has left. */
  bind(by: Officer, binding: Binding): Promise<Outcome<BoundChat[]>>
  unbind(by: Officer, binding: Binding): Promise<Outcome<BoundChat[]>>
  /** Whether a one-time code may be drawn for this officer, which is written down; and who he is. Refused as `bind`. */
  allowCode(by: Officer, username: string): Promise<Outcome<Officer>>
}

export function makeIdentities(parts: AppParts): Identities {
  const on = <T>(
    by: Officer,
    username: string,
    run: (tx: Tx, officer: Officer) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> =>
    parts.store.transaction({ kind: 'system' }, async tx => {
      const officer = await tx.identities.officerByUsername(username)
      if (!officer || by.role !== 'county' || !covers(by.regionCode, officer.regionCode)) {
        return refused({ code: 'notFound' })
      }
      return run(tx, officer)
    })
  const about = (by: Officer, username: string, run: (tx: Tx, officer: Officer) => Promise<Outcome<null>>) =>
    on<BoundChat[]>(by, username, async (tx, officer) => {
      const done = await run(tx, officer)
      return done.ok ? { ok: true, value: await tx.identities.ofOfficer(officer.id) } : done
    })
  return {
    list: (by, username) => about(by, username, async () => nothing),
    bind: (by, binding) => about(by, binding.username, (tx, officer) => bind(parts, tx, by, { ...binding, officer })),
    unbind: (by, binding) =>
      about(by, binding.username, async (tx, officer) => {
        const { channel, sender } = binding
        if (!(await tx.identities.unbind({ channel, sender, officerId: officer.id })))
          return refused({ code: 'notFound' })
        await note(parts, tx, by, { action: 'officer.unbind', officer, channel })
        return nothing
      }),
    allowCode: (by, username) =>
      on(by, username, async (tx, officer) => {
        if (speaksForNobody(officer)) return refused({ code: 'notAllowed' })
        await note(parts, tx, by, { action: 'officer.bindingCode', officer, channel: null })
        return { ok: true, value: officer }
      }),
  }
}

const nothing = { ok: true, value: null } as const

const speaksForNobody = ({ disabled, role }: Officer): boolean => disabled || role === 'auditor'

async function bind(
  parts: AppParts,
  tx: Tx,
  by: Officer,
  { officer, channel, sender }: Binding & { officer: Officer },
): Promise<Outcome<null>> {
  if (speaksForNobody(officer)) return refused({ code: 'notAllowed' })
  const before = await tx.identities.officerOf({ channel, sender })
  if (before && before.id !== officer.id) return refused({ code: 'taken', heldBy: before.name })
  await tx.identities.bind({ channel, sender, officerId: officer.id, at: parts.world.now() })
  await note(parts, tx, by, { action: 'officer.bind', officer, channel })
  return nothing
}

async function note(
  parts: AppParts,
  tx: Tx,
  by: Officer,
  { action, officer, channel }: { action: string; officer: Officer; channel: string | null },
): Promise<void> {
  await tx.audit.add({
    actor: officerActor(by),
    action,
    objectKind: 'officer',
    objectId: officer.id,
    regionCode: officer.regionCode,
    detail: channel === null ? { byAdministrator: true } : { channel, byAdministrator: true },
    at: parts.world.now(),
  })
}
