// Installed by `npm run bench` only: what is used of them here, so that the types can be checked without them.

declare module '@schematichq/schematic-components' {
  export const EmbedContext: import('react').Context<object>
  export const EmbedProvider: import('react').FunctionComponent<{ children: import('react').ReactNode }>
  export const PricingTable: import('react').FunctionComponent
}

declare module 'autumn-js/react' {
  export const AutumnProvider: import('react').FunctionComponent<{
    backendUrl: string
    includeCredentials: boolean
    children: import('react').ReactNode
  }>
  export const PricingTable: import('react').FunctionComponent
}

declare module 'swr' {
  export const SWRConfig: import('react').FunctionComponent<{
    value: { provider: () => Map<string, object>; revalidateIfStale: boolean; revalidateOnFocus: boolean }
    children: import('react').ReactNode
  }>
  export function unstable_serialize(key: unknown[]): string
}
