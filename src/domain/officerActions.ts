import { allowedActions, type ApplicationActionName } from './allowedActions.ts'
import type { Application } from './application.ts'
import { foldApplication } from './applicationState.ts'
import { noticeFacts } from './notice/matterFacts.ts'
import type { Officer, OfficerRole } from './officer.ts'
import type { RegionPack } from './regionPack.ts'

/** Who may send a second notice where no pack says it: the product's own default, as in regions/packs/nation.yaml. */
const EXCEPTION_ROLES: readonly OfficerRole[] = ['town', 'county']

/**
 * What this officer may do with this case now: `allowedActions` for his role, without the exceptional notice where the place does
 * not trust his role with it, or where he sent the first one himself. Chat, pages, refusals and the notice use nothing else.
 * `pack`: of the case's place.
 */
export function officerActions(
  pack: Pick<RegionPack, 'notice'>,
  { actions }: Pick<Application, 'actions'>,
  officer: Officer,
): ApplicationActionName[] {
  const allowed = allowedActions(foldApplication(actions), officer.role)
  return allowed.filter(name => name !== 'noticeException' || mayExcept(pack, actions, officer))
}

function mayExcept(pack: Pick<RegionPack, 'notice'>, actions: Application['actions'], officer: Officer): boolean {
  const roles: readonly OfficerRole[] = noticeFacts(pack).exceptionRoles.value ?? EXCEPTION_ROLES
  const first = actions.find(({ event }) => event.type === 'supplementRequested')?.actor
  return roles.includes(officer.role) && !(first?.kind === 'officer' && first.id === officer.id)
}
