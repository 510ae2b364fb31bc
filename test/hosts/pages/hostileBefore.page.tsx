import './hostile.css'
import 'addon-kit/styles.css'
import 'addon-kit/guard.css'
import { Dashboard } from './Dashboard.js'
import { mount } from './mount.js'

mount(<Dashboard />)
