import { createHttpAdapter, type PlanOverview } from 'addon-kit'
import { headers } from 'next/headers'
import { handle } from './handler'

/** The plan of who asks for a page, from the handler itself: no request leaves the server. */
export async function initialPlan(): Promise<PlanOverview> {
  const cookie = (await headers()).get('Cookie') ?? ''
  const adapter = createHttpAdapter({
    baseUrl: 'https://app.example/api/add-ons',
    headers: { Cookie: cookie },
    fetch: handle,
  })
  return adapter.getPlan()
}
