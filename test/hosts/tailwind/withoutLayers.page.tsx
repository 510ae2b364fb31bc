import 'addon-kit/styles.css'
import './unlayered.css'
import { mount } from './mount.js'

mount()
