// Starts the client in the browser.
import '@fontsource/be-vietnam-pro/400.css'
import '@fontsource/be-vietnam-pro/600.css'
import './ui/tokens.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { speakChosenLanguage } from './i18n/Language.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

await speakChosenLanguage()

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
