import 'addon-kit/styles.css'
import { mount } from './mount.js'

mount()
