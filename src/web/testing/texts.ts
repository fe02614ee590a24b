import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Text } from '../deps.ts'

const read = (name: string) => parse(readFileSync(new URL(`../../../locales/${name}.yaml`, import.meta.url), 'utf8'))

/** The real sentences, so that a missing one fails the test that meets it. */
export function webTexts(): Text {
  const books = {
    'zh-CN': { ...read('zh-CN/web'), figures: read('zh-CN/figures') },
    en: { ...read('en/web'), figures: read('en/figures') },
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
