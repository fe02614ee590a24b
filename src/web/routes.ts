import type { Route } from './route.ts'
import { applicationRoutes } from './routes/applications.ts'
import { botRoutes } from './routes/bot.ts'
import { certificateRoutes } from './routes/certificates.ts'
import { chatRoutes } from './routes/chat.ts'
import { officerRoutes } from './routes/officer.ts'
import { operationRoutes } from './routes/operations.ts'
import { regionRoutes } from './routes/regions.ts'
import { sessionRoutes } from './routes/session.ts'
import { taskRoutes } from './routes/tasks.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { wechatRoutes } from './routes/wechat.ts'

const groups: Route[] = [
  ...wechatRoutes,
  ...sessionRoutes,
  ...chatRoutes,
  ...applicationRoutes,
  ...certificateRoutes,
  ...uploadRoutes,
  ...regionRoutes,
  ...officerRoutes,
  ...taskRoutes,
  ...botRoutes,
]

/** Every address of the service. A new group is a file in `routes/` and a line above. */
export const routes: readonly Route[] = [...groups, ...operationRoutes(groups)]
