import type { Identity } from 'addon-kit/server'

/** Who is signed in, by a cookie that anybody can set; yours is signed. */
export function sessionOf(request: Request): Identity | null {
  const accountId = /(?:^|; )account=(\w+)/.exec(request.headers.get('Cookie') ?? '')?.[1] ?? 'acc_larkspur'
  return { accountId, userId: 'usr_olive', name: 'Olive', role: 'owner' }
}
