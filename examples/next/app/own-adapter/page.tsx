import { PlanTab } from 'addon-kit'
import { Providers } from './Providers'

export default function Page() {
  return (
    <Providers>
      <main>
        <PlanTab />
      </main>
    </Providers>
  )
}
