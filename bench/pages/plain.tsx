import './plain.css'
import { createRoot } from 'react-dom/client'
import { measure } from './measure.js'
import { PlainPlan } from './PlainPlan.js'
import { planOf } from './plan.js'

measure({
  show: (root, count) => createRoot(root).render(<PlainPlan initial={planOf(count)} />),
  cards: '.card .price',
  opener: '#add-on-0 .primary',
  price: 'dialog[open] .due',
  confirm: 'dialog[open] .primary',
  bought: '#add-on-0.active',
})
