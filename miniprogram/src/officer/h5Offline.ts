/** Lets the officers' page open without network: the worker keeps page and scripts of this build (`offlineWorker.ts`). */
export function installOfflineWorker(): void {
  if (!('serviceWorker' in navigator)) return
  // After the first screen: its scripts come first on a slow network. Refused in private windows; then the page needs network.
  const register = () => void navigator.serviceWorker.register('/offline.js', { scope: '/officer' }).catch(() => null)
  if (document.readyState === 'complete') register()
  else window.addEventListener('load', register, { once: true })
}
