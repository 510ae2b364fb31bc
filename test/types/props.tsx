import {
  AddOnCard,
  AddOnNavItem,
  AddOnProvider,
  createHttpAdapter,
  PlanTab,
  PurchaseDialog,
  RequestFeatureButton,
} from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'
import { de } from 'addon-kit/locales/de'
import 'addon-kit/styles.css'

const adapter = createDemoAdapter({ role: 'owner' })
const id: string = 'any-add-on'

export const providers = [
  <AddOnProvider key={1} adapter={adapter} theme="dark" locale={undefined} messages={de} />,
  <AddOnProvider key={2} baseUrl="/api/add-ons" messages={{ 'action.subscribe': 'Buy' }} />,
  <AddOnProvider key={3} adapter={createHttpAdapter({ baseUrl: '/api/add-ons', headers: () => ({ a: 'b' }) })} />,
  // @ts-expect-error Nothing to talk to.
  <AddOnProvider key={4} />,
  // @ts-expect-error Two doors to one backend.
  <AddOnProvider key={5} adapter={adapter} baseUrl="/api/add-ons" />,
  // @ts-expect-error No such theme.
  <AddOnProvider key={6} adapter={adapter} theme="sepia" />,
  // @ts-expect-error No such text.
  <AddOnProvider key={7} adapter={adapter} messages={{ 'action.subscribed': 'Buy' }} />,
  // @ts-expect-error An adapter has six methods.
  <AddOnProvider key={8} adapter={{ getPlan: adapter.getPlan }} />,
]

export const surfaces = [
  <PlanTab key={1} className="tab" classNames={{ 'plan-name': 'big', card: 'flat' }} aria-label="Plan" />,
  <AddOnCard key={2} addOnId={id} ref={(element: HTMLElement | null) => element?.focus()} />,
  <AddOnNavItem key={3} addOnId={id} href="/analytics" onClick={(event) => event.currentTarget.blur()} />,
  <RequestFeatureButton key={4} addOnId={id} withNote />,
  <PurchaseDialog key={5} addOnId={id} action="subscribe" open onOpenChange={(open: boolean) => open} />,
  // @ts-expect-error Of which add-on?
  <AddOnCard key={6} />,
  // @ts-expect-error No such slot.
  <PlanTab key={7} classNames={{ planName: 'big' }} />,
  // @ts-expect-error No such action.
  <PurchaseDialog key={8} addOnId={id} action="buy" />,
  // @ts-expect-error The plan tab writes its own content.
  <PlanTab key={9}>Plan</PlanTab>,
]
