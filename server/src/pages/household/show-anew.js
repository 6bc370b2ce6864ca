// On a shared device nothing of a household comes back by itself: not by the browser's Back, and not in another tab once someone has left.
// Pages work without it.
(() => {
  const root = document.documentElement
  const again = () => {
    root.hidden = true
    location.replace(location.href)
  }
  addEventListener('pagehide', ({ persisted }) => (root.hidden = persisted))
  addEventListener('pageshow', ({ persisted }) => persisted && again())
  const channel = window.BroadcastChannel && new BroadcastChannel('chungtay-phieu')
  if (!document.querySelector('[data-left]')) {
    if (channel) channel.onmessage = again
    return
  }
  channel?.postMessage('left')
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith('chungtay-tra-loi:')) localStorage.removeItem(key)
  } catch {
    return // storage is refused: nothing was kept
  }
})()
