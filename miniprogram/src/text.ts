import { platform } from '@platform'
import { shallowRef, watchEffect } from 'vue'
import type rest from './locales/zh-CN.json'
import first from './locales/first.zh-CN.json'
import { preferences } from './preferences.ts'

export type TextKey = keyof typeof first | keyof typeof rest

/** The officers' first screen starts with its own few sentences; `allSentences.ts` adds the others, for every other page. */
const chinese = shallowRef<Partial<Record<string, string>>>(first)

export function addSentences(sentences: Record<string, string>): void {
  chinese.value = { ...chinese.value, ...sentences }
}

/** A missing English key is a type error where the platform gives them: both languages hold the same keys. */
const english = shallowRef<Record<TextKey, string> | null>(null)

/** Until the English sentences are here the Chinese ones stand; a fetch that fails is tried again with the next choice. */
watchEffect(() => {
  if (preferences.language !== 'en' || english.value) return
  platform.english().then(
    sentences => (english.value = sentences),
    () => (english.value = null),
  )
})

const sentence = (key: TextKey): string =>
  (preferences.language === 'en' ? english.value?.[key] : undefined) ?? chinese.value[key] ?? ''

/** A sentence in the person's language; `{name}` is replaced by `values.name`. Reactive: read it in templates. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return sentence(key).replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))
}

const isTextKey = (key: string): key is TextKey => key in chinese.value

/** The sentence for a word of the service (a status, an action); the word itself when this client does not know it yet. */
export function tWord(group: string, word: string): string {
  const key = `${group}.${word}`
  return isTextKey(key) ? t(key) : word
}

/** A list kept in one sentence, separated by commas: month names, days. */
export const tList = (key: TextKey): string[] => t(key).split(',')
