import 'addon-kit/styles.css'
import type { ReactNode } from 'react'
import { RouterLink } from './RouterLink'

/** Before the first paint: the kit follows `.dark`, as the page does. */
const theme = `document.documentElement.classList.toggle('dark', matchMedia('(prefers-color-scheme: dark)').matches)`

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file */}
        <script dangerouslySetInnerHTML={{ __html: theme }} />
      </head>
      <body>
        <RouterLink href="/plan">My company</RouterLink>
        {children}
      </body>
    </html>
  )
}
