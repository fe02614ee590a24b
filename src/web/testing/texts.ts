import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Text } from '../deps.ts'

/** The real sentences, so that a missing one fails the test that meets it. The file is the first part of a key. */
export function webTexts(): Text {
  const books = new Map<string, unknown>()
  const book = (language: string, name: string): unknown => {
    const file = `${language}/${name}`
    if (!books.has(file)) {
      books.set(file, parse(readFileSync(new URL(`../../../locales/${file}.yaml`, import.meta.url), 'utf8')))
    }
    return books.get(file)
  }
  return (language, key, values = {}) => {
    const [name = '', ...parts] = key.split('.')
    const found = parts.reduce<unknown>((node, part) => childOf(node, part), book(language, name))
    if (typeof found !== 'string') throw new Error(`no text ${key} in ${language}`)
    return found.replace(/\{(\w+)\}/g, (_, value: string) => String(values[value]))
  }
}

function childOf(node: unknown, part: string): unknown {
  return typeof node === 'object' && node !== null
    ? Object.entries(node).find(([name]) => name === part)?.[1]
    : undefined
}
