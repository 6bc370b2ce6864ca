// Notices when the number of proxies is set wrong: limits then count all the world as one network, or believe what senders say.
import type { IncomingMessage } from 'node:http'
import type { Sentence } from './failure.ts'
import { isLocalUrl, isPrivateAddress } from './hosts.ts'
import { addressOf, forwardedFor } from './origin.ts'

/** So many different visitors without one address from elsewhere are no coincidence. */
const VISITORS = 5

export interface AddressOptions {
  proxies: number
  publicUrl: string | null
  /** Called once at most. */
  warn(event: 'visitors_from_one_address' | 'too_few_proxies_named', sentence: Sentence): void
}

/** What to tell each request to. It stops looking once it has warned, or has met visitors from two addresses. */
export function watchAddresses({ proxies, publicUrl, warn }: AddressOptions): (request: IncomingMessage) => void {
  const visitors = new Set<string>()
  let only: string | null = null
  let done = publicUrl === null || isLocalUrl(publicUrl)

  const tell = (...warning: Parameters<AddressOptions['warn']>) => {
    done = true
    warn(...warning)
  }

  return (request) => {
    if (done) return
    const chain = forwardedFor(request)
    // Whoever goes round the outermost proxy writes its own address into the chain.
    if (chain.length > 0 && chain.length < proxies) return tell('too_few_proxies_named', tooFew(proxies, chain.length))
    const address = addressOf(request, { proxies })
    if (address === null) return
    if (!isPrivateAddress(address) || (only !== null && only !== address)) {
      done = true
      return
    }
    only = address
    visitors.add(`${request.headers['user-agent'] ?? ''} ${request.headers.cookie ?? ''}`)
    if (visitors.size >= VISITORS) tell('visitors_from_one_address', oneAddress(proxies, chain.length))
  }
}

const oneAddress = (proxies: number, named: number): Sentence => {
  const more = Math.max(named, proxies + 1)
  return {
    vi: `Mọi người truy cập đều đến từ một địa chỉ nội bộ, nên bị tính chung là một mạng. BEHIND_PROXY đang là ${proxies}; nếu còn proxy khác đứng trước, hãy đặt BEHIND_PROXY=${more} và để mỗi proxy thêm địa chỉ vào X-Forwarded-For.`,
    en: `Every visitor comes from one private address, so all count as one network. BEHIND_PROXY is ${proxies}; where another proxy stands before the hub, set BEHIND_PROXY=${more} and let each proxy add its visitor to X-Forwarded-For.`,
  }
}

const tooFew = (proxies: number, named: number): Sentence => ({
  vi: `BEHIND_PROXY đang là ${proxies}, nhưng có yêu cầu chỉ qua ${named} proxy: người gửi khi đó có thể tự khai địa chỉ. Hãy đặt BEHIND_PROXY đúng số proxy, và không để ai nối thẳng tới proxy bên trong.`,
  en: `BEHIND_PROXY is ${proxies}, but a request came through ${named} only: its sender could then claim any address. Set BEHIND_PROXY to the number of proxies, and let nobody connect to an inner one directly.`,
})
