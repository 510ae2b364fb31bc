import { Dashboard } from './Dashboard.js'
import { mount } from './mount.js'

mount(<Dashboard />)
