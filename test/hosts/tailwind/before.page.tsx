import './layers.css'
import 'addon-kit/styles.css'
import './tailwind.css'
import { mount } from './mount.js'

mount()
