import { templateWays, type MessageTemplate, type TemplateWay } from '../domain/message/template.ts'
import type { Config } from './config.ts'
import type { DemoLogin } from './demo/seed.ts'

/** Says on stdout what an operator wants to know first: addresses, log-ins of the demo, what is off. */
export function announce(
  config: Config,
  role: 'web' | 'worker' | 'all',
  { logins, templates }: { logins: readonly DemoLogin[]; templates: readonly MessageTemplate[] },
): void {
  const lines = [
    ...(role === 'worker' ? ['暖心 worker ready'] : addresses(config)),
    ...logins.map(({ username, password }) => `  演示登录 ${username.padEnd(9)} ${password}`),
    ...config.remarks.map(remark => `  ${remark}`),
    ...waysWithoutForms(config, templates),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

const wayNames: Record<TemplateWay, string> = {
  officialSubscription: '订阅通知',
  officialTemplate: '模板消息',
  miniSubscription: '小程序订阅消息',
}

/** Without any file the remarks of the configuration have said it. */
function waysWithoutForms({ templatesFile }: Config, templates: readonly MessageTemplate[]): string[] {
  if (templatesFile === null) return []
  const without = templateWays.filter(way => !templates.some(form => form.way === way))
  return without.map(way => `  ${wayNames[way]}没有模板：这一路关闭（NUANXIN_TEMPLATES_FILE）`)
}

function addresses({ publicUrl }: Config): string[] {
  return [
    '暖心已启动 / Nuanxin is ready',
    `  群众 resident   ${publicUrl}/`,
    `  村干部 officer  ${publicUrl}/officer`,
    `  主管 console    ${publicUrl}/console`,
    `  接口 API        ${publicUrl}/openapi.json`,
  ]
}
