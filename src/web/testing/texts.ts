import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Text } from '../deps.ts'

/** The real sentences, so that a missing one fails the test that meets it. */
export function webTexts(): Text {
  const books = {
    'zh-CN': parse(readFileSync(new URL('../../../locales/zh-CN/web.yaml', import.meta.url), 'utf8')),
    en: parse(readFileSync(new URL('../../../locales/en/web.yaml', import.meta.url), 'utf8')),
  }
  return (language, key, values = {}) => {
    // The file is the first part of a key.
    const found = key
      .replace(/^web\./, '')
      .split('.')
      .reduce((node, part) => node?.[part], books[language])
    if (typeof found !== 'string') throw new Error(`no text ${key} in ${language}`)
    return found.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
  }
}
