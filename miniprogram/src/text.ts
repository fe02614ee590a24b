import { platform } from '@platform'
import { shallowRef, watchEffect } from 'vue'
import zh from './locales/zh-CN.json'
import { preferences } from './preferences.ts'

export type TextKey = keyof typeof zh

/** A missing English key is a type error where the platform gives them: both files hold the same keys. */
const english = shallowRef<Record<TextKey, string> | null>(null)

/** Until the English sentences are here the Chinese ones stand; a fetch that fails is tried again with the next choice. */
watchEffect(() => {
  if (preferences.language !== 'en' || english.value) return
  platform.english().then(
    sentences => (english.value = sentences),
    () => (english.value = null),
  )
})

const sentences = () => (preferences.language === 'en' ? (english.value ?? zh) : zh)

/** A sentence in the person's language; `{name}` is replaced by `values.name`. Reactive: read it in templates. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return sentences()[key].replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))
}

const isTextKey = (key: string): key is TextKey => key in zh

/** The sentence for a word of the service (a status, an action); the word itself when this client does not know it yet. */
export function tWord(group: string, word: string): string {
  const key = `${group}.${word}`
  return isTextKey(key) ? t(key) : word
}

/** A list kept in one sentence, separated by commas: month names, days. */
export const tList = (key: TextKey): string[] => t(key).split(',')
