import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { align } from '../engine/table.ts'
import { machine } from '../machine.ts'
import { root } from '../places.ts'
import { installPeers } from '../turns/peers.ts'
import type { Contender, MakeContender } from './dialogue.ts'
import { makeContender } from './ours.ts'
import { trials, type Trial } from './trials.ts'

interface Verdict {
  trial: string
  contender: string
  right: boolean
  /** Of the runs, the first that went wrong, else the first. */
  seen: string[]
  kept: string[] | null
  /** Runs that went wrong, of all. */
  wrong: number
  runs: number
}

/** Races need not show at the first go. */
const RUNS = 10

const peers = ['botbuilderBurst', 'grammyBurst']

/** Simultaneous, repeated and failing messages on our service and two others. False when ours is wrong anywhere. */
export async function benchBurst({ json }: { json: string | null }): Promise<boolean> {
  const before = machine()
  installPeers(path.join(root, 'bench', 'engine'))
  const contenders = [await makeContender(), ...(await Promise.all(peers.map(load)))]
  const verdicts: Verdict[] = []
  try {
    for (const trial of trials) for (const contender of contenders) verdicts.push(await judge(trial, contender))
  } finally {
    for (const contender of contenders) await contender.close()
  }
  const at = new Date().toISOString()
  process.stdout.write(`${print(verdicts)}\n${at} · ${before.cpu}, ${before.cores} cores · Node ${before.node}\n`)
  if (json) writeFileSync(json, `${JSON.stringify({ at, machine: before, verdicts }, null, 2)}\n`)
  const ours = contenders[0]?.name
  return verdicts.every(({ contender, right }) => contender !== ours || right)
}

async function load(name: string): Promise<Contender> {
  const file = path.join(root, 'bench', 'engine', 'peers', `${name}.mjs`)
  // A decoder: the modules are the bench's own.
  const { makeContender: make } = (await import(pathToFileURL(file).href)) as { makeContender: MakeContender }
  return make()
}

async function judge(trial: Trial, contender: Contender): Promise<Verdict> {
  const runs: { right: boolean; seen: string[]; kept: string[] | null }[] = []
  for (let run = 0; run < RUNS; run++) {
    const dialogue = await contender.open()
    await trial.play(dialogue)
    const seen = dialogue.seen()
    const kept = await dialogue.kept()
    runs.push({
      right: sameInOrder(seen, trial.right) && (kept === null || sameInAnyOrder(kept, trial.kept)),
      seen,
      kept,
    })
  }
  const wrong = runs.filter(({ right }) => !right)
  const [shown] = wrong.length > 0 ? wrong : runs
  return {
    trial: trial.name,
    contender: contender.name,
    right: wrong.length === 0,
    seen: shown?.seen ?? [],
    kept: shown?.kept ?? null,
    wrong: wrong.length,
    runs: RUNS,
  }
}

const sameInOrder = (a: string[], b: string[]): boolean => a.join() === b.join()
const sameInAnyOrder = (a: string[], b: string[]): boolean => sameInOrder(a.toSorted(), b.toSorted())

function print(verdicts: Verdict[]): string {
  const lines = verdicts.map(({ trial, contender, right, seen, wrong, runs }, n) => [
    n % (verdicts.length / trials.length) === 0 ? trial : '',
    contender,
    right ? 'right' : `WRONG ${wrong}/${runs}`,
    seen.join(' '),
    trials.find(({ name }) => name === trial)?.right.join(' ') ?? '',
  ])
  return [
    'Burst: six questions; each trial ten times with a fresh resident. Ours through takeTurn and PostgreSQL, messages',
    'going to two instances in turn; the others in one process with a storage of 5 ms.',
    '',
    align([['', 'engine', 'verdict', 'seen', 'right would be'], ...lines]),
    '',
  ].join('\n')
}
