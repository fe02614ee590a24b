/** `npm run import -- officers|regions|calendar|households|registers|births FILE [--apply] [--disable-missing] [--ends N]`. */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { listKinds, type ListKind } from '../app/listImports.ts'
import { compileTexts } from '../conversation/texts.ts'
import { OfficersMoved } from '../store/masterData.ts'
import { readImportFile } from './importFile.ts'
import { loadBulkFacts, runBulkImport } from './importBulk.ts'
import { importKinds, runImport, sayBulk, sayer, type ImportKind } from './importRun.ts'
import { openRowSource, UnreadableFile } from './importStream.ts'
import { loadTexts } from './loadLibrary.ts'
import { loadPlaces } from './loadRegions.ts'
import { onDatabase, whyNot } from './onDatabase.ts'
import { projectRoot } from './root.ts'

const texts = compileTexts(loadTexts(projectRoot, 'import'))
const say = sayer(texts, line => process.stdout.write(`${line}\n`))
const complain = sayer(texts, line => process.stderr.write(`${line}\n`))

process.exitCode = await main(process.argv.slice(2))

/** 0 done or would be done, 1 refused with nothing changed, 2 called wrongly. */
async function main(args: string[]): Promise<number> {
  const called = readArguments(args)
  if (called === null) {
    complain.line('import.usage')
    return 2
  }
  const { kind } = called
  try {
    return await (isBulk(kind) ? importBulk(kind, called) : importWhole(kind, called))
  } catch (error) {
    return complainOf(error)
  }
}

async function importWhole(kind: ImportKind, called: Called): Promise<number> {
  const content = readImportFile(called.file)
  if (!content.ok) {
    complain.line(`import.file.${content.fault}`, { file: called.file, line: content.line })
    return 1
  }
  if (content.sheets > 1) say.line('import.firstSheet', { count: content.sheets })
  const request = { ...called, kind, rows: content.rows }
  return onDatabase(({ kept: { masterData } }, world) =>
    runImport(request, { root: projectRoot, masterData, world, say }),
  )
}

async function importBulk(kind: ListKind, { file, apply, ends }: Called): Promise<number> {
  try {
    const source = await openRowSource(file)
    try {
      return await onDatabase(async ({ kept: { bulk, masterData } }, world) => {
        const { counties } = await masterData.read()
        const places = loadPlaces(path.join(projectRoot, 'regions'), counties)
        const facts = loadBulkFacts(projectRoot, places, id => say.phrase(`import.document.${id}`))
        const request = { kind, source, apply, ends, actor: { kind: 'system' as const }, within: null }
        return sayBulk(await runBulkImport(request, { bulk, world, facts }), { kind, apply }, say)
      })
    } finally {
      await source.close()
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    complain.line(`import.file.${error.fault}`, { file, line: error.line })
    return 1
  }
}

function isBulk(kind: ImportKind | ListKind): kind is ListKind {
  return listKinds.some(one => one === kind)
}

interface Called {
  kind: ImportKind | ListKind
  file: string
  apply: boolean
  disableMissing: boolean
  /** How many households the list may end; null: not said. */
  ends: number | null
}

function readArguments(args: string[]): Called | null {
  try {
    const flag = { type: 'boolean' } as const
    const options = { apply: flag, 'disable-missing': flag, ends: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const [name = '', file, ...rest] = positionals
    const kind = [...importKinds, ...listKinds].find(one => one === name)
    const disableMissing = values['disable-missing'] ?? false
    if (!kind || file === undefined || rest.length > 0 || (disableMissing && kind !== 'officers')) return null
    const ends = values.ends
    if (ends !== undefined && (kind !== 'households' || !/^\d{1,7}$/.test(ends))) return null
    return { kind, file, apply: values.apply ?? false, disableMissing, ends: ends === undefined ? null : Number(ends) }
  } catch {
    return null // an option that does not exist
  }
}

/** Says why nothing came of it; a mistake of ours is thrown on. */
function complainOf(error: unknown): number {
  const known = whyNot(error)
  if (known) complain.line(`import.${known.why}`, known.values)
  else if (error instanceof OfficersMoved) complain.line('import.moved')
  else throw error
  return 1
}
