import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'
import { afterAll, expect, test } from 'vitest'
import { transcriptSchema } from '../../src/conversation/transcript/format.ts'
import { playTranscript } from '../../src/conversation/transcript/play.ts'
import { realLibrary } from './library.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'nx-play-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The console as an author runs it, built. */
function play(...typed: string[]): string {
  const run = spawnSync(process.execPath, ['dist/runtime/flowsCli.js', 'play'], {
    input: `${typed.join('\n')}\n`,
    encoding: 'utf8',
  })
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
  return run.stdout
}

test('what an author plays is saved as a transcript that plays again, word for word', () => {
  const file = path.join(folder, 'saved.yaml')
  const shown = play('生育登记', '/press 孩子妈妈', '7', '/voice', '/wait 30', '同意', '取消', `save ${file}`, 'quit')
  expect(shown).toContain('请问您的姓名？')
  const saved = transcriptSchema.parse(parse(readFileSync(file, 'utf8')))
  expect(
    saved.turns.filter(turn => 'says' in turn || 'presses' in turn || 'waitsHours' in turn || 'sends' in turn),
  ).toEqual([
    ...[{ says: '生育登记' }, { presses: '孩子妈妈' }, { says: '7' }, { sends: 'voice' }, { waitsHours: 30 }],
    ...[{ says: '同意' }, { says: '取消' }],
  ])
  expect(saved.turns.filter(turn => 'answers' in turn).length).toBeGreaterThan(7)
  expect(playTranscript(realLibrary(), saved).transcript).toEqual(saved)
})
