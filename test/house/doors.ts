import { finding, isNamed, isNode, literals, parse, walk, type Node, type SourceFile } from './tree.ts'
import { roomOf } from './imports.ts'

const chance = ['randomBytes', 'randomUUID', 'randomInt', 'getRandomValues', 'randomFillSync', 'webcrypto']

/** Reads of the environment, the clock or chance outside `runtime`. */
export function throughTheBackDoor(files: SourceFile[]): string[] {
  return files
    .filter(file => !['runtime'].includes(roomOf(file.path)))
    .flatMap(file => {
      const found: string[] = []
      walk(parse(file).program, node => {
        const what = reads(node)
        // The entry hands the environment to the configuration of runtime, and does nothing else with it.
        if (what === 'process.env' && roomOf(file.path) === 'main') return
        if (what) found.push(finding(file, node.start, `reads ${what}`))
      })
      return found
    })
}

function reads(node: Node): string | null {
  if (isMember(node, 'process', 'env')) return 'process.env'
  if (isMember(node, 'Date', 'now')) return 'the clock'
  if (isMember(node, 'performance', 'now')) return 'the clock'
  if (isMember(node, 'process', 'hrtime')) return 'the clock'
  if (isMember(node, 'Math', 'random')) return 'chance'
  if ((node.type === 'NewExpression' || node.type === 'CallExpression') && isNamed(node.callee, 'Date')) {
    return node.type === 'CallExpression' || isEmpty(node.arguments) ? 'the clock' : null
  }
  if (node.type === 'ImportSpecifier' && chance.some(name => isNamed(node.imported, name))) return 'chance'
  return chance.some(name => isMember(node, 'crypto', name)) ? 'chance' : null
}

function isMember(node: Node, object: string, property: string): boolean {
  return node.type === 'MemberExpression' && isNamed(node.object, object) && isNamed(node.property, property)
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

const statement =
  /\b(select\s[\s\S]+\sfrom\s|insert\s+into\s|update\s+[\w".]+\s+set\s|delete\s+from\s|(create|alter|drop)\s+(table|index|role|type|schema|policy|database)\b|grant\s+\w+.*\sto\s|with\s+\w+\s+as\s*\()/i

/** SQL outside `store`. */
export function sqlOutsideStore(files: SourceFile[]): string[] {
  return files
    .filter(file => roomOf(file.path) !== 'store')
    .flatMap(file =>
      [...literals(file)]
        .filter(literal => statement.test(literal.text))
        .map(literal => finding(file, literal.start, 'holds SQL')),
    )
}

/** Words of the platform. `runtime` names its environment variables, so it is left out. */
const platform = /wechat|weixin|wecom|qyapi|openid|unionid|\bwxid|appid\b|msgid|errcode|(?<![a-z])weapp/i

/** Names that other rooms may use, with the reason. */
const platformExceptions: Record<string, string> = {
  'wechat-official': 'name of a channel in the port of app',
  '^wecom$': 'name of a channel in the port of app',
  '/wechat/official': 'address of the contract',
  '/wechat/mini': 'address of the contract',
  unionId: 'joins the channels of one person, opaque to everybody else',
  union_id: 'column of the same',
}

/** Names and addresses of WeChat outside `channels`. Comments may speak of it. */
export function platformOutsideChannels(files: SourceFile[]): string[] {
  const excepted = new RegExp(Object.keys(platformExceptions).join('|'), 'g')
  const names = (text: string) => platform.test(text.replace(excepted, ''))
  return files
    .filter(file => !['channels', 'runtime', 'main'].includes(roomOf(file.path)))
    .flatMap(file => {
      const found = [...literals(file)].filter(literal => names(literal.text)).map(literal => literal.start)
      walk(parse(file).program, node => {
        if (node.type === 'Identifier' && names(String(node.name))) found.push(node.start)
      })
      return found.map(start => finding(file, start, 'names the platform'))
    })
}

/** Forbidden shortcuts in the types, and failures or output that nobody sees. */
export function shortcuts(files: SourceFile[]): string[] {
  return files.flatMap(file => {
    const { program, comments } = parse(file)
    const found: string[] = []
    walk(program, node => {
      if (node.type === 'TSAnyKeyword') found.push(finding(file, node.start, 'any'))
      if (node.type === 'TSNonNullExpression') found.push(finding(file, node.start, 'non-null !'))
      if (node.type === 'MemberExpression' && isNamed(node.object, 'console')) {
        found.push(finding(file, node.start, 'console'))
      }
      if (node.type === 'CatchClause' && isNode(node.body) && isEmpty(node.body.body)) {
        found.push(finding(file, node.start, 'empty catch'))
      }
    })
    for (const comment of comments) {
      const word = /@ts-(ignore|expect-error|nocheck)|(ox|es)lint-disable|\b(TODO|FIXME|XXX)\b/.exec(comment.value)
      if (word) found.push(finding(file, comment.start, word[0]))
    }
    return found
  })
}

/** Module mocks in tests. */
export function moduleMocks(files: SourceFile[]): string[] {
  return files.flatMap(file => {
    const found: string[] = []
    walk(parse(file).program, node => {
      if (['mock', 'doMock', 'hoisted', 'stubGlobal'].some(name => isMember(node, 'vi', name))) {
        found.push(finding(file, node.start, 'replaces a module'))
      }
    })
    return found
  })
}
