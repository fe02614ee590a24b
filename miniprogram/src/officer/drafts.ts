import { platform } from '@platform'
import { ref, watch, type Ref } from 'vue'
import { desk } from './desk.ts'

/** What an officer is typing, by task and purpose: it outlives a reload and a killed page, until it is sent or emptied. */
const nameOf = (purpose: string) => `nuanxin.draft.${desk.officer?.id ?? ''}.${purpose}`

export const readDraft = (purpose: string): string => platform.store.read(nameOf(purpose)) ?? ''

export function keepDraft(purpose: string, words: string): void {
  if (words === '') platform.store.remove(nameOf(purpose))
  else platform.store.write(nameOf(purpose), words)
}

/** A field that is kept as a draft while it is filled in. */
export function typed(purpose: string): Ref<string> {
  const words = ref(readDraft(purpose))
  watch(words, now => keepDraft(purpose, now))
  return words
}

/** What was typed for this purpose has gone out: in one field or in several, whose names begin with it. */
export function dropDrafts(purpose: string): void {
  const name = nameOf(purpose)
  for (const kept of platform.store.keys())
    if (kept === name || kept.startsWith(`${name}.`)) platform.store.remove(kept)
}
