import { z } from 'zod'
import type { Actor, Application, Matter } from '../../domain/application.ts'
import type { Commitment } from '../../domain/commitment.ts'
import type { CommitmentRule } from '../../domain/packs/commitments.ts'
import { appendEvent } from '../appendEvent.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** What the engine keeps of a text that was agreed to; null or absent: the person brings the paper. */
export const sealSchema = z
  .object({ version: z.int().min(1), textHash: z.string().regex(/^[0-9a-f]{64}$/), at: z.int() })
  .nullish()
  .transform(seal => seal ?? null)

export type Seal = z.infer<typeof sealSchema>

/** A paper and the promise in its place. */
export interface Vouched {
  material: string
  seal: Seal
}

/**
 * Keeps the commitments that were made in a new case, each with version, hash and moment of its text, and says so in its log.
 * What the place does not allow, and what somebody promises while an earlier promise is broken, is left out: that paper is
 * then brought. Needs the eyes of the service. Answers the application as it then is.
 */
export async function keepVouched(
  parts: AppParts,
  tx: Tx,
  application: Application,
  { actor, vouched }: { actor: Actor; vouched: readonly Vouched[] },
): Promise<Application> {
  const given = vouched.filter(({ material, seal }) => seal !== null && mayReplace(parts, application, material))
  if (given.length === 0 || (await tx.commitments.hasOpenBreach(application.content.applicantId))) return application
  let after = application
  for (const one of given) {
    const commitment = commitmentOf(parts, application, one)
    await tx.commitments.insert(commitment, application.content.applicantId)
    const { id: commitmentId, material, textVersion } = commitment
    const event = { type: 'commitmentMade' as const, commitmentId, material, textVersion }
    after = await appendEvent(tx, after, { actor, event, at: parts.world.now() })
  }
  return after
}

function mayReplace(parts: AppParts, { regionCode }: Pick<Application, 'regionCode'>, material: string): boolean {
  return ruleOf(parts, regionCode, material)?.replaceable.value === true
}

function ruleOf(parts: AppParts, regionCode: string, material: string): CommitmentRule | undefined {
  return parts.packFor(regionCode).commitments.find(one => one.material === material)
}

/** Where the words of each commitment stand: the very ones that a chat shows on a screen of their own. */
const wordsOf: Record<string, string> = { marriageCertificate: 'marriage-proof.steps.promise.text' }

/**
 * The promise of a person who stands before an officer, read the Chinese words or had them read to him, and chose it. Null where
 * the place does not allow it in this paper's stead, or nobody has written its words.
 */
export function vouchedAtWindow(parts: AppParts, regionCode: string, material: string): Vouched | null {
  const [rule, words] = [ruleOf(parts, regionCode, material), wordsOf[material]]
  if (!rule || words === undefined || !mayReplace(parts, { regionCode }, material)) return null
  const textHash = Buffer.from(parts.hashToken(parts.text('zh-CN', words))).toString('hex')
  return { material, seal: { version: rule.textVersion, textHash, at: parts.world.now() } }
}

/**
 * What a person before an officer may vouch for in this matter at this place, with the Chinese words that he reads or has read to
 * him. Only papers that are asked for there; a marriage is asked about only where the place says so.
 */
export function vouchableAt(parts: AppParts, regionCode: string, matter: Matter): { material: string; text: string }[] {
  const { birthRegistration, additionalBirthPermit } = parts.packFor(regionCode)
  const asked = {
    birthRegistration: birthRegistration.marriageRequired.value === true ? birthRegistration.materials.value : [],
    additionalBirthPermit: additionalBirthPermit.materials.value,
    certificateReissue: [],
  }[matter]
  return (asked ?? []).flatMap(({ id }) => {
    const words = wordsOf[id]
    if (words === undefined || !mayReplace(parts, { regionCode }, id)) return []
    return [{ material: id, text: parts.text('zh-CN', words) }]
  })
}

function commitmentOf(parts: AppParts, application: Application, { material, seal }: Vouched): Commitment {
  return {
    id: parts.world.newId(),
    applicationId: application.id,
    regionCode: application.regionCode,
    residentId: application.residentId,
    material,
    textVersion: seal?.version ?? 1,
    textHash: seal?.textHash ?? '',
    madeAt: seal?.at ?? parts.world.now(),
    status: 'made',
    drawn: null,
    taskId: null,
    brokenOn: null,
    correctBy: null,
    reminders: 0,
  }
}
