import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { AddOnProvider, PlanTab } from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'
import 'addon-kit/styles.css'
import { mount } from './mount.js'

const adapter = createDemoAdapter()

/** With defaults that nobody else's queries would outlive. */
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      enabled: false,
      queryFn: async () => 'the host’s answer',
      refetchOnMount: false,
      retry: 10,
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
      throwOnError: true,
    },
    mutations: { networkMode: 'offlineFirst', retry: 10 },
  },
})
queryClient.setQueryData(['plan'], 'the host’s plan')

/** What the host's cache holds, and how the host set it up. */
function snapshot() {
  return {
    queries: queryClient.getQueryCache().getAll(),
    mutations: queryClient.getMutationCache().getAll(),
    defaults: queryClient.getDefaultOptions(),
  }
}
Object.assign(window, {
  takeSnapshot: () => {
    const { queries, mutations, defaults } = snapshot()
    const kept = queries.map(({ queryKey, state }) => ({ queryKey, state }))
    return JSON.stringify({ kept, mutations: mutations.length, defaults }, (_, value) =>
      typeof value === 'function' ? String(value) : value,
    )
  },
})

function Greeting() {
  const { data } = useQuery({ queryKey: ['greeting'], enabled: true, select: (text: unknown) => `Here is ${text}` })
  return <p>{data}</p>
}

/** In its address stands whether the kit shares the host's client. */
const isShared = location.search === '?shared'

mount(
  <QueryClientProvider client={queryClient}>
    <AddOnProvider adapter={adapter} queryClient={isShared ? queryClient : undefined}>
      <Greeting />
      <PlanTab />
    </AddOnProvider>
  </QueryClientProvider>,
)
