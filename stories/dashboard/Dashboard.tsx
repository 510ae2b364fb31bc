import {
  type AddOnAdapter,
  AddOnNavItem,
  AddOnProvider,
  type AddOnProviderProps,
  type LinkProps,
  type MessageOverrides,
  PlanTab,
  type Theme,
  usePlan,
} from 'addon-kit'
import { createContext, type ReactNode, useContext, useId, useState } from 'react'
import type { StoryAccount } from '../bugs/StoryAccount.js'
import { Watch } from '../bugs/Watch.js'
import { bankQuestion, cardQuestion, HostPrompt, type HostPromptProps } from './HostPrompt.js'
import './dashboard.css'

/** Where the fictional host's parts live, besides the add-ons' own pages. */
const pages: Readonly<Record<string, string>> = {
  '/inbox': 'Inbox',
  '/calls': 'Calls',
  '/numbers': 'Numbers',
  '/users': 'Users & teams',
  '/plan': 'Plan',
  '/invoices': 'Invoices',
  '/analytics': 'Analytics+',
  '/assist': 'AI Assist',
  '/assist/pro': 'AI Assist Pro',
  '/voice-agent': 'AI Voice Agent',
}

const Router = createContext({ path: '/plan', go: (_path: string) => {} })

/** The host's link: it changes the page without leaving the story. */
function HostLink({ href, ...rest }: LinkProps) {
  const { path, go } = useContext(Router)
  return (
    <a
      {...rest}
      href={href}
      aria-current={href === path ? 'page' : undefined}
      onClick={(event) => {
        event.preventDefault()
        go(href)
      }}
    />
  )
}

export interface DashboardProps {
  /** Stands above the host: what belongs to the demo, not to the product. */
  demoBar: ReactNode
  connection: { baseUrl: string } | { adapter: AddOnAdapter }
  account: StoryAccount
  scope: string
  theme?: Theme | undefined
  locale?: string | undefined
  messages?: MessageOverrides | undefined
  onEvent?: AddOnProviderProps['onEvent']
}

/** A fictional product with the kit in its sidebar and below "My company > Plan". */
export function Dashboard({ demoBar, connection, account, ...provider }: DashboardProps) {
  const [path, go] = useState('/plan')
  const [prompt, setPrompt] = useState<ReactNode>()
  const ask = <Answer extends string>(question: HostPromptProps<Answer>['question'], signal?: AbortSignal) =>
    new Promise<Answer | undefined>((resolve) => {
      const onAnswer = (answer?: Answer) => {
        setPrompt(undefined)
        resolve(answer)
      }
      signal?.addEventListener('abort', () => onAnswer())
      setPrompt(<HostPrompt question={question} onAnswer={onAnswer} />)
    })
  return (
    <Router.Provider value={{ path, go }}>
      <AddOnProvider
        {...connection}
        {...provider}
        linkComponent={HostLink}
        onPaymentAction={async (_, { signal }) => {
          const answer = await ask(bankQuestion, signal)
          if (answer) account.bank.note(answer)
        }}
        onUpdatePaymentMethod={async () => {
          await ask(cardQuestion)
        }}
      >
        <div className="host">
          {demoBar}
          <Sidebar />
          <TopBar />
          <main className="host-main">{path === '/plan' ? <PlanTab /> : <Feature name={pages[path] ?? path} />}</main>
        </div>
        {prompt}
        <Watch account={account} />
      </AddOnProvider>
    </Router.Provider>
  )
}

function Sidebar() {
  const { path } = useContext(Router)
  // On a small screen the menu is open until it has led somewhere.
  const [openAt, setOpenAt] = useState<string>()
  const isOpen = openAt === path
  const menuId = useId()
  const groupId = useId()
  return (
    <div className="host-side" data-open={isOpen || undefined}>
      <p className="host-brand">Northwind Voice</p>
      <button
        type="button"
        className="host-menu"
        aria-expanded={isOpen}
        aria-controls={menuId}
        onClick={() => setOpenAt(isOpen ? undefined : path)}
      >
        Menu
      </button>
      <nav id={menuId} aria-label="Main">
        <ul>
          <Entry href="/inbox" />
          <Entry href="/calls" />
          <Entry href="/numbers" />
          {['analytics-plus', 'ai-assist', 'ai-assist-pro', 'ai-voice-agent'].map((id) => (
            <li key={id}>
              <AddOnNavItem addOnId={id} classNames={{ 'nav-item': 'host-entry' }} />
            </li>
          ))}
        </ul>
        <p className="host-group" id={groupId}>
          My company
        </p>
        <ul aria-labelledby={groupId}>
          <Entry href="/users" />
          <Entry href="/plan" />
          <Entry href="/invoices" />
        </ul>
      </nav>
    </div>
  )
}

function Entry({ href }: { href: string }) {
  return (
    <li>
      <HostLink href={href} className="host-entry">
        {pages[href]}
      </HostLink>
    </li>
  )
}

function TopBar() {
  const { path } = useContext(Router)
  const { data: plan } = usePlan()
  const isCompany = ['/users', '/plan', '/invoices'].includes(path)
  const name = plan?.viewer.name ?? ''
  return (
    <header className="host-top">
      {isCompany && <span className="host-crumb">My company</span>}
      <h1>{pages[path]}</h1>
      <p className="host-viewer">
        <span aria-hidden="true">{name[0]}</span>
        <b>{name}</b> <small>{plan?.viewer.role}</small>
      </p>
    </header>
  )
}

function Feature({ name }: { name: string }) {
  return (
    <div className="host-feature">
      <p>This is where {name} would be. The demo has nothing here but its place.</p>
      <HostLink href="/plan">Back to the plan</HostLink>
    </div>
  )
}
