import { platform } from '@platform'
import { reactive } from 'vue'

export type Language = 'zh-CN' | 'en'

/** What the person chose for himself on this device. */
export interface Preferences {
  language: Language
  /** 长辈模式: large type, large touch areas. */
  elder: boolean
}

const LANGUAGE = 'nuanxin.language'
const ELDER = 'nuanxin.elder'

export const preferences = reactive<Preferences>({ language: 'zh-CN', elder: false })

/** Reads what was chosen before; large type of the device counts as a choice until there is one. */
export function loadPreferences(): void {
  preferences.language = platform.store.read(LANGUAGE) === 'en' ? 'en' : 'zh-CN'
  const elder = platform.store.read(ELDER)
  preferences.elder = elder === null ? platform.prefersLargeType() : elder === 'yes'
}

export function chooseLanguage(language: Language): void {
  preferences.language = language
  platform.store.write(LANGUAGE, language)
}

export function chooseElder(elder: boolean): void {
  preferences.elder = elder
  platform.store.write(ELDER, elder ? 'yes' : 'no')
}
