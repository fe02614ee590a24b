/** Prefix of the dedupe key under which a notice on a case is told; id of the application and number of the notice follow. */
export const NOTICE_KEY = 'notice:'
