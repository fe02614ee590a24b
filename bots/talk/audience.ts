/** Whom a bot serves. It decides its own sentences and where its mini-program opens; what is answered decides the service. */
export const audiences = ['resident', 'officer'] as const
export type Audience = (typeof audiences)[number]
