// A list moved through by arrows, j and k, Home and End: one tab stop, as in any list of a desktop.
import { useRef, useState, type KeyboardEvent } from 'react'

const steps: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  j: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  k: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, count) => count - 1,
}

/** `list` goes on the element around the items, `item(index)` on each of them. */
export function useRoving(count: number, onMove?: (index: number) => void) {
  const [current, setCurrent] = useState(0)
  const items = useRef<(HTMLElement | null)[]>([])
  const at = Math.min(current, Math.max(0, count - 1))

  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key]
    // Keys belong to the list only while one of its items has focus: a field inside an item keeps its own.
    if (!step || event.ctrlKey || event.metaKey || event.altKey || !items.current.includes(event.target as HTMLElement)) return
    event.preventDefault()
    const next = step(at, count)
    setCurrent(next)
    items.current[next]?.focus()
    if (next !== at) onMove?.(next)
  }

  return {
    current: at,
    focus: (index: number) => {
      setCurrent(index)
      items.current[index]?.focus()
    },
    list: { onKeyDown },
    item: (index: number) => ({
      ref: (element: HTMLElement | null) => {
        items.current[index] = element
      },
      tabIndex: index === at ? 0 : -1,
      onFocus: () => setCurrent(index),
    }),
  }
}
