import { platform } from '@platform'
import { desk } from './desk.ts'

/** What an officer is typing, by task and purpose: it outlives a reload and a killed page, until it is sent or emptied. */
const nameOf = (purpose: string) => `nuanxin.draft.${desk.officer?.id ?? ''}.${purpose}`

export const readDraft = (purpose: string): string => platform.store.read(nameOf(purpose)) ?? ''

export function keepDraft(purpose: string, words: string): void {
  if (words === '') platform.store.remove(nameOf(purpose))
  else platform.store.write(nameOf(purpose), words)
}
