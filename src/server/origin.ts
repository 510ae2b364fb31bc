/** Same origin, or one the host allows; a request without either header does not come from a browser's page. */
export function isOriginAllowed(request: Request, allowedOrigins: readonly string[]): boolean {
  const origin = request.headers.get('Origin')
  if (origin && allowedOrigins.includes(origin)) return true
  const site = request.headers.get('Sec-Fetch-Site')
  if (site) return site === 'same-origin' || site === 'none'
  return !origin || origin === new URL(request.url).origin
}
