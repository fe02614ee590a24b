import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

/* Every sentence that reaches people in grief or distress, or who speaks with them, in one list for one sitting of a professional. */

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

type Texts = { [key: string]: Texts | string | string[] }

/** Sentences of a file by their keys; lists of words by which the service hears are none. */
function sentencesOf(texts: Texts, keys: readonly string[], before = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] => {
    const name = before === '' ? key : `${before}.${key}`
    const isWanted =
      keys.length === 0 || keys.some(one => name === one || name.startsWith(`${one}.`) || one.startsWith(`${name}.`))
    if (!isWanted || Array.isArray(value)) return []
    return typeof value === 'string' ? [[name, value]] : sentencesOf(value, keys, name)
  })
}

const parts: { title: string; file: string; keys?: string[] }[] = [
  {
    title: '说到家里有人走了',
    file: 'grief.yaml',
    keys: ['said', 'offer', 'inMatter', 'talk', 'support', 'human', 'other', 'told', 'task'],
  },
  { title: '难过的话', file: 'distress.yaml' },
  { title: '危险的话之后', file: 'desk.yaml', keys: ['distress', 'distressAgain'] },
  { title: '叫人去的', file: 'tasks.yaml', keys: ['distress', 'distressRaised'] },
  { title: '暖心求助', file: 'warm-heart-help.yaml', keys: ['steps'] },
  { title: '暖心家园的活动', file: 'care-activities.yaml', keys: ['steps'] },
  { title: '主动发的和任务里的', file: 'care.yaml', keys: ['task', 'told', 'activity'] },
]

function listed(): { title: string; lines: [string, string][] }[] {
  const pages = JSON.parse(read('miniprogram/src/locales/zh-CN.json')) as Texts
  const onPages = Object.entries(pages).filter(([key]) =>
    /^(loss|careEnding)\.|^care\.(end|quiet|worrying|proposedSay|consentSay)/.test(key),
  )
  return [
    ...parts.map(({ title, file, keys = [] }) => ({
      title,
      lines: sentencesOf(parse(read(`locales/zh-CN/${file}`)) as Texts, keys).filter(
        ([key]) => !/synonyms|opening/.test(key),
      ),
    })),
    { title: '村里、镇上页面上的', lines: onPages.map(([key, value]): [string, string] => [key, String(value)]) },
  ]
}

test('the list of sad sentences for a professional is current', async () => {
  const sections = listed().map(({ title, lines }) => {
    const rows = lines.map(([key, words]) => `- ${words.trim().replaceAll(/\s*\n\s*/g, ' / ')} \`${key}\``)
    return `## ${title}\n\n${rows.join('\n')}\n`
  })
  const head = `# 要请专业人士过目的话

给心理、社工方面的专业人士一次看完：家里有人走了、难过、求助时，群众和上门的人读到的每一句中文。要改，改 \`locales/zh-CN\` 里同名的一条，再运行
\`npx vitest run test/golden/careWords.test.ts -u\`。本表由测试生成，和系统里的话不一致时测试不过。
`
  await expect([head, ...sections].join('\n')).toMatchFileSnapshot('../../docs/care-words.md')
})

test('none of them shouts, cheers, or thanks for cooperation, and none is long', () => {
  for (const { lines } of listed()) {
    for (const [key, words] of lines) {
      expect([key, /[!！]|感谢您的配合|恭喜|祝您|愉快|开心|幸福|加油|正能量|节哀/.exec(words)?.[0] ?? null]).toEqual([
        key,
        null,
      ])
      expect([key, Array.from(words).length <= 130]).toEqual([key, true])
    }
  }
})
