import { Fragment, StrictMode, version } from 'react'
import { createRoot } from 'react-dom/client'
import { Host } from './Host.js'

document.documentElement.dataset.react = version
const root = document.getElementById('root')
// Only React's development build runs effects twice.
const Mode = import.meta.env.DEV ? StrictMode : Fragment
if (root) {
  createRoot(root).render(
    <Mode>
      <Host />
    </Mode>,
  )
}
