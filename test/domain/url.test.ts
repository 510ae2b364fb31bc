import { expect, test } from 'vitest'
import { safeUrl } from '../../src/domain/url.js'

test.each([
  '/analytics',
  'analytics?tab=1#top',
  'analytics?q=two words',
  '//cdn.example/a.png',
  'https://example.com/ü?x=<b>',
  'http://example.com',
  'HTTPS://EXAMPLE.COM',
])('%s may be a link and an image', (url) => {
  expect(safeUrl(url, 'link')).toBe(url)
  expect(safeUrl(url, 'image')).toBe(url)
})

test('mail is for links only', () => {
  expect(safeUrl('mailto:mara@northwind.example', 'link')).toBe('mailto:mara@northwind.example')
  expect(safeUrl('mailto:mara@northwind.example', 'image')).toBeUndefined()
})

test.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg/>',
  'vbscript:x',
  'blob:https://example.com/1',
  'file:///etc/passwd',
  'ftp://example.com',
  'https://',
  'http://[',
  'https://northwind.example@evil.example/',
  'https://user:password@evil.example/',
  '//northwind.example@evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https:\\\\evil.example',
  ' https://example.com',
  '\thttps://example.com',
  '\u00a0https://example.com',
  'ht\ntps://example.com',
  '/\n/evil.example',
  '\u0000https://example.com',
  'javascript\u0000:alert(1)',
  'jAvAsCrIpT&colon;alert(1)'.replace('&colon;', ':'),
  'javascript://example.com/%0Aalert(1)',
  'view-source:https://example.com',
  'about:blank',
  'ws://example.com',
  'intent://example.com',
])('%j is dropped', (url) => {
  expect(safeUrl(url, 'link')).toBeUndefined()
  expect(safeUrl(url, 'image')).toBeUndefined()
})

test('nothing stays nothing', () => {
  expect(safeUrl(undefined, 'link')).toBeUndefined()
  expect(safeUrl('', 'link')).toBeUndefined()
})
