// By which names the hub is asked: its own, this machine's, and those that the operator gives.
import { describe, expect, test } from 'vitest'
import { hostIn, isNear, isPrivateAddress, knownHosts } from './hosts.ts'

const hosts = knownHosts({ publicUrl: 'https://chungtay.example.vn', allowedHosts: ['hub.lan', '[fd00::7]'] })

test.each<[host: string | undefined, known: boolean]>([
  ['chungtay.example.vn', true], ['CHUNGTAY.Example.VN', true], ['chungtay.example.vn.', true], ['chungtay.example.vn:8443', true], ['chungtay.example.vn.:443', true],
  ['hub.lan', true], ['hub.lan:4000', true], ['[fd00::7]:4000', true], ['[FD00:0:0:0:0:0:0:7]', true],
  ['localhost', true], ['LOCALHOST:4000', true], ['127.0.0.1:4000', true], ['[::1]', true], ['[::1]:4000', true], ['[0:0:0:0:0:0:0:1]:80', true],
  ['rebind.example', false], ['chungtay.example.vn.rebind.example', false], ['xchungtay.example.vn', false], ['example.vn', false],
  ['192.168.1.5:4000', false], ['10.0.0.1', false], ['[::2]', false], ['0.0.0.0', false], ['localhost.rebind.example', false],
  ['ai@chungtay.example.vn', false], ['chungtay.example.vn@rebind.example', false], ['localhost:4000@rebind.example', false], ['localhost/..', false],
  ['localhost, rebind.example', false], ['localhost rebind.example', false], ['::1', false], ['[::1', false], ['localhost:', false], ['localhost:port', false],
  ['localhost..', false], ['.', false], ['', false], [undefined, false],
])('of Host «%s», it is one of ours: %s', (host, known) => {
  expect(hosts.has(host)).toBe(known)
  expect(hosts.has(host)).toBe(known) // also when it was asked before
})

test.each<[origin: string, host: string, own: boolean]>([
  ['https://chungtay.example.vn', 'chungtay.example.vn', true],
  ['https://chungtay.example.vn', 'localhost:4000', true], // a proxy that names its upstream
  ['https://CHUNGTAY.example.vn:443', 'chungtay.example.vn', true],
  ['http://chungtay.example.vn', 'chungtay.example.vn', false],
  ['http://localhost:4000', 'localhost:4000', true],
  ['http://[::1]:4000', '[::1]:4000', true],
  ['https://hub.lan', 'hub.lan', true],
  ['http://localhost:3000', 'localhost:4000', false],
  ['http://hub.lan', 'localhost', false],
  ['http://rebind.example', 'rebind.example', false],
  ['https://rebind.example', 'chungtay.example.vn', false],
  ['https://chungtay.example.vn.rebind.example', 'chungtay.example.vn', false],
  ['null', 'localhost', false], ['', 'localhost', false], ['localhost', 'localhost', false], ['file://localhost', 'localhost', false],
])('a page of %s that was asked for by Host %s is ours: %s', (origin, host, own) => {
  expect(hosts.hasOrigin(origin, host)).toBe(own)
})

describe('a host', () => {
  test('has one spelling', () => {
    expect(hostIn('Hub.VN.:08080')).toEqual({ name: 'hub.vn', port: '08080' })
    expect(hostIn('[0:0::1]')).toEqual({ name: '[::1]', port: null })
    expect(hostIn('http://hub.vn')).toBeNull()
  })
  test.each<[hostname: string, near: boolean]>([
    ['localhost', true], ['may-chu', true], ['hub.lan', true], ['hub.local', true], ['hub.internal', true], ['192.168.1.5', true], ['10.1.2.3', true], ['[fd00::1]', true],
    ['chungtay.vn', false], ['203.0.113.5', false], ['[2001:db8::1]', false], ['local.vn', false],
  ])('%s lies in a network of one’s own: %s', (hostname, near) => {
    expect(isNear(hostname)).toBe(near)
  })
  test.each<[address: string, isPrivate: boolean]>([
    ['127.0.0.1', true], ['::ffff:172.18.0.1', true], ['172.32.0.1', false], ['100.64.0.9', true], ['192.168.255.255', true], ['fe80::1%eth0', true], ['::1', true],
    ['203.0.113.5', false], ['2001:db8::1', false], ['unknown', false],
  ])('%s is private: %s', (address, isPrivate) => {
    expect(isPrivateAddress(address)).toBe(isPrivate)
  })
})
