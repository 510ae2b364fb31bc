import { AddOnNavItem, AddOnProvider, type AddOnProviderProps, PlanTab, RequestFeatureButton } from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'

/** Who looks at it stands in its address: an Owner, where it says nothing. */
const role = new URLSearchParams(location.search).get('role') ?? 'owner'

const adapter = createDemoAdapter({
  role,
  now: () => new Date('2026-03-16T12:00:00Z'),
  statuses: { 'ai-assist': 'trialing' },
})

/** A host's page with elements of its own, in which each part of the kit stands. */
export function Dashboard({ nonce }: Pick<AddOnProviderProps, 'nonce'>) {
  return (
    <AddOnProvider adapter={adapter} nonce={nonce}>
      <header data-own="">
        <h1>Northwind</h1>
        <p>
          <a href="#help">Help</a> <button type="button">Sign out</button>
        </p>
      </header>
      {/* What the rest of the page looks like leaves it as wide as it is. */}
      <main style={{ position: 'absolute', insetBlockStart: '400px', inlineSize: '1000px', margin: 0, padding: 0 }}>
        <AddOnNavItem addOnId="analytics-plus" />
        <AddOnNavItem addOnId="ai-assist" />
        <PlanTab />
        <RequestFeatureButton addOnId="analytics-plus" withNote />
      </main>
      <footer data-own="">
        <ul>
          <li>Imprint</li>
        </ul>
        <table>
          <tbody>
            <tr>
              <td>
                <input aria-label="Search" />
              </td>
            </tr>
          </tbody>
        </table>
        <dialog open>
          <h2>News</h2>
        </dialog>
      </footer>
    </AddOnProvider>
  )
}
