// Keeps an answer on the device until it has arrived: saved before it is sent, and sent again once there is a connection.
// Pages work without it. Each form's own key makes sending twice harmless.
(() => {
  const place = document.getElementById('kept')
  const store = (() => {
    try {
      return window.localStorage
    } catch {
      return null
    }
  })()
  if (!place || !store || !window.fetch) return
  const prefix = `chungtay-tra-loi:${place.dataset.household}:`
  const MONTH_MS = 30 * 24 * 60 * 60 * 1000
  const AGAIN_MS = 15000

  const keptOnes = () =>
    Object.keys(store)
      .filter((key) => key.startsWith(prefix))
      .map((key) => ({ key, sent: store.getItem(key), ...JSON.parse(store.getItem(key)) }))

  /** A newer answer to the same question may have been kept while this one was on its way. */
  const forget = (key, sent) => store.getItem(key) === sent && store.removeItem(key)

  function say(words, look, link) {
    const line = document.createElement('p')
    line.className = `notice ${look}`
    line.append(words)
    if (link) {
      const anchor = document.createElement('a')
      anchor.href = link
      anchor.textContent = place.dataset.show
      line.append(' ', anchor)
    }
    place.replaceChildren(line)
  }

  /** Its slip is not open on this device now, or another's is: it waits for its own. */
  const NOT_NOW = [401, 412]

  /** The address of its receipt; or the page that says what is against it; or neither, when it did not get through. */
  async function send({ action, body }) {
    try {
      const response = await fetch(action, { method: 'POST', body: new URLSearchParams(body), headers: { accept: 'text/html' }, signal: AbortSignal.timeout?.(30000) })
      if (response.url.endsWith('/bien-nhan')) return { receipt: response.url }
      return response.status >= 500 || response.status === 429 ? {} : { page: await response.text(), isEarly: NOT_NOW.includes(response.status) }
    } catch {
      return {}
    }
  }

  function show(page) {
    const { title, body } = new DOMParser().parseFromString(page, 'text/html')
    document.title = title
    document.body = body
    const first = body.querySelector('[autofocus], h1')
    if (first.matches('h1')) first.tabIndex = -1
    first.focus()
  }

  const form = document.querySelector('form[data-keep]')
  const isLeaving = document.querySelector('form[action="/h/thoat"]') !== null
  const keyOf = (asked) => asked && prefix + new URL(asked.action).pathname

  let isSending = false
  let isElsewhere = false
  /** An answer was kept while an earlier one was on its way. */
  let isNewer = false
  async function sendKept() {
    if (isSending) return
    isSending = true
    for (const { key, sent, ...answer } of keptOnes()) {
      const isStale = Date.now() - answer.at > MONTH_MS
      const { receipt, page, isEarly } = isStale ? {} : await send(answer)
      isElsewhere = isEarly === true
      if (isEarly) break
      if (!receipt && !page && !isStale) {
        say(isLeaving ? place.dataset.leaving : place.dataset.waiting, 'warn')
        break
      }
      forget(key, sent)
      if (receipt && key === keyOf(form)) location.assign(receipt)
      else if (receipt) say(place.dataset.sent, 'ok', receipt)
    }
    sendNewer()
  }

  function sendNewer() {
    isSending = false
    if (!isNewer) return
    isNewer = false
    sendKept()
  }

  form?.addEventListener('submit', async (event) => {
    event.preventDefault()
    const answer = { action: form.action, body: new URLSearchParams(new FormData(form)).toString(), at: Date.now() }
    const key = keyOf(form)
    const sent = JSON.stringify(answer)
    store.setItem(key, sent)
    say(place.dataset.sending, '')
    if (isSending) {
      isNewer = true
      return
    }
    isSending = true
    const { receipt, page, isEarly } = await send(answer)
    if (!receipt && !page) {
      say(place.dataset.waiting, 'warn')
      place.scrollIntoView({ block: 'center' })
      sendNewer()
      return
    }
    isElsewhere = isEarly === true
    if (!isEarly) forget(key, sent)
    sendNewer()
    if (receipt) location.assign(receipt)
    else show(page)
  })

  window.addEventListener('online', sendKept)
  setInterval(() => !isElsewhere && keptOnes().length && sendKept(), AGAIN_MS)
  if (keptOnes().length) sendKept()
})()
