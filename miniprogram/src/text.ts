import en from './locales/en.json'
import zh from './locales/zh-CN.json'
import { preferences } from './preferences.ts'

export type TextKey = keyof typeof zh

// A missing English key is a type error here: both files hold the same keys.
const tables: Record<typeof preferences.language, Record<TextKey, string>> = { 'zh-CN': zh, en }

/** A sentence in the person's language; `{name}` is replaced by `values.name`. Reactive: read it in templates. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return tables[preferences.language][key].replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))
}

const isTextKey = (key: string): key is TextKey => key in zh

/** The sentence for a word of the service (a status, an action); the word itself when this client does not know it yet. */
export function tWord(group: string, word: string): string {
  const key = `${group}.${word}`
  return isTextKey(key) ? t(key) : word
}

/** A list kept in one sentence, separated by commas: month names, days. */
export const tList = (key: TextKey): string[] => t(key).split(',')
