// What the type checker must know beyond TypeScript: files that Vite turns into modules, and CSS variables in `style`.
/// <reference types="vite/client" />
import 'react'

declare module 'react' {
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined
  }
}
