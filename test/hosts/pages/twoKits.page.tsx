import { AddOnProvider, PlanTab } from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'
import { de } from 'addon-kit/locales/de'
import 'addon-kit/styles.css'
import { mount } from './mount.js'

const first = createDemoAdapter({ role: 'owner' })
const second = createDemoAdapter({ role: 'owner', frequency: 'annual', currency: 'EUR' })

mount(
  <>
    <section aria-label="First">
      <AddOnProvider adapter={first} scope="first" theme="light">
        <PlanTab />
      </AddOnProvider>
    </section>
    <section aria-label="Second">
      <AddOnProvider adapter={second} scope="second" theme="dark" messages={de}>
        <PlanTab />
      </AddOnProvider>
    </section>
  </>,
)
