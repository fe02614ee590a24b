import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readSource, repositoryFiles } from './tree.ts'

const serviceShape = z
  .object({
    read_only: z.boolean().optional(),
    cap_drop: z.array(z.string()).optional(),
    security_opt: z.array(z.string()).optional(),
    mem_limit: z.string().optional(),
    image: z.string().optional(),
    environment: z.record(z.string(), z.unknown()).optional(),
    ports: z.array(z.string()).optional(),
  })
  .loose()
const composeShape = z.object({ services: z.record(z.string(), serviceShape) }).loose()

function looseServices(text: string): string[] {
  const { services } = composeShape.parse(parse(text, { merge: true }))
  return Object.entries(services).flatMap(([name, service]) => {
    const wrong = [
      service.read_only === true ? '' : 'may write its root',
      service.cap_drop?.includes('ALL') ? '' : 'keeps capabilities',
      service.security_opt?.includes('no-new-privileges:true') ? '' : 'may gain privileges',
      service.mem_limit ? '' : 'has no memory limit',
      Object.keys(service.environment ?? {}).some(key => /(PASSWORD|SECRET|TOKEN|_KEY)$/.test(key))
        ? 'has a secret in its environment'
        : '',
      service.ports?.some(port => !port.startsWith('127.0.0.1:')) ? 'listens on every address of the host' : '',
    ]
    return wrong.filter(Boolean).map(what => `${name} ${what}`)
  })
}

describe('compose.yaml confines every service', () => {
  test('a loose service is found', () => {
    const loose = 'services:\n  web:\n    environment: { WECHAT_OA_SECRET: x }\n    ports: ["3000:3000"]'
    expect(looseServices(loose)).toHaveLength(6)
  })

  test('in this house', () => {
    expect(looseServices(readSource('compose.yaml').text)).toEqual([])
  })
})

/** What is wrong with each final stage: it must not run as root, and every base must carry a tag. */
function looseStages(text: string, finals: string[]): string[] {
  const stages = text.split(/^FROM /m).slice(1)
  const nameOf = (stage: string) => / AS (\S+)/.exec(stage)?.[1] ?? ''
  const bases = stages
    .map(stage => stage.split(/\s/)[0] ?? '')
    .filter(base => !stages.some(stage => nameOf(stage) === base))
  return [
    ...bases.filter(base => !/:\d/.test(base) || base.endsWith(':latest')).map(base => `${base} has no tag`),
    ...finals
      .filter(final => !/^USER (?!root)\w+/m.test(stages.find(stage => nameOf(stage) === final) ?? ''))
      .map(final => `${final} runs as root`),
  ]
}

describe('Dockerfile', () => {
  test('a stage that runs as root and a base without a tag are found', () => {
    expect(looseStages('FROM node AS service\nCMD x\n', ['service'])).toEqual([
      'node has no tag',
      'service runs as root',
    ])
  })

  test('in this house', () => {
    expect(looseStages(readSource('Dockerfile').text, ['service', 'bot'])).toEqual([])
  })

  test('every file it copies exists', () => {
    const files = repositoryFiles()
    const copied = [...readSource('Dockerfile').text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(match =>
      (match[1] ?? '').split(' '),
    )
    expect(copied.filter(name => !files.some(file => file === name || file.startsWith(`${name}/`)))).toEqual([])
  })
})
