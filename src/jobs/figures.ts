import type { Job } from './parts.ts'

/** The night's work on the figures, when it is time. Several workers may be asked; one does it. */
export const figuresJob: Job = {
  concurrency: 1,
  run: async ({ figures, retention, log }) => {
    const done = await figures?.night()
    if (done) log('figure.night', { ...done })
    if (done && done.differences > 0) log('figure.differences', { count: done.differences })
    const deleted = await retention?.night()
    if (deleted) log('retention.night', deleted)
  },
}
