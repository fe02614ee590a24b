import { newGuest } from '../e2e/people.ts'

/** By chat and without a name: a suggestion about nobody in particular. */
export async function suggests(url: string, words: string): Promise<void> {
  const guest = await newGuest(url)
  await guest.says('我有建议')
  await guest.says(words)
  await guest.presses('没有了')
  await guest.says('湖北省鄂州市梁子湖区沼山镇下柯村')
  for (const label of ['不针对谁', '不留名', '没错，提交']) await guest.presses(label)
}
