import { identityCheckCharacter } from '../../src/domain/identityNumber.ts'

/** A made-up mother: serial 000 is not issued. */
export const ID_MOTHER = withCheck('42070219900101000')

export function withCheck(first17: string): string {
  return first17 + identityCheckCharacter(first17)
}

/** What a resident says from the first word to the review, in order. */
export function answersOf(villageCode: string, id = ID_MOTHER, name = '李秀英'): readonly string[] {
  return ['生育登记', '孩子妈妈', '同意', name, id, '对', '13800000001', villageCode, '还没出生', '2027年1月15日', '0']
}

/** Plays the answers; `submit` says yes to the review as well. */
export async function registerUpTo<T>(
  where: 'review' | 'submit',
  answers: readonly string[],
  say: (text: string) => Promise<T>,
): Promise<T | undefined> {
  let last: T | undefined
  for (const answer of where === 'submit' ? [...answers, '提交'] : answers) last = await say(answer)
  return last
}
