import { platform } from '@platform'
import { createSSRApp } from 'vue'
import App from './App.vue'
import { loadPreferences } from './preferences.ts'
// #ifdef H5
import { openOfficerAddress } from './platform/h5Routes.ts'
// #endif

export function createApp() {
  // #ifdef H5
  openOfficerAddress()
  // #endif
  platform.start()
  loadPreferences()
  return { app: createSSRApp(App) }
}
