// By which names this hub is asked. A page of another site can have its own name lead to our address (DNS rebinding), so a name that
// nobody gave us is not answered.
import { BlockList, isIP, isIPv6 } from 'node:net'

/** A Host header, or a host in a setting: the name in one spelling, without a dot at the end, and its port. */
export interface Host {
  name: string
  port: string | null
}

const HOST = /^(\[[\da-f:.]+\]|[a-z\d](?:[a-z\d._-]*[a-z\d_-])?\.?)(?::(\d{1,5}))?$/i

/** @returns null for what is no host: empty, with user information, a path, spaces, letters that no name has on the wire */
export function hostIn(given: string | undefined): Host | null {
  const [, typed, port] = HOST.exec(given ?? '') ?? []
  if (!typed || !URL.canParse(`http://${typed}`)) return null
  return { name: new URL(`http://${typed}`).hostname.replace(/\.$/, ''), port: port ?? null }
}

const LOCAL: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
const nameOf = (url: string) => new URL(url).hostname.replace(/\.$/, '')

/** The address is this machine's own, as nobody else can open it. */
export const isLocalUrl = (url: string): boolean => LOCAL.has(nameOf(url))

const reserved = new BlockList()
for (const [network, prefix] of [['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['127.0.0.0', 8], ['169.254.0.0', 16], ['100.64.0.0', 10]] as const) reserved.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [['::1', 128], ['fc00::', 7], ['fe80::', 10]] as const) reserved.addSubnet(network, prefix, 'ipv6')

/** An address that no visitor from the Internet has: of this machine, an office, a provider's inside or a container's network. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  return isIP(plain) !== 0 && reserved.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}

/** The host lies on this machine or in an office's own network, where https cannot always be had. */
export function isNear(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  const address = name.replace(/^\[(.*)\]$/, '$1')
  return isIP(address) ? isPrivateAddress(address) : !name.includes('.') || /\.(localhost|local|lan|internal|home\.arpa)$/.test(name)
}

export interface Hosts {
  /** This is one of the hub's names; of no header, it is not. */
  has(header: string | undefined): boolean
  /** A page of this origin is ours, when it was asked for by this Host. */
  hasOrigin(origin: string | undefined, header: string | undefined): boolean
}

/** PUBLIC_URL's host, this machine's own, and those that the operator names; at whichever port, for proxies and containers move ports. */
export function knownHosts({ publicUrl, allowedHosts }: { publicUrl: string | null; allowedHosts: readonly string[] }): Hosts {
  const publicOrigin = publicUrl === null ? null : new URL(publicUrl)
  const names = new Set([...LOCAL, ...allowedHosts, ...(publicUrl === null ? [] : [nameOf(publicUrl)])])
  const met = new Set<string>() // every request asks
  const has = (header: string | undefined) => {
    if (header === undefined || met.has(header)) return header !== undefined
    const isOurs = names.has(hostIn(header)?.name ?? '')
    if (isOurs && met.size < 100) met.add(header)
    return isOurs
  }
  return {
    has,
    hasOrigin(origin, header) {
      if (!origin || !URL.canParse(origin)) return false
      const page = new URL(origin)
      if (page.origin === publicOrigin?.origin) return true
      // A page that came over plain http may be anybody's, where ours come over https.
      if (publicOrigin?.protocol === 'https:' && page.hostname === publicOrigin.hostname) return false
      return /^https?:$/.test(page.protocol) && has(header) && hostIn(page.host)?.name === hostIn(header)!.name && page.port === (hostIn(header)!.port ?? '')
    },
  }
}
