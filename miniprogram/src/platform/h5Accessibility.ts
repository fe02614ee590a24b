/**
 * What uni-app's H5 components lack: `<input>` keeps its label on the outer element (uni-app#4353), buttons do not
 * answer to the keyboard, pages have no landmarks, dialogs do not hold the focus, pictures have no words.
 */
const MOVED = ['aria-label', 'aria-describedby', 'aria-required', 'aria-invalid', 'inputmode', 'autocomplete']

function labelInnerInputs(): void {
  for (const host of document.querySelectorAll('uni-input, uni-textarea')) {
    const inner = host.querySelector('input, textarea')
    if (!inner) continue
    for (const name of MOVED) {
      const value = host.getAttribute(name)
      if (value === null) continue
      inner.setAttribute(name, value)
      if (name.startsWith('aria-')) host.removeAttribute(name)
    }
    host.querySelector('.uni-input-placeholder, .uni-textarea-placeholder')?.setAttribute('aria-hidden', 'true')
  }
}

/** `<image>` draws a background and keeps an `<img>` without words beside it. */
function wordsForPictures(): void {
  for (const host of document.querySelectorAll('uni-image')) {
    const words = host.getAttribute('alt') ?? ''
    host.querySelector('img')?.setAttribute('alt', words)
  }
}

function nameRoles(): void {
  for (const page of document.querySelectorAll('uni-page-wrapper')) page.setAttribute('role', 'main')
  for (const button of document.querySelectorAll('uni-button, [role=button]')) {
    if (!button.hasAttribute('role')) button.setAttribute('role', 'button')
    const disabled = button.getAttribute('disabled') !== null && button.getAttribute('disabled') !== 'false'
    if (disabled) button.setAttribute('aria-disabled', 'true')
    else button.removeAttribute('aria-disabled')
    if (!button.hasAttribute('tabindex')) button.setAttribute('tabindex', '0')
  }
  for (const area of document.querySelectorAll('uni-scroll-view .uni-scroll-view .uni-scroll-view'))
    area.setAttribute('tabindex', '0')
}

const focusable = '[role=button], [role=tab], [role=checkbox], input, textarea, a[href]'
let lastDialog: Element | null = null
let focusBefore: HTMLElement | null = null

/** Focus goes into a dialog when it opens and back to where it was when it closes. */
function followDialog(): void {
  const dialog = document.querySelector('[role=dialog]')
  if (dialog === lastDialog) return
  if (dialog && !lastDialog) focusBefore = document.activeElement instanceof HTMLElement ? document.activeElement : null
  lastDialog = dialog
  if (dialog) dialog.querySelector<HTMLElement>(focusable)?.focus()
  else focusBefore?.focus()
}

function holdTab(event: KeyboardEvent, dialog: Element): void {
  const stops = [...dialog.querySelectorAll<HTMLElement>(focusable)]
  const first = stops[0]
  const last = stops[stops.length - 1]
  const edge = event.shiftKey ? first : last
  if (document.activeElement !== edge) return
  event.preventDefault()
  const other = event.shiftKey ? last : first
  other?.focus()
}

function onKey(event: KeyboardEvent): void {
  const target = event.target
  const pressable = target instanceof HTMLElement && target.matches('[role=button], [role=tab], [role=checkbox]')
  if (pressable && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault()
    target.click()
  }
  if (!lastDialog) return
  if (event.key === 'Tab') holdTab(event, lastDialog)
  if (event.key === 'Escape') lastDialog.querySelector<HTMLElement>('.sheet-close [role=button]')?.click()
}

export function installAccessibility(): void {
  const mend = () => {
    labelInnerInputs()
    wordsForPictures()
    nameRoles()
    followDialog()
  }
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  document.addEventListener('keydown', onKey)
  mend()
}
