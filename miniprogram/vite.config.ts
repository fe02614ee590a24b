import uniModule from '@dcloudio/vite-plugin-uni'
import { defineConfig, type Plugin } from 'vite'
import { firstScreen, inFewFiles, packed } from './firstScreen.ts'
import { offlineWorker } from './offlineWorker.ts'
import { readAttributesAsWeChatDoes } from './src/platform/roleAttribute.ts'

// The package is CommonJS; under ESM its function arrives one level deeper than its types say.
const uni: typeof uniModule = Reflect.get(uniModule, 'default') ?? uniModule
const platform = process.env['UNI_PLATFORM'] === 'mp-weixin' ? 'weixin' : 'h5'

/**
 * The framework's style sheet names a shadow picture on a CDN, its scripts name pages of its manual and map services
 * that we do not use. Nothing we ship may load from outside, and a gate that looks for addresses should find none.
 */
const OUTSIDE = /https?:\/\/(?!127\.0\.0\.1)[\w-]+(\.[\w-]+)*\.(com|cn)\b[\w./-]*/g
const noOutsideAddresses: Plugin = {
  name: 'nuanxin:no-outside-addresses',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'asset' && file.fileName.endsWith('.css'))
        file.source = String(file.source).replace(/url\((["']?)https?:\/\/[^)]+\)/g, 'none')
      if (file.type === 'chunk' && file.fileName.includes('vendor')) file.code = file.code.replace(OUTSIDE, '')
    }
  },
}

export default defineConfig({
  server: { host: '127.0.0.1' },
  // One sheet for all pages, inside the page itself, and few scripts: a dozen small files cost a slow line more round trips
  // than bytes.
  ...(platform === 'h5'
    ? { build: { cssCodeSplit: false, rollupOptions: { output: { manualChunks: inFewFiles() } } } }
    : {}),
  resolve: { alias: { '@platform': new URL(`./src/platform/${platform}.ts`, import.meta.url).pathname } },
  plugins: [
    noOutsideAddresses,
    ...(platform === 'h5' ? [firstScreen, offlineWorker, packed] : []),
    uni({
      vueOptions: {
        template: { compilerOptions: { nodeTransforms: platform === 'weixin' ? [readAttributesAsWeChatDoes] : [] } },
      },
    }),
  ],
})
