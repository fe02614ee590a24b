import type { Config } from './config.ts'
import type { DemoLogin } from './demo/seed.ts'

/** Says on stdout what an operator wants to know first: addresses, log-ins of the demo, what is off. */
export function announce(config: Config, role: 'web' | 'worker' | 'all', logins: readonly DemoLogin[]): void {
  const lines = [
    ...(role === 'worker' ? ['暖心 worker ready'] : addresses(config)),
    ...logins.map(({ username, password }) => `  演示登录 ${username.padEnd(9)} ${password}`),
    ...config.remarks.map(remark => `  ${remark}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
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
