/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Address of the service for the mini-program, e.g. `https://nuanxin.example`. H5 is served by the service itself. */
  readonly VITE_SERVICE_URL?: string
}

declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
