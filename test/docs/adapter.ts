// biome-ignore-all lint/style/noDefaultExport: what --adapter asks for
import { createDemoAdapter, createMemoryStore } from 'addon-kit/demo'

const store = createMemoryStore()

export default {
  people: {
    owner: createDemoAdapter({ store, role: 'owner' }),
    admin: createDemoAdapter({ store, role: 'admin' }),
  },
}
