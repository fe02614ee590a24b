import { newGuest, type Guest } from '../e2e/people.ts'
import { answersOf, registerUpTo } from '../e2e/registration.ts'

/** By chat: somebody of this name has registered in the village of the officer `village`. */
export async function filed(url: string, name: string, id: string): Promise<Guest> {
  const guest = await newGuest(url)
  const answers = answersOf('420702104212', id).map(text => (text === '李秀英' ? name : text))
  await registerUpTo('submit', answers, text => guest.says(text))
  return guest
}
