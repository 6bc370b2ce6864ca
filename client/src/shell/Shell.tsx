// The frame of every page: skip link, header, banners, main, footer; moves focus to the new page's heading.
import { Outlet, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { ToastsProvider } from '../ui/Toasts.tsx'
import { Footer } from './Footer.tsx'
import { Header } from './Header.tsx'
import './Shell.css'

export function Shell() {
  const t = useTranslations('shell')
  const main = useFocusOnArrival()
  return (
    <ToastsProvider>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
    </ToastsProvider>
  )
}

/** A page change without a page load says nothing to a screen reader unless focus goes to the new heading. */
function useFocusOnArrival() {
  const router = useRouter()
  const main = useRef<HTMLElement>(null)
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged) return
        const target = main.current?.querySelector<HTMLElement>('h1') ?? main.current
        target?.focus({ preventScroll: true })
      }),
    [router],
  )
  return main
}
